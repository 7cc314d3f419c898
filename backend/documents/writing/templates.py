"""The templates a resume can be written in, and how to change one."""

from collections.abc import Mapping
from typing import Any

from backend.documents.writing.style import Style, changed
from backend.domain.model import Model
from backend.errors import InvalidInput


class Template(Model):
    """A design. `ats_safe` says that it keeps to one column, real text and plain headings, which parsers need."""

    id: str
    name: str
    description: str
    ats_safe: bool
    style: Style


_ALL = (
    Template(
        id="classic",
        name="Classic",
        description="Serif, quiet rules under the headings; right for most employers.",
        ats_safe=True,
        style=Style(font="Source Serif 4", accent="#1f4e5f", margin_mm=19, font_size=10.5, line_height=1.34),
    ),
    Template(
        id="modern",
        name="Modern",
        description="Sans serif with a band of colour beside the name; for product and technology companies.",
        ats_safe=True,
        style=Style(
            font="IBM Plex Sans",
            accent="#2b4acb",
            margin_mm=18,
            font_size=9.8,
            line_height=1.42,
            section_order=("summary", "skills", "work_experience", "projects", "education"),
        ),
    ),
    Template(
        id="compact",
        name="Compact",
        description="Dense but calm: a hairline over each heading, entries on one line; for long careers on few pages.",
        ats_safe=True,
        style=Style(
            font="Source Sans 3",
            accent="#8a2b2b",
            margin_mm=14,
            font_size=9.8,
            line_height=1.22,
            spacing=0.8,
            section_order=("summary", "work_experience", "projects", "skills", "education"),
        ),
    ),
    Template(
        id="academic",
        name="Academic",
        description="Education first, publications and other sections next to the work; in the manner of a curriculum vitae.",
        ats_safe=True,
        style=Style(
            font="Libertinus Serif",
            accent="#222222",
            margin_mm=23,
            font_size=11,
            line_height=1.3,
            section_order=(
                "summary",
                "education",
                "work_experience",
                "extras",
                "achievements",
                "projects",
                "certifications",
                "skills",
                "languages",
            ),
        ),
    ),
)
TEMPLATES: Mapping[str, Template] = {item.id: item for item in _ALL}


def template(template_id: str) -> Template:
    """The template of that id. Raises InvalidInput that lists those there are."""
    found = TEMPLATES.get(template_id.strip().lower())
    if found is None:
        raise InvalidInput(f"There is no template {template_id!r}; choose one of {', '.join(TEMPLATES)}.")
    return found


def with_style(chosen: Template, overrides: Mapping[str, Any]) -> Template:
    """The template with some of its style replaced, such as {"accent": "#333333"}. Raises InvalidInput naming the field."""
    return chosen.model_copy(update={"style": changed(chosen.style, overrides)})
