"""A resume -> a Word document, in a template of ours or the user's own."""

from backend.documents.writing.docx.document import docx
from backend.documents.writing.docx.user_template import render_user_template

__all__ = ["docx", "render_user_template"]
