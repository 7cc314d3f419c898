"""Small files of our own, read once before any other, so that what a library makes at its first use is made only once."""

from typing import Final

_TEXT = "Ada Lovelace\nada@example.org\n\nExperience\nAnalyst, Engines Ltd, 2019 - 2023\n- Wrote 3 programs in Python\n"
_SHOWN = "".join(f"0 -14 Td ({line}) Tj " for line in _TEXT.splitlines())
_PAGE = f"BT /F1 11 Tf 72 760 Td {_SHOWN}ET"
# Without a table of places, which the reader makes itself.
_PDF = f"""%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length {len(_PAGE)} >> stream
{_PAGE}
endstream endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
trailer << /Size 6 /Root 1 0 R >>
%%EOF
"""
_PARAGRAPHS = "".join(f"<p>{line}</p>" for line in _TEXT.splitlines())

SAMPLES: Final = (
    _TEXT.encode(),
    f"# {_TEXT}".encode(),
    _PDF.encode(),
    f"<html><body>{_PARAGRAPHS}</body></html>".encode(),
    f"{{\\rtf1\\ansi {_TEXT.replace(chr(10), chr(92) + 'par ')}}}".encode(),
    b"cv:\n  name: Ada Lovelace\n  email: ada@example.org\n",
)
