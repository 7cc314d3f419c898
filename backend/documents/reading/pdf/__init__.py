"""PDF: characters with their places -> lines in reading order, what is hidden, how it is laid out."""

from backend.documents.reading.pdf.ocr import OcrEngine
from backend.documents.reading.pdf.reader import extract_pdf
from backend.documents.reading.pdf.tesseract import tesseract

__all__ = ["OcrEngine", "extract_pdf", "tesseract"]
