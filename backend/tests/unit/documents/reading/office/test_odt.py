import io
import zipfile

import pytest

from backend.documents.reading.office import extract_odt
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.office.made import docx, odt, paragraph, text_style, zipped

SECRET = "python kubernetes terraform"
LIST = (
    '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1"/></text:list-style>'
    '<text:list-style style:name="None"><text:list-level-style-number text:level="1" style:num-format=""/></text:list-style>'
)


def texts(data: bytes) -> list[str]:
    return [line.text for line in extract_odt(data).lines]


def test_headings_by_level_and_by_the_name_of_their_style() -> None:
    named = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>'
    parent = '<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>'
    body = '<text:h text:outline-level="1">Experience</text:h><text:p text:style-name="P1">Acme</text:p><text:p>Built</text:p>'
    extraction = extract_odt(odt(body, automatic=named, styles=parent))
    assert [(line.kind, line.level) for line in extraction.lines] == [("heading", 1), ("heading", 2), ("text", 0)]
    assert extraction.marked


def test_lists_have_bullets_nest_by_indent_and_go_on_in_further_paragraphs() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>One</text:p><text:p>more</text:p>'
        "<text:list><text:list-item><text:p>Two</text:p></text:list-item></text:list></text:list-item></text:list>"
        '<text:list text:style-name="None"><text:list-item><text:p>Plain</text:p></text:list-item></text:list>'
    )
    lines = extract_odt(odt(body, automatic=LIST)).lines
    assert [line.kind for line in lines] == ["bullet", "text", "bullet", "text"]
    assert lines[0].indent == 0 < lines[1].indent
    assert not lines[1].gap


def test_spaces_tabs_breaks_links_and_notes() -> None:
    body = (
        '<text:p>Acme<text:tab/>2019<text:line-break/>a<text:s text:c="2"/>b\n   c '
        '<text:a xlink:href="https://example.com/x"><text:span>Site</text:span></text:a>'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>aside</text:p></text:note-body></text:note>"
        "</text:p>"
    )
    assert texts(odt(body)) == ["Acme    2019", "a  b c Site (https://example.com/x) (aside)"]


def test_tables_text_boxes_and_pictures() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Acme</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell><text:p>2019 – 2021</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows></table:table>"
        "<text:p>After<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame>"
        "<draw:frame><draw:image/></draw:frame></text:p>"
    )
    extraction = extract_odt(odt(body))
    assert [line.text for line in extraction.lines] == ["Acme    2019 – 2021", "After", "In the box"]
    layout = extraction.layout
    assert (layout.tables, layout.text_boxes, layout.images) == (1, 1, 1)


def test_what_was_deleted_under_track_changes_is_left_out() -> None:
    body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    assert texts(odt(body + "<text:p>Stays<text:change text:change-id='c'/></text:p>")) == ["Stays"]


def test_the_header_comes_first_and_page_numbers_are_dropped() -> None:
    master = (
        '<style:master-page style:name="Standard"><style:header><text:p>jane@example.com</text:p></style:header>'
        "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
    )
    extraction = extract_odt(odt("<text:p>Jane Doe</text:p>", masters=master))
    assert [line.text for line in extraction.lines] == ["jane@example.com", "Jane Doe"]
    assert extraction.layout.header_footer == ("jane@example.com",)


def test_an_old_manifest_that_names_a_document_type_does_no_harm() -> None:
    manifest = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><manifest:manifest/>'
    content = zipfile.ZipFile(io.BytesIO(odt("<text:p>Jane</text:p>"))).read("content.xml")
    assert texts(zipped({"content.xml": content, "META-INF/manifest.xml": manifest})) == ["Jane"]


def span(style: str) -> str:
    return f'<text:p>Seen <text:span text:style-name="{style}">{SECRET}</text:span> too</text:p>'


SEEN = "<text:p>Seen too</text:p>"
STYLES = (
    text_style("none", 'text:display="none"') + text_style("white", 'fo:color="#ffffff"') + text_style("pale", 'fo:color="#fcfcfc"')
    + text_style("tiny", 'fo:font-size="1pt"') + text_style("share", 'fo:font-size="10%"') + text_style("thin", 'style:text-scale="1%"')
    + '<style:style style:name="sub" style:family="text" style:parent-style-name="none"/>'
    + text_style("Pnone", 'text:display="none"', "paragraph")
    + text_style("ink", 'fo:color="#000000" fo:background-color="#000000"')
    + '<style:style style:name="flat" style:family="paragraph"><style:paragraph-properties fo:line-height="0.02cm"/></style:style>'
    + '<style:style style:name="away" style:family="paragraph"><style:paragraph-properties fo:margin-left="-30cm"/></style:style>'
)  # fmt: skip
HIDDEN = {
    "display none": (span("none"), "hidden_run"),
    "a style that inherits": (span("sub"), "hidden_run"),
    "a paragraph's style": (f'<text:p text:style-name="Pnone">{SECRET}</text:p>{SEEN}', "hidden_run"),
    "a hidden section": (f'<text:section text:display="none"><text:p>{SECRET}</text:p></text:section>{SEEN}', "hidden_run"),
    "hidden text": (f'<text:p>Seen <text:hidden-text text:is-hidden="true" text:string-value="{SECRET}"/> too</text:p>', "hidden_run"),
    "a hidden paragraph": (f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{SECRET}</text:p>{SEEN}', "hidden_run"),
    "a hidden row": (
        '<table:table><table:table-row table:visibility="collapse"><table:table-cell>'
        f"<text:p>{SECRET}</text:p></table:table-cell></table:table-row></table:table>{SEEN}", "hidden_run",
    ),
    "white": (span("white"), "white"),
    "almost white": (span("pale"), "white"),
    "black on black": (span("ink"), "white"),
    "one point": (span("tiny"), "tiny"),
    "a tenth of the size": (span("share"), "tiny"),
    "letters one per cent wide": (span("thin"), "tiny"),
    "a line of no height": (f'<text:p text:style-name="flat">{SECRET}</text:p>{SEEN}', "tiny"),
    "far beyond the margin": (f'<text:p text:style-name="away">{SECRET}</text:p>{SEEN}', "off_page"),
    "a box beyond the page": (
        f'{SEEN}<text:p><draw:frame svg:x="-40cm" svg:width="3cm"><draw:text-box><text:p>{SECRET}</text:p></draw:text-box></draw:frame></text:p>',
        "off_page",
    ),
    "a comment": (f"<text:p>Seen <office:annotation><dc:creator>J</dc:creator><text:p>{SECRET}</text:p></office:annotation>too</text:p>", "comment"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_reported_and_is_in_no_line(name: str) -> None:
    body, how = HIDDEN[name]
    extraction = extract_odt(odt(body, automatic=STYLES))
    assert [(one.text, one.how) for one in extraction.hidden] == [(SECRET, how)]
    assert " ".join(line.text for line in extraction.lines).split() == ["Seen", "too"]


def test_properties_that_say_something_are_reported() -> None:
    meta = f"<meta:keyword>{SECRET}</meta:keyword><dc:subject>CV</dc:subject><meta:generator>LibreOffice 7 on Linux</meta:generator>"
    found = extract_odt(odt(SEEN, meta=meta)).hidden
    assert [(one.how, one.place, one.text) for one in found] == [("metadata", "keywords", SECRET)]


DARK = (
    '<style:style style:name="cell" style:family="table-cell"><style:table-cell-properties fo:background-color="#203040"/></style:style>'
    '<style:style style:name="bar" style:family="paragraph"><style:paragraph-properties fo:background-color="#203040"/></style:style>'
    '<style:style style:name="box" style:family="graphic"><style:graphic-properties draw:fill="solid" draw:fill-color="#203040"/></style:style>'
    '<style:style style:name="photo" style:family="graphic"><style:graphic-properties draw:fill="bitmap"/></style:style>'
) + text_style("lit", 'fo:color="#ffffff" fo:background-color="#203040"')  # fmt: skip
LIGHT = '<text:span text:style-name="white">Jane Doe</text:span>'
CLEAN = {
    "white in a dark cell": (
        f'<table:table><table:table-row><table:table-cell table:style-name="cell"><text:p>{LIGHT}</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "white on a dark paragraph": f'<text:p text:style-name="bar">{LIGHT}</text:p>',
    "white in a dark box": f'<text:p><draw:frame draw:style-name="box"><draw:text-box><text:p>{LIGHT}</text:p></draw:text-box></draw:frame></text:p>',
    "white on a picture": f'<text:p><draw:custom-shape draw:style-name="photo"><text:p>{LIGHT}</text:p></draw:custom-shape></text:p>',
    "white on its own ground": '<text:p><text:span text:style-name="lit">Jane Doe</text:span></text:p>',
    "a section that is shown": "<text:section><text:p>Jane Doe</text:p></text:section>",
    "hidden text that is shown": '<text:p><text:hidden-text text:is-hidden="false" text:string-value="Jane Doe"/></text:p>',
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_a_reader_sees_is_not_said_to_be_hidden(name: str) -> None:
    extraction = extract_odt(odt(CLEAN[name], automatic=STYLES + DARK))
    assert extraction.hidden == ()
    assert [line.text for line in extraction.lines] == ["Jane Doe"]


BAD = {
    "nothing": (b"", "no zip archive"),
    "broken off": (odt(SEEN)[:-60], "no zip archive"),
    "locked": (
        odt(SEEN, manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        "password",
    ),
    "locked as a whole": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "encrypted-package": b"x"}),
        "password",
    ),
    "a spreadsheet": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "spreadsheet",
    ),
    "a DOCX": (docx(paragraph("Jane")), "Word document"),
    "no text in it": (zipped({"content.xml": "<x/>"}), "no text document"),
    "damaged": (zipped({"content.xml": "<x"}), "damaged"),
    "too deep": (odt("<text:section>" * 300 + "</text:section>" * 300), "damaged|deep"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_word_on_what_is_wrong(name: str) -> None:
    data, said = BAD[name]
    with pytest.raises(InvalidInput, match=said):
        extract_odt(data)
