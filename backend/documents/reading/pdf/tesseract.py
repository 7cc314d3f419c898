"""Reading pictures of pages with the Tesseract program, where it is installed."""

import shutil
import subprocess
from itertools import islice

from backend.documents.reading.pdf.ocr import OcrEngine, SeenWord
from backend.errors import VendorUnavailable

_SECONDS = 60
_WORD_LEVEL = "5"
_ALONE = {"OMP_THREAD_LIMIT": "1"}  # several threads on one page only wait for each other


def tesseract(languages: str = "eng") -> OcrEngine | None:
    """The engine, or None where the program is not installed. `languages` are Tesseract's names: "eng+deu"."""
    program = shutil.which("tesseract")
    return Tesseract(program, languages) if program else None


class Tesseract:
    def __init__(self, program: str, languages: str = "eng") -> None:
        self._program = program
        self._languages = languages

    def words(self, picture: bytes, *, dpi: int) -> list[SeenWord]:
        command = [self._program, "stdin", "stdout", "-l", self._languages, "--dpi", str(dpi), "--psm", "3", "tsv"]
        try:
            done = subprocess.run(command, input=picture, capture_output=True, timeout=_SECONDS, check=True, env=_ALONE)  # noqa: S603 a fixed program, the picture on its input
        except (OSError, subprocess.SubprocessError) as error:
            raise VendorUnavailable(
                f"The scanned page could not be read: Tesseract failed ({type(error).__name__}). Send the resume as text or DOCX."
            ) from error
        return _words(done.stdout.decode("utf-8", "replace"))


def _words(table: str) -> list[SeenWord]:
    """From Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    found = []
    for row in islice(table.splitlines(), 1, None):
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        left, top, wide, high = (float(cell) for cell in cells[6:10])
        line = ".".join(cells[2:5])
        found.append(SeenWord(cells[11].strip(), left, top, left + wide, top + high, line, float(cells[10]) / 100))
    return found
