"""What cannot be opened is refused with a reason that a person can act on."""

import shutil
import subprocess
from pathlib import Path

import pytest

from backend.documents.reading.pdf import extract_pdf
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.pdf.making import RESUME, Pdf, resume

_QPDF = shutil.which("qpdf")
needs_qpdf = pytest.mark.skipif(_QPDF is None, reason="needs qpdf to lock a file")


def locked(folder: Path, user: str, owner: str) -> bytes:
    plain, sealed = folder / "plain.pdf", folder / "locked.pdf"
    plain.write_bytes(resume())
    command = [str(_QPDF), "--encrypt", user, owner, "256", "--print=none", "--", str(plain), str(sealed)]
    subprocess.run(command, check=True)  # noqa: S603
    return sealed.read_bytes()


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 a word file", b"{}", bytes(range(256)) * 10])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput, match="not a PDF"):
        extract_pdf(data)


@pytest.mark.parametrize("share", [0.02, 0.1])
def test_a_file_that_was_cut_off_early_is_refused(share: float) -> None:
    data = resume()
    with pytest.raises(InvalidInput, match=r"damaged|no pages|no text"):
        extract_pdf(data[: int(len(data) * share)])


def test_noise_behind_the_mark_is_refused() -> None:
    with pytest.raises(InvalidInput, match="damaged"):
        extract_pdf(b"%PDF-1.7\n" + b"\x00\xff" * 5000)


def test_noise_before_the_mark_does_no_harm() -> None:
    assert extract_pdf(b"\xef\xbb\xbf\n" + resume()).lines


def test_a_document_without_pages_is_refused() -> None:
    with pytest.raises(InvalidInput, match=r"no pages|damaged"):
        extract_pdf(Pdf([]).bytes())


def test_more_than_thirty_pages_are_refused_with_their_number() -> None:
    with pytest.raises(InvalidInput, match=r"31 pages; a resume may have 30"):
        extract_pdf(Pdf([RESUME.encode("latin-1")] * 31).bytes())


@needs_qpdf
def test_a_file_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="locked with a password"):
        extract_pdf(locked(tmp_path, "secret", "owner"))


@needs_qpdf
def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    assert extract_pdf(locked(tmp_path, "", "owner")).lines[0].text == "Jane Roe"


def test_a_page_that_cannot_be_loaded_is_told_as_damage() -> None:
    data = resume().replace(b"/Type /Page /Parent 2 0 R", b"/Type /Pxge /Parent 2 0 R")
    with pytest.raises(InvalidInput, match="damaged"):
        extract_pdf(data)
