"""The sandbox's job: somebody's own Word template, filled."""

from backend.documents.reading.limits import check, check_bytes
from backend.documents.writing.docx.user_template import render_user_template
from backend.domain.resume import Resume


def render_job(template: bytes, resume: bytes) -> bytes:
    """`resume` as JSON. Raises InvalidInput when the template is refused."""
    check_bytes(template)
    check("docx", template)
    return render_user_template(template, Resume.model_validate_json(resume))
