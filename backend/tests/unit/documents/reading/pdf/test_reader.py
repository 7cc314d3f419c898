"""A PDF becomes lines: headings, list items, wrapped lines put together, what letters mean."""

import re
import subprocess
from collections import Counter
from itertools import pairwise
from pathlib import Path
from shutil import which

import pytest

from backend.documents.reading.lines import Line
from backend.documents.reading.pdf import extract_pdf
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.pdf.making import RESUME, Pdf, resume, sample, text

_DATA = Path(__file__).parents[7] / "shared" / "data"
SAMPLES = sorted([*_DATA.glob("resume_pdfs/*.pdf"), *_DATA.glob("rendercv_examples/*.pdf")])


def lines(extra: str, **parts: object) -> list[Line]:
    """The lines that `extra` adds to a resume."""
    return [line for line in extract_pdf(resume(extra, **parts)).lines if line not in extract_pdf(resume()).lines]


def texts(extra: str, **parts: object) -> list[str]:
    return [line.text for line in lines(extra, **parts)]


def test_a_plain_resume_is_read_line_by_line() -> None:
    found = [(line.kind, line.level, line.text) for line in extract_pdf(resume()).lines]
    assert found == [
        ("heading", 1, "Jane Roe"),
        ("text", 0, "jane.roe@example.com | (312) 555-0123 | Austin, TX"),
        ("heading", 2, "EXPERIENCE"),
        ("text", 0, "Senior Engineer, Northwind    Mar 2021 - Present"),
        ("bullet", 0, "Built a billing platform that serves 2 million people"),
        ("bullet", 0, "Cut latency by 40 percent with a cache"),
        ("heading", 2, "EDUCATION"),
        ("text", 0, "B.S. Computer Science, State University, 2016"),
    ]


def test_bold_and_slanted_text_is_told() -> None:
    strong, slanted = lines(text("Bold line", y=560, font="F2") + text("Slanted line", y=540, font="F3"))
    assert (strong.strong, strong.emphasised) == (True, False)
    assert (slanted.strong, slanted.emphasised) == (False, True)


def test_lines_know_their_page_and_the_gaps_before_them() -> None:
    found = extract_pdf(Pdf([RESUME.encode("latin-1"), text("Go on", y=700).encode()]).bytes()).lines
    assert [line.page for line in found] == [1] * 8 + [2]
    assert [line.gap for line in found] == [True, True, True, True, False, False, True, True, True]


def test_a_wrapped_list_item_is_one_line() -> None:
    page = text("\x95 Built a billing platform that serves many people in every country where", y=560)
    page += text("there is a bank and keeps its promises", x=79, y=546) + text("\x95 Next item", y=532)
    assert texts(page) == [
        "Built a billing platform that serves many people in every country where there is a bank and keeps its promises",
        "Next item",
    ]


def test_a_list_sign_that_is_a_piece_of_its_own_belongs_to_its_line() -> None:
    page = (
        text("\x95", x=72, y=560)
        + text("First item", x=90, y=560)
        + text("\x95", x=72, y=546)
        + text("Second", x=90, y=546)
    )
    assert [(line.kind, line.text) for line in lines(page)] == [("bullet", "First item"), ("bullet", "Second")]


def test_a_drawn_list_sign_makes_a_list_item() -> None:
    page = "0 g 74 562 3 3 re f 74 548 3 3 re f\n" + text("First item", x=90, y=560) + text("Second item", x=90, y=546)
    assert [(line.kind, line.text) for line in lines(page)] == [("bullet", "First item"), ("bullet", "Second item")]


@pytest.mark.parametrize("sign", ["-", "*", "\x96", "\xb7", "\xa7"])
def test_dashes_and_stars_begin_list_items(sign: str) -> None:
    found = lines(text(f"{sign} First item", y=560) + text(f"{sign} Second item", y=546))
    assert [(line.kind, line.text) for line in found] == [("bullet", "First item"), ("bullet", "Second item")]


def test_a_wrapped_paragraph_is_one_line() -> None:
    page = text("An engineer who has built many platforms, in banks, shops and hospitals, and who likes to", y=560)
    page += text("Build more of them with a small team.", y=546)
    assert len(lines(page)) == 1


def test_short_lines_below_each_other_stay_apart() -> None:
    assert texts(text("Distributed Systems", y=560) + text("Go", y=546) + text("Python", y=532)) == [
        "Distributed Systems",
        "Go",
        "Python",
    ]


@pytest.mark.parametrize(
    ("maker", "expected"),
    [
        ("pdfTeX", "an engineer who likes modernization of all kinds"),
        ("Skia/PDF", "an engineer who likes modern-ization of all kinds"),
    ],
)
def test_a_word_broken_by_a_typesetter_is_mended(maker: str, expected: str) -> None:
    page = text("\x95 an engineer who likes modern-", y=560) + text("ization of all kinds", x=79, y=546)
    assert texts(page, info={"Producer": maker}) == [expected]


def test_a_word_with_a_hyphen_of_its_own_keeps_it() -> None:
    page = text("\x95 an engineer who likes real-", y=560) + text("time systems", x=79, y=546)
    assert texts(page, info={"Producer": "pdfTeX"}) == ["an engineer who likes real-time systems"]


def test_letters_set_apart_are_put_together() -> None:
    page = text("EXPERIENCE AND MORE", y=560, before="0 g 5 Tc") + text("S K I L L S", y=540)
    assert texts(page) == ["EXPERIENCE AND MORE", "SKILLS"]


def test_words_without_blanks_between_them_are_told_by_their_places() -> None:
    page = "q BT /F1 11 Tf 1 0 0 1 72 560 Tm [(Python)-300(and)-300(Go)] TJ ET Q\n"
    assert texts(page) == ["Python and Go"]


def test_kerned_letters_stay_one_word() -> None:
    page = "q BT /F1 11 Tf 1 0 0 1 72 560 Tm [(A)70(W)80(A)-20(R)-30(D)] TJ ET Q\n"
    assert texts(page) == ["AWARD"]


def test_raised_letters_stay_in_their_line() -> None:
    page = text("Came 1", y=560) + text("st", x=72 + 36.2, y=564, size=6.5) + text("in the race", x=72 + 45, y=560)
    assert texts(page) == ["Came 1st in the race"]


def test_joined_letters_are_taken_apart() -> None:
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n2 beginbfchar\n<66> <FB01>\n<6E> <006E>\nendbfchar\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = {"F9": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"}
    assert texts(text("fn", y=560, font="F9"), fonts=font, to_unicode={"F9": table}) == ["fin"]


def test_icons_are_left_out() -> None:
    font = {"F9": "/Type /Font /Subtype /Type1 /BaseFont /FontAwesome6Free-Solid /Encoding /WinAnsiEncoding"}
    page = text("p", y=560, font="F9") + text("(312) 555-0199", x=90, y=560)
    assert texts(page, fonts=font) == ["(312) 555-0199"]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 30 300", "0 -1 1 0 30 500", "-1 0 0 -1 400 40"])
def test_text_that_is_turned_is_read_below_the_rest(matrix: str) -> None:
    page = f"q BT /F1 11 Tf {matrix} Tm (Curriculum vitae) Tj ET Q\n"
    assert texts(page) == ["Curriculum vitae"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(turn: int) -> None:
    matrix = {90: "0 1 -1 0 612 0", 180: "-1 0 0 -1 612 792", 270: "0 -1 1 0 0 792"}[turn]
    page = f"q {matrix} cm {text('Jane Roe', 72, 400, 20, 'F2')}{text('Engineer and more', 72, 370)} Q"
    found = extract_pdf(Pdf([page.encode()], box=f"/Rotate {turn}").bytes()).lines
    assert [line.text for line in found] == ["Jane Roe", "Engineer and more"]


def test_text_in_a_form_is_read() -> None:
    assert texts("/Fm1 Do\n", forms={"Fm1": text("Inside a form", y=560).encode()}) == ["Inside a form"]


def test_a_page_box_that_begins_elsewhere_changes_nothing() -> None:
    plain = [line.text for line in extract_pdf(resume()).lines]
    assert [line.text for line in extract_pdf(resume(box="/CropBox [36 36 612 792]")).lines] == plain


def test_a_font_that_does_not_say_what_its_letters_mean_is_told() -> None:
    table = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n1 beginbfrange\n<41> <7A> <E041>\nendbfrange\n"
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = {"F9": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"}
    extraction = extract_pdf(
        resume(text("Unreadable words of some length here", y=560, font="F9"), fonts=font, to_unicode={"F9": table})
    )
    assert 0.1 < extraction.layout.broken_text < 0.3
    assert any("stand for nothing" in warning for warning in extraction.warnings)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no text"):
        extract_pdf(Pdf([b""]).bytes())


def _words(written: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]{2,}", written.lower().replace("ﬁ", "fi").replace("ﬂ", "fl")))


@pytest.mark.skipif(
    not SAMPLES or which("pdftotext") is None, reason="needs the resumes in ../shared/data and pdftotext"
)
def test_hardly_a_word_of_real_resumes_is_lost() -> None:
    lost, wanted = 0, 0
    for path in SAMPLES:
        command = [str(which("pdftotext")), "-layout", str(path), "-"]
        reference = _words(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603
        extraction = sample(path)
        furniture = "\n".join(extraction.layout.header_footer * extraction.layout.pages)
        read = _words("\n".join(line.text for line in extraction.lines) + "\n" + furniture)
        whole = (read - reference).keys()  # a word that the other program leaves in two parts
        lost += sum(count for word, count in (reference - read).items() if not any(word in other for other in whole))
        wanted += reference.total()
    assert lost / wanted <= 0.005


@pytest.mark.skipif(not SAMPLES, reason="needs the resumes in ../shared/data")
def test_clean_resumes_raise_no_alarm() -> None:
    alarms = {path.name for path in SAMPLES if sample(path).hidden}
    assert len(alarms) <= 1, alarms


@pytest.mark.skipif(not SAMPLES, reason="needs the resumes in ../shared/data")
@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("resume_pdfs/deedy-resume-openfonts.pdf", ["EDUCATION", "LINKS", "COURSEWORK", "SKILLS", "EXPERIENCE", "RESEARCH", "AWARDS"]),
        ("resume_pdfs/chromium-asymmetric-sidebar.pdf", ["SUMMARY", "EXPERIENCE", "STRENGTHS", "SKILLS", "EDUCATION"]),
        ("resume_pdfs/weasyprint-cairo-two-column.pdf", ["CONTACT", "SKILLS", "EDUCATION", "AWARDS", "EXPERIENCE", "PROJECTS"]),
        ("resume_pdfs/google-docs-skia-proxy-two-column-long-role-header.pdf", ["SUMMARY", "WORK EXPERIENCE", "EDUCATION", "PROJECTS", "SKILLS"]),
        ("resume_pdfs/label-rail-grid-fragmented.pdf", ["Technical Skills", "Experience", "Education"]),
        ("rendercv_examples/John_Doe_Moderncv.pdf", ["Welcome to RenderCV", "Education", "Experience", "Projects", "Publications", "Selected Honors", "Skills", "Patents", "Invited Talks"]),
    ],
)  # fmt: skip
def test_sections_of_real_resumes_are_headings_in_reading_order(name: str, order: list[str]) -> None:
    found = [line.text for line in sample(_DATA / name).lines if line.kind == "heading" and line.level == 2]
    assert found[: len(order)] == order
    assert all(a < b for a, b in pairwise([found.index(title) for title in order]))


FULL = (
    "Cut the delay of status updates from six hours to four minutes by moving the nightly jobs of harbours to a stream"
)
"""As wide as any line."""


def item_and(*rows: str) -> list[str]:
    """What becomes of a list's item that fills its row, and of rows below it that begin where its sign stands."""
    return texts(text(f"- {FULL}", y=560, size=9.5) + "".join(rows))


def test_what_was_used_does_not_run_on_from_an_item() -> None:
    row = "Technologies: Go, SQLite"
    assert item_and(text(row, y=546, size=9.5)) == [FULL, row]


def test_a_title_does_not_run_on_from_an_item() -> None:
    row = "Java Developer Intern - Contoso Solutions, India"
    assert item_and(text(row, y=546, size=9.5)) == [FULL, row]


def test_what_stands_above_a_range_of_dates_does_not_run_on_from_an_item() -> None:
    row = "Contoso Solutions, India"
    found = item_and(text(row, y=546, size=9.5), text("Jan 2019 - Mar 2020", y=532, size=9.5))
    assert found == [FULL, row, "Jan 2019 - Mar 2020"]


def test_an_ordinary_row_runs_on_from_an_item() -> None:
    assert item_and(text("and three other languages of that kind", y=546, size=9.5)) == [
        f"{FULL} and three other languages of that kind"
    ]
