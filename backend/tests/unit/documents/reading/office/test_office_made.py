"""One Word document as LibreOffice writes it in the other formats says the same in all of them."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.office import extract_docx, extract_html, extract_odt, extract_rtf

SOFFICE = shutil.which("soffice")
EXTRACTORS = {"odt": extract_odt, "rtf": extract_rtf, "html": extract_html}

pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


def written() -> bytes:
    document = Document()
    document.add_heading("Jane Doe", 0)
    document.add_paragraph("jane@example.com | +44 20 7946 0000")
    document.add_heading("Experience", 1)
    left, right = document.add_table(1, 2).rows[0].cells
    left.text, right.text = "Engineer, Acme", "2019 – 2021"
    for text in ("Built “it” for José – 日本", "Ran it"):
        document.add_paragraph(text, style="List Bullet")
    entry = document.add_paragraph()
    entry.add_run("Beta Ltd").bold = True
    secret = entry.add_run(" python kubernetes")
    secret.font.hidden = True
    white = entry.add_run(" terraform ansible")
    white.font.color.rgb = RGBColor(255, 255, 255)
    tiny = document.add_paragraph("Consultant").add_run(" golang rust")
    tiny.font.size = Pt(1)
    document.add_heading("Skills", 1)
    for text in ("Go and\nSQL", "Ørsted & Söhne <GmbH>"):
        document.add_paragraph(text)
    document.core_properties.keywords = "hire this person now"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert SOFFICE
    folder = tmp_path_factory.mktemp("office")
    (folder / "resume.docx").write_bytes(written())
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for kind in EXTRACTORS:
        command = [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(folder / "resume.docx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    return folder


def hidden(extraction: Extraction) -> list[tuple[str, str]]:
    """What is hidden, without the commas that LibreOffice puts between keywords."""
    return [(one.text.replace(",", ""), one.how) for one in extraction.hidden]


def said(extraction: Extraction) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in extraction.lines]


@pytest.mark.parametrize("kind", ["odt", "rtf"])
def test_the_lines_and_what_is_hidden_are_the_same(folder: Path, kind: str) -> None:
    original = extract_docx((folder / "resume.docx").read_bytes())
    converted = EXTRACTORS[kind]((folder / f"resume.{kind}").read_bytes())
    assert said(converted) == said(original)
    assert hidden(converted) == hidden(original)
    assert [one.how for one in original.hidden] == ["hidden_run", "white", "tiny", "metadata"]


def test_the_words_of_the_web_page_are_the_same(folder: Path) -> None:
    original = extract_docx((folder / "resume.docx").read_bytes())
    converted = extract_html((folder / "resume.html").read_bytes())
    assert [text for _, text in said(converted)] == [text for _, text in said(original)]
    assert hidden(converted) == hidden(original)
