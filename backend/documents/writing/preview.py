"""A small picture of a template, filled with a resume."""

from backend.documents.writing.pdf import inputs
from backend.documents.writing.style import Style
from backend.documents.writing.templates import Template
from backend.documents.writing.templates import template as find_template
from backend.documents.writing.typesetter import picture
from backend.domain.resume import Resume
from backend.errors import InvalidInput

_INCHES = {"a4": 210 / 25.4, "letter": 8.5}
NARROWEST, WIDEST = 100, 1600


def preview(
    resume: Resume, template: str | Template = "classic", style: Style | None = None, *, width: int = 480
) -> bytes:
    """The first page as PNG, `width` pixels wide. Raises InvalidInput for a width out of range or an unknown template."""
    if not NARROWEST <= width <= WIDEST:
        raise InvalidInput(f"A preview is {NARROWEST} to {WIDEST} pixels wide, not {width}.")
    chosen = template if isinstance(template, Template) else find_template(template)
    looks = style or chosen.style
    return picture(f"{chosen.id}.typ", inputs(resume, looks), width / _INCHES[looks.paper])
