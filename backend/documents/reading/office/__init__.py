"""Word processors' files and web pages -> an extraction each: lines in reading order, and what the file hides."""

from backend.documents.reading.office.docx import extract_docx
from backend.documents.reading.office.html import extract_html
from backend.documents.reading.office.odt import extract_odt
from backend.documents.reading.office.rtf import extract_rtf

__all__ = ["extract_docx", "extract_html", "extract_odt", "extract_rtf"]
