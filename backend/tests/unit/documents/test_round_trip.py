"""The quick version of `evals/round_trip_eval`: a few resumes of many shapes, in every template, read by others."""

import shutil
from pathlib import Path

import pytest

from backend.documents.writing.docx import docx
from backend.documents.writing.templates import TEMPLATES
from backend.documents.writing.text import text
from backend.domain.resume import Resume
from backend.tests.evals import round_trip_eval as rt

PEOPLE = rt.resumes(12)
each_template = pytest.mark.parametrize("template_id", TEMPLATES)


def check(found: str, resume: Resume, template_id: str, *, dates: bool = True) -> None:
    result = rt.misses(found, resume, template_id)
    assert result[: 3 if dates else 2] == ((), (), ())[: 3 if dates else 2]


def test_the_check_finds_what_is_missing_displaced_or_apart() -> None:
    resume = PEOPLE[0]
    whole = "\n".join(part.text for part in rt.expected(resume, "classic"))
    assert rt.misses(whole, resume, "classic") == ((), (), ())
    company, highlight = resume.work_experience[1].company, resume.work_experience[0].highlights[1]
    assert rt.misses(whole.replace(company, ""), resume, "classic").absent == (company,)
    moved = whole.replace(highlight, "") + highlight
    assert rt.misses(moved, resume, "classic").displaced != ()
    period = next(part.text for part in rt.expected(resume, "classic") if part.dates)
    assert (
        rt.misses(whole.replace(period, "") + period, resume, "classic").apart
        + rt.misses(whole.replace(period, "") + period, resume, "classic").displaced
    )


@each_template
def test_python_docx_finds_everything_in_order(template_id: str, tmp_path: Path) -> None:
    for resume in PEOPLE:
        path = tmp_path / "resume.docx"
        path.write_bytes(docx(resume, template_id))
        check(rt.python_docx(path), resume, template_id)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: its reading of .docx is not checked"
)
def test_libreoffice_finds_everything_in_order(tmp_path: Path) -> None:
    files = rt.write_all(PEOPLE[:4], tmp_path, ["docx"])
    rt.soffice_texts([file.path for file in files], tmp_path)
    for file in files:
        check((tmp_path / "soffice" / f"{file.path.stem}.txt").read_text("utf-8-sig"), file.resume, file.template_id)


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed: its reading of .pdf is not checked"
)
@each_template
def test_pdftotext_finds_everything_in_order(template_id: str, tmp_path: Path) -> None:
    for resume in PEOPLE[:6]:
        path = tmp_path / "resume.pdf"
        path.write_bytes(rt.written(resume, template_id, "pdf"))
        check(rt.pdftotext_layout(path), resume, template_id)
        check(rt.pdftotext(path), resume, template_id, dates=False)


@each_template
def test_pdfplumber_finds_everything_in_order(template_id: str, tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber", reason="pdfplumber is not installed: its reading of .pdf is not checked")
    path = tmp_path / "resume.pdf"
    path.write_bytes(rt.written(PEOPLE[0], template_id, "pdf"))
    check(rt.pdfplumber_text(path), PEOPLE[0], template_id)


@each_template
def test_a_page_holds_everything_in_order(template_id: str, tmp_path: Path) -> None:
    for resume in PEOPLE:
        path = tmp_path / "resume.html"
        path.write_bytes(rt.written(resume, template_id, "html"))
        check(rt.lxml_text(path), resume, template_id)


def test_plain_text_holds_everything() -> None:
    for resume in PEOPLE:
        assert rt.misses(text(resume), resume, "classic", plain=True).absent == ()


@each_template
def test_our_own_reader_knows_the_person_and_the_work_from_a_word_file(template_id: str) -> None:
    read = rt.own_readers()["docx"]
    for resume in PEOPLE:
        found = read(docx(resume, template_id))
        assert (found.contact.name, found.contact.email, found.contact.phone) == (
            resume.contact.name, resume.contact.email, resume.contact.phone
        )  # fmt: skip
        assert [len(job.highlights) for job in found.work_experience] == [
            len(job.highlights) for job in resume.work_experience
        ]
