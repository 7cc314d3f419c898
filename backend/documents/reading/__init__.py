"""Untrusted bytes -> a stored document."""

from typing import Any

from backend.documents.reading.data_file import document_in
from backend.documents.reading.decoding import decoded
from backend.documents.reading.json_file import json_object
from backend.documents.reading.text_resume import text_resume
from backend.documents.reading.yaml_file import is_resume_yaml, yaml_object

__all__ = ["read_resume_file"]


def read_resume_file(data: bytes) -> dict[str, Any]:
    """The stored document in a file: our own JSON as it is, JSON Resume and RenderCV converted, Markdown and plain text
    parsed.

    What the file is shows in its content; a name is not needed. Raises InvalidInput for anything else.
    """
    text = decoded(data)
    if _is_json(text):
        return document_in(json_object(text), "JSON")
    if is_resume_yaml(text):
        return document_in(yaml_object(text), "YAML")
    return text_resume(text)


def _is_json(text: str) -> bool:
    """A text that begins as JSON does; "[" alone may begin a Markdown link."""
    start = text.lstrip()
    return start.startswith("{") or (
        start.startswith("[") and start[1:].lstrip()[:1] in tuple('{["]-0123456789') and "](" not in start[:200]
    )
