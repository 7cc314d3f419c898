"""From bytes to a resume, the whole way, in the sandbox and outside of it."""

import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pypdfium2
import pytest

from backend.documents.reading.limits.lines import MAX_HEADINGS, MAX_LINES
from backend.documents.reading.pdf import tesseract
from backend.documents.reading.sandbox import Sandbox, read_file
from backend.documents.reading.untrusted import read_untrusted
from backend.documents.reading.warming import SAMPLES
from backend.errors import InvalidInput
from backend.tests.security import making

ORDINARY = {
    "pdf": making.pdf(),
    "docx": making.docx(),
    "odt": making.odt(),
    "rtf": making.rtf(),
    "html": making.html(),
    "text": "\n".join(making.LINES).encode(),
    "markdown": b"# Ada Lovelace\n\nada@example.org\n\n## Skills\n\nPython",
    "json": b'{"basics": {"name": "Ada Lovelace", "email": "ada@example.org"}}',
    "yaml": b"cv:\n  name: Ada Lovelace\n  email: ada@example.org\n",
}
SHARED = Path(__file__).parents[6] / "shared" / "data"


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    await sandbox.close()


@pytest.mark.parametrize("kind", ORDINARY)
async def test_every_kind_is_read_the_same_in_the_sandbox(sandbox: Sandbox, kind: str) -> None:
    parsed = await sandbox.read(ORDINARY[kind])
    assert parsed.kind == kind
    assert parsed.document["contact"]["name"] == "Ada Lovelace"
    assert parsed.document == read_untrusted(ORDINARY[kind]).document


async def test_tools_are_recognised_in_the_sandbox(sandbox: Sandbox) -> None:
    parsed = await sandbox.read(b"Ada\nExperience\nEngineer, Acme, 2020 - 2021\n- Built it in Python and Kubernetes\n")
    assert any("Python" in entry.technologies for entry in parsed.recognised)


def test_a_file_is_read_without_an_event_loop() -> None:
    assert read_file(ORDINARY["docx"]).kind == "docx"


async def test_a_refusal_reaches_the_caller(sandbox: Sandbox) -> None:
    with pytest.raises(InvalidInput, match="macros"):
        await sandbox.read(making.docx(extra={"word/vbaProject.bin": b"x"}))


async def test_too_many_bytes_are_refused_before_they_are_sent(sandbox: Sandbox) -> None:
    with pytest.raises(InvalidInput, match="a resume may have"):
        await sandbox.read(bytes(11 * 1024 * 1024))


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_file_that_warms_the_readers_is_a_resume(sample: bytes) -> None:
    assert read_untrusted(sample).document["contact"]["email"] == "ada@example.org"


@pytest.mark.parametrize(
    ("text", "words"), [("a\n" * (MAX_LINES + 1), "lines of text"), ("# a\n" * (MAX_HEADINGS + 1), "headings")]
)
def test_more_than_thirty_pages_hold_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        read_untrusted(text.encode())


def _scanned(pdf: bytes) -> bytes:
    with pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[0].render(scale=2, grayscale=True)
        pixels = b"".join(
            bytes(bitmap.buffer)[row * bitmap.stride : row * bitmap.stride + bitmap.width]
            for row in range(bitmap.height)
        )
        entries = (
            b"/Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"
        )
        picture = making.stream(zlib.compress(pixels), entries % (bitmap.width, bitmap.height))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>"
    return making.pdf({3: page, 6: picture}, content=b"595 0 0 842 0 0 cm /X Do")


@pytest.mark.skipif(tesseract() is None, reason="Tesseract is not installed")
async def test_a_scan_is_read_by_a_reader_that_may_start_programs(sandbox: Sandbox) -> None:
    scan = _scanned(ORDINARY["pdf"])
    assert (await sandbox.run("read", scan)).result == b""
    parsed = await sandbox.read(scan)
    assert parsed.layout.ocr
    assert "Lovelace" in parsed.text


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_no_real_resume_is_refused() -> None:
    files = sorted([*SHARED.glob("resume_pdfs/*.pdf"), *SHARED.glob("rendercv_examples/**/*.yaml")])
    assert files
    for path in files[::4]:
        assert read_untrusted(path.read_bytes()).text
