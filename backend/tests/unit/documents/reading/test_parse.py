"""A resume out of any format: where each field stood, how sure it is, and that nothing is lost."""

import json
import time
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.data import load_lexicon
from backend.documents.reading.extraction import Extraction
from backend.documents.reading.lines import Line, is_markdown, lines_of
from backend.documents.reading.parse import parse
from backend.documents.reading.source_text import folded
from backend.domain import stored_shape
from backend.domain.layout import Hidden, Layout
from backend.domain.parsed import ParsedResume
from backend.errors import InvalidInput

RENDERCV = Path(__file__).parents[6] / "shared" / "data" / "rendercv_examples"
TEXT = """\
Ada Lovelace
Analyst
London, UK | ada@example.com | +44 20 7946 0000

EXPERIENCE

Senior Engineer — Acme Corp, Berlin (Jan 2020 – Present)
• Cut costs by 40% with Kubernetes
• Led 12 people

Engineer — Acme Corp (Mar 2017 – Dec 2019)
• Wrote the engine

EDUCATION
University of Leeds
BSc in Mathematics, 2013 – 2016

SKILLS
Python, Go

HOBBIES
Chess
"""


def read(text: str) -> ParsedResume:
    return parse(Extraction("text", tuple(lines_of(dedent(text))), marked=is_markdown(text)))


def said(parsed: ParsedResume, path: str) -> str:
    field = parsed.field(path)
    assert field is not None and field.start is not None and field.end is not None
    return parsed.text[field.start : field.end]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/contact/name", "Ada Lovelace"),
        ("/contact/email", "ada@example.com"),
        ("/contact/phone", "+44 20 7946 0000"),
        ("/work_experience/0/title", "Senior Engineer"),
        ("/work_experience/0/company", "Acme Corp"),
        ("/work_experience/0/start_date", "Jan 2020"),
        ("/work_experience/0/end_date", "Present"),
        ("/work_experience/0/highlights/1", "Led 12 people"),
        ("/work_experience/1/start_date", "Mar 2017"),
        ("/education/0/institution", "University of Leeds"),
        ("/education/0/field", "Mathematics"),
        ("/skills/1", "Go"),
        ("/extras/1/lines/0", "Chess"),
    ],
)
def test_a_field_knows_where_it_stood(path: str, text: str) -> None:
    assert said(read(TEXT), path) == text


def test_a_value_that_occurs_twice_is_found_where_its_entry_is() -> None:
    parsed = read(TEXT)
    first, second = (parsed.field(f"/work_experience/{n}/company") for n in (0, 1))
    assert first and second and first.start == TEXT.replace("• ", "").replace("\n\n", "\n").index("Acme Corp")
    assert second.start is not None and first.end is not None and second.start > first.end


def test_every_field_of_the_resume_is_told_of() -> None:
    parsed = read(TEXT)
    paths = {field.path for field in parsed.fields}
    resume = stored_shape.read(parsed.document)
    for number, job in enumerate(resume.work_experience):
        for name in ("title", "company", "location", "start_date", "end_date"):
            assert (f"/work_experience/{number}/{name}" in paths) == bool(getattr(job, name))


def test_the_page_of_a_field_is_known() -> None:
    lines = [Line("Ada Lovelace", page=1), Line("ada@example.com", page=1), Line("SKILLS", gap=True, page=2), Line("Go", page=2)]  # fmt: skip
    field = parse(Extraction("pdf", tuple(lines))).field("/skills/0")
    assert field is not None and field.page == 2


def test_what_is_certain_by_its_form_is_surer_than_what_is_left_over() -> None:
    parsed = read("Ada Lovelace\nada@example.com\n\nEXPERIENCE\nZorp\nQuux\n2019 – 2020\n- Did it\n")
    sure = {field.path: field.confidence for field in parsed.fields}
    assert sure["/contact/email"] >= 0.99
    assert sure["/work_experience/0/start_date"] > 0.9
    assert sure["/work_experience/0/title"] <= 0.6 and sure["/work_experience/0/company"] <= 0.6


def test_numbers_and_tools_are_recognised_per_entry() -> None:
    extraction = Extraction("text", tuple(lines_of(TEXT)))
    first, second = parse(extraction, load_lexicon()).recognised
    assert first.path == "/work_experience/0" and first.metrics == ("40%", "12")
    assert first.technologies == ("Kubernetes",)
    assert second.metrics == ()


def test_a_line_without_a_place_lands_in_the_extras() -> None:
    parsed = read(
        "Ada Lovelace\nada@example.com\n\nEDUCATION\nUniversity of Leeds, BSc Physics, 2016 (expected early)\n"
    )
    assert parsed.kept == 1.0 and parsed.missing == ()
    held = json.dumps(parsed.document)
    assert all(word in held for word in ("expected", "early", "Leeds", "Physics"))


WORDS = st.text("abcXYZ 019-–—|,.:•()/@#éß\n\t", max_size=300)


@given(WORDS)
@settings(deadline=None)
def test_no_word_is_lost_whatever_the_text(text: str) -> None:
    parsed = read("Ada Lovelace\nada@example.com\n\nEXPERIENCE\n" + text)
    assert parsed.kept >= 0.995, parsed.missing


@given(WORDS)
@settings(deadline=None)
def test_spans_lie_in_the_text_and_say_the_value(text: str) -> None:
    parsed = read("Ada Lovelace\nada@example.com\n\nSKILLS\n" + text)
    skills = stored_shape.read(parsed.document).skills
    for field in parsed.fields:
        assert 0 <= field.confidence <= 1
        if field.start is not None and field.end is not None:
            assert 0 <= field.start < field.end <= len(parsed.text)
            if field.path.startswith("/skills/"):
                value = skills[int(field.path.rpartition("/")[2])]
                assert folded(parsed.text[field.start : field.end]) == folded(value)


def test_the_edges_of_pages_do_not_cut_into_entries() -> None:
    lines = [
        Line("Ada Lovelace", "heading", level=1, page=1), Line("ada@example.com", page=1), Line("EXPERIENCE", gap=True, page=1),
        Line("Engineer, Acme Corp, 2019 – 2020", page=1), Line("Did one thing", "bullet", page=1),
        Line("June 3, 2026    Ada Lovelace · Resume    1", page=1),
        Line("Did another", "bullet", page=2), Line("June 3, 2026    Ada Lovelace · Resume    2", page=2),
    ]  # fmt: skip
    parsed = parse(Extraction("pdf", tuple(lines)))
    (job,) = stored_shape.read(parsed.document).work_experience
    assert job.highlights == ("Did one thing", "Did another")
    assert "June" in parsed.text


def data(kind: str, text: str) -> Extraction:
    lines = [Line(raw.lstrip(" "), indent=len(raw) - len(raw.lstrip(" "))) for raw in text.split("\n")]
    return Extraction(kind, tuple(lines))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("json", '{"contact": {"name": "Ada Lovelace", "email": "a@example.com"}, "skills": ["Go"]}'),
        ("json", '{\n  "basics": {"name": "Ada Lovelace", "email": "a@example.com"},\n  "skills": [{"name": "Go"}]\n}'),
        ("yaml", "cv:\n  name: Ada Lovelace\n  email: a@example.com\n  sections:\n    skills:\n      - label: Go\n        details: Go\n"),
    ],
)  # fmt: skip
def test_what_data_says_is_sure(kind: str, text: str) -> None:
    parsed = parse(data(kind, text))
    assert stored_shape.read(parsed.document).contact.name == said(parsed, "/contact/name") == "Ada Lovelace"
    assert stored_shape.read(parsed.document).skills == ("Go",)
    assert {field.confidence for field in parsed.fields} == {1.0} and parsed.kept == 1.0


@pytest.mark.parametrize(
    ("extraction", "reason"),
    [
        (Extraction("text", ()), "empty"),
        (Extraction("pdf", (Line("  "),)), "empty"),
        (Extraction("pdf", (), layout=Layout(pages=1, images=1, text_layer=False)), "pictures and no text"),
        (Extraction("pdf", (), hidden=(Hidden(text="Go", how="white"),)), "hidden text"),
        (Extraction("text", tuple(lines_of("It was a dark night.\nThe rain fell in torrents.\n"))), "reads as a resume"),
        (Extraction("text", (Line("x"),) * 5_001), "5,001 lines"),
        (Extraction("text", (Line("x" * 49_999),) * 7), "349,993 characters"),
    ],
)  # fmt: skip
def test_what_is_no_resume_is_refused_with_the_reason(extraction: Extraction, reason: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(extraction)
    assert reason in refused.value.detail


HEAD = "Ada Lovelace\nada@example.com\n\nEXPERIENCE\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "a" + " " * 49_000 + "b",
        HEAD + "x" * 49_999,
        HEAD + "x" + ", " * 24_000 + "y",
        HEAD + "," * 49_000,
        "Ada\n\nSKILLS\n" + "a," * 8_000,
        "Ada\n\nEDUCATION\n" + "BSc " * 12_000,
        HEAD + "2019 - " * 7_000,
        HEAD + "(" * 49_000,
        HEAD + "a." * 24_000 + "\n" + "a@" * 24_000,
        "1-" * 24_000 + "\nada@example.com",
    ],
    ids=["spaces", "one word", "commas apart", "commas", "skills", "degrees", "dates", "brackets", "addresses", "digits"],
)  # fmt: skip
def test_a_hostile_line_costs_no_more_than_its_length(text: str) -> None:
    began = time.process_time()
    parse(Extraction("text", tuple(lines_of(text))))
    assert time.process_time() - began < 3  # seconds; quadratic rules took 90


@pytest.mark.skipif(not RENDERCV.is_dir(), reason="../shared/data is absent")
@pytest.mark.parametrize("name", ["Classic", "Engineeringclassic", "Engineeringresumes", "Moderncv"])
def test_rendercv_files_of_others_are_read_whole(name: str) -> None:
    parsed = parse(data("yaml", (RENDERCV / f"John_Doe_{name}.yaml").read_text()))
    resume = stored_shape.read(parsed.document)
    assert parsed.kept >= 0.995
    assert [job.company for job in resume.work_experience][:2] == ["Nexus AI", "NVIDIA Research"]
    assert resume.education[1].degree == "BS" and resume.education[1].start_date == "2014-09"
