"""What a Word file says about itself."""

import datetime

from docx.document import Document

_NO_TIME = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)
_LONGEST = 255  # characters; Word holds no longer properties


def describe(document: Document, name: str, lang: str) -> None:
    """Title, author and language; nothing about who or what made the file, nor when, so that it stays the same."""
    properties = document.core_properties
    properties.title = (f"{name} – Resume" if name else "Resume")[:_LONGEST]
    properties.author = name[:_LONGEST]
    properties.last_modified_by = name[:_LONGEST]
    properties.language = lang
    properties.comments = properties.subject = properties.keywords = ""
    properties.created = properties.modified = _NO_TIME
    properties.revision = 1
