"""A resume -> a document."""

from backend.documents.writing.html import html
from backend.documents.writing.markdown import markdown

__all__ = ["html", "markdown"]
