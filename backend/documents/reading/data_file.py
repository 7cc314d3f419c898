"""A resume as data -> a stored document: our own shape as it is, JSON Resume and RenderCV converted."""

from collections.abc import Mapping
from typing import Any

from backend.documents.reading.json_resume import is_json_resume, json_resume
from backend.documents.reading.render_cv import is_render_cv, render_cv
from backend.domain import stored_shape
from backend.domain.resume import Resume
from backend.errors import InvalidInput


def document_in(source: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """The stored document; `kind` names the format in the error. Raises InvalidInput when there is no resume in it."""
    document = dict(source)
    if is_render_cv(source):
        document = render_cv(source)
    elif is_json_resume(source):
        document = json_resume(source)
    if stored_shape.read(document).model_copy(update={"extras": ()}) == Resume():
        raise InvalidInput(
            f"The {kind} has none of a resume's fields. Send contact, summary, work_experience, education and skills, "
            "or a JSON Resume with basics and work."
        )
    return document
