"""Untrusted bytes -> a stored document."""

from typing import Any

from backend.documents.reading.decoding import decoded
from backend.documents.reading.json_file import json_object
from backend.documents.reading.json_resume import is_json_resume, json_resume
from backend.documents.reading.text_resume import text_resume
from backend.domain import stored_shape
from backend.domain.resume import Resume
from backend.errors import InvalidInput

__all__ = ["read_resume_file"]


def read_resume_file(data: bytes) -> dict[str, Any]:
    """The stored document in a file: our own JSON as it is, JSON Resume converted, Markdown and plain text parsed.

    What the file is shows in its content; a name is not needed. Raises InvalidInput for anything else.
    """
    text = decoded(data)
    if not _is_json(text):
        return text_resume(text)
    document = json_object(text)
    if is_json_resume(document):
        document = json_resume(document)
    resume = stored_shape.read(document)
    if resume.model_copy(update={"extras": ()}) == Resume():
        raise InvalidInput(
            "The JSON has none of a resume's fields. Send contact, summary, work_experience, education and skills, "
            "or a JSON Resume with basics and work."
        )
    return document


def _is_json(text: str) -> bool:
    """A text that begins as JSON does; "[" alone may begin a Markdown link."""
    start = text.lstrip()
    return start.startswith("{") or (
        start.startswith("[") and start[1:].lstrip()[:1] in tuple('{["]-0123456789') and "](" not in start[:200]
    )
