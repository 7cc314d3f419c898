import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.office import extract_rtf
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.office.made import rtf

SECRET = "python kubernetes terraform"


def texts(data: bytes) -> list[str]:
    return [line.text for line in extract_rtf(data).lines]


def test_letters_of_code_pages_and_of_unicode_with_what_stands_in_for_them() -> None:
    body = r"Jos\'e9 \u8211?\u382\'9e {\f2 \'cf\'f0\'e8\'e2\'e5\'f2} {\f3\'93\'fa\'96\'7b} {\uc2\u233\'c3\'a9}{\uc0\u233} \u-10179?\u-8704?\par"
    assert texts(rtf(body)) == ["José –ž Привет 日本 éé 😀"]


def test_signs_that_have_words_of_their_own() -> None:
    assert texts(rtf(r"a\emdash b\~c\_d\-e \lquote f\rquote  \{g\}\tab h\line i\par")) == ["a—b c-de ‘f’ {g}    h", "i"]


def test_line_ends_in_the_file_are_no_text_and_an_escaped_one_ends_a_paragraph() -> None:
    assert texts(rtf("one\r\n two\\\nthree\\par")) == ["one two", "three"]


def test_headings_by_style_and_outline_level() -> None:
    sheet = r"{\stylesheet{\s0 Normal;}{\s1\b\fs32 heading 1;}{\*\cs10 Strong;}}"
    extraction = extract_rtf(rtf(r"{\s1\b Experience\par}\pard\outlinelevel1 Acme\par\pard Built it\par", head=sheet))
    assert [(line.kind, line.level) for line in extraction.lines] == [("heading", 1), ("heading", 2), ("text", 0)]


@pytest.mark.parametrize(
    "mark", [r"{\listtext\pard\plain\f1 \'b7\tab}", r"{\pntext\f1\'B7\tab}{\*\pn\pnlvlblt\pnf1{\pntxtb\'B7}}", r"\ls1 ", r"{\f1\'b7}\tab ", r"\bullet  "]
)  # fmt: skip
def test_bullets_in_every_way_of_writing_them(mark: str) -> None:
    assert [(line.kind, line.text) for line in extract_rtf(rtf(rf"\pard {mark}Built it\par")).lines] == [
        ("bullet", "Built it")
    ]


def test_tables_make_lines_and_nest() -> None:
    body = r"\trowd\cellx4000\cellx8000\pard\intbl Acme\cell 2019 \endash  2021\cell\row\pard After\par"
    nested = r"\trowd\cellx9000\pard\intbl Out\par\itap2 In\nestcell\pard\intbl\itap2 2020\nestcell{\*\nesttableprops\trowd\nestrow}\pard\intbl\cell\row\pard"
    extraction = extract_rtf(rtf(body + nested))
    assert [line.text for line in extraction.lines] == ["Acme    2019 – 2021", "After", "Out", "In    2020"]
    assert extraction.layout.tables == 3


def test_links_notes_pictures_and_page_numbers() -> None:
    body = (
        r'{\field{\*\fldinst{HYPERLINK "https://example.com/x"}}{\fldrslt{\ul Site}}} {\pict\pngblip 89504e47}p'
        r"{\field{\*\fldinst PAGE}{\fldrslt 7}}{\super\chftn{\footnote\chftn  won}}\bin4 abcd, end\par"
    )
    extraction = extract_rtf(rtf(body))
    assert [line.text for line in extraction.lines] == ["Site (https://example.com/x) p (won), end"]
    assert extraction.layout.images == 1


def test_headers_come_first_and_text_boxes_are_read_once() -> None:
    body = (
        r"{\header jane@example.com\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}Jane"
        r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 255}}{\shptxt In the box\par}}{\shprslt{\*\do{\dptxbxtext In the box\par}}}}\par End\par"
    )
    extraction = extract_rtf(rtf(body))
    assert [line.text for line in extraction.lines] == ["jane@example.com", "Jane", "In the box", "End"]
    assert extraction.layout.header_footer == ("jane@example.com",)
    assert extraction.layout.text_boxes == 1


def test_tracked_deletions_go_and_unknown_groups_are_skipped() -> None:
    assert texts(rtf(r"a{\deleted gone}{\revised b}{\*\unknown x{\y z}}{\upr{old}{\*\ud{new}}}\par")) == ["abnew"]


HIDDEN = {
    "hidden": (r"Seen {\v %s} too\par", "hidden_run"),
    "hidden, off again": (r"Seen \v %s\v0  too\par", "hidden_run"),
    "hidden on the web": (r"Seen {\webhidden %s} too\par", "hidden_run"),
    "white": (r"Seen {\cf2 %s} too\par", "white"),
    "almost white": (r"Seen {\cf4 %s} too\par", "white"),
    "white that only a word without meaning makes dark": (r"Seen {\cf2\cb1 %s} too\par", "white"),
    "dark on dark": (r"Seen {\cf3\highlight3 %s} too\par", "white"),
    "white in a cell": (r"\trowd\cellx9000\pard\intbl Seen {\cf2 %s} too\cell\row\pard", "white"),
    "one point": (r"Seen {\fs2 %s} too\par", "tiny"),
    "two points and a half": (r"Seen {\fs5 %s} too\par", "tiny"),
    "no size at all": (r"Seen {\fs1 %s} too\par", "tiny"),
    "letters one per cent wide": (r"Seen {\charscalex1 %s} too\par", "tiny"),
    "a line a point high": (r"\pard\sl-20 %s\par\pard Seen too\par", "tiny"),
    "a comment": (r"Seen {\*\atnid J}{\*\annotation{\*\atndate 1}%s\par} too\par", "comment"),
    "properties": (r"{\info{\title CV}{\keywords %s}}Seen too\par", "metadata"),
    "a box beyond the page": (
        r"Seen too{\shp{\*\shpinst\shpleft-20000\shpright-18000{\shptxt %s\par}}}\par",
        "off_page",
    ),
    "a header": (r"{\header{\cf2 %s}\par}Seen too\par", "white"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_reported_and_is_in_no_line(name: str) -> None:
    body, how = HIDDEN[name]
    extraction = extract_rtf(rtf(body % SECRET))
    assert [(one.text, one.how) for one in extraction.hidden] == [(SECRET, how)]
    assert " ".join(line.text for line in extraction.lines).split() == ["Seen", "too"]


CLEAN = {
    "white in a dark cell": r"\trowd\clcbpat3\cellx9000\pard\intbl{\cf2 Jane Doe}\cell\row\pard",
    "white on a dark ground": r"{\cf2\chcbpat3 Jane Doe}\par",
    "white on a highlight": r"{\cf2\highlight1 Jane Doe}\par",
    "white on a dark paragraph": r"\pard\cbpat3{\cf2 Jane Doe}\par",
    "white in a dark box": r"{\shp{\*\shpinst{\sp{\sn fillColor}{\sv 6291456}}{\shptxt{\cf2 Jane Doe}\par}}}\par",
    "hidden and plain again": r"\v\plain Jane Doe\par",
    "automatic": r"{\cf0 Jane Doe}\par",
    "tiny spacers": r"{\fs2  \par}Jane Doe\par",
    "what a program says of itself": r"{\info{\doccomm generated by a converter of documents}}{\*\generator Some Word Processor 1;}Jane Doe\par",
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_a_reader_sees_is_not_said_to_be_hidden(name: str) -> None:
    extraction = extract_rtf(rtf(CLEAN[name]))
    assert extraction.hidden == ()
    assert [line.text for line in extraction.lines] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no RTF"),
        (b"Jane Doe", "no RTF"),
        (b"PK\x03\x04", "no RTF"),
        (rtf("Jane Doe\\par")[:-1], "broken off"),
        (b"{\\rtf1 " + b"{" * 2_000 + b"}" * 2_001, "more groups"),
    ],
)
def test_a_bad_file_is_refused_with_a_word_on_what_is_wrong(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        extract_rtf(data)


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=12), min_size=1, max_size=8
    )
)
def test_whatever_letters_are_written_they_come_back(words: list[str]) -> None:
    def unit(char: str) -> str:
        units = char.encode("utf-16-le")
        codes = [int.from_bytes(units[place : place + 2], "little", signed=True) for place in range(0, len(units), 2)]
        return "".join(rf"\u{code}?" for code in codes)

    written = " ".join("".join(unit(char) for char in f"x{word}") for word in words)
    read = " ".join(texts(rtf(written + r"\par")))
    expected = unicodedata.normalize("NFC", " ".join(f"x{word}" for word in words))
    visible = "".join(char for char in expected if char not in "\u115f\u1160\u3164\uffa0\u17b4\u17b5")
    assert read == visible


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        extract_rtf(b"{\\rtf1 " + data + b"}")
    except InvalidInput:
        return
