"""How a resume looks: the few things that a person may change in a template, each within limits that keep it readable."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator, Field, ValidationError

from backend.domain.model import Model
from backend.errors import InvalidInput

SectionKey = Literal[
    "summary",
    "work_experience",
    "projects",
    "education",
    "skills",
    "certifications",
    "languages",
    "achievements",
    "extras",
]
SECTION_KEYS: tuple[SectionKey, ...] = get_args(SectionKey)

SMALLEST_FONT, LARGEST_FONT = 9.5, 12.0
NARROWEST_MARGIN, WIDEST_MARGIN = 10.0, 30.0
TIGHTEST_LINES, LOOSEST_LINES = 1.1, 1.7
TIGHTEST_SPACING, LOOSEST_SPACING = 0.6, 1.5


class Font(NamedTuple):
    """A family that travels with us. `office` is the nearest one that every word processor has; `css` what a browser may use
    in its place."""

    name: str
    serif: bool
    office: str
    css: str


_SERIF_CSS = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, "Liberation Serif", serif'
_SANS_CSS = '"Segoe UI", "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif'
_ROMAN_CSS = '"Palatino Linotype", Palatino, "Book Antiqua", "Times New Roman", "Liberation Serif", serif'
FONTS: Mapping[str, Font] = {
    font.name: font
    for font in (
        Font("Source Serif 4", True, "Cambria", f'"Source Serif 4", {_SERIF_CSS}'),
        Font("Source Sans 3", False, "Calibri", f'"Source Sans 3", Calibri, Carlito, {_SANS_CSS}'),
        Font("IBM Plex Sans", False, "Arial", f'"IBM Plex Sans", {_SANS_CSS}'),
        Font("Libertinus Serif", True, "Times New Roman", f'"Libertinus Serif", {_ROMAN_CSS}'),
    )
}


def _known_font(name: str) -> str:
    for known in FONTS:
        if known.casefold() == name.strip().casefold():
            return known
    raise ValueError(f"there is no font {name!r}; choose one of {', '.join(FONTS)}")


def _color(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError("a color is written #rrggbb, for example #1f4e5f")
    if _contrast_with_white(text) < READABLE_CONTRAST:
        raise ValueError(f"{text} is too pale to read on white; choose a darker color")
    return text.lower()


def _complete(order: tuple[SectionKey, ...]) -> tuple[SectionKey, ...]:
    """Every section once: what an order leaves out follows in the usual order, so that nothing is lost."""
    if len(set(order)) < len(order):
        raise ValueError("a section is named twice")
    return (*order, *(key for key in SECTION_KEYS if key not in order))


READABLE_CONTRAST = 4.5
"""WCAG AA for text of ordinary size."""


def _contrast_with_white(color: str) -> float:
    """The WCAG contrast ratio of a color on white, 1 to 21."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


class Style(Model):
    """What may be changed. `paper` is for documents with pages; `accent` is "#rrggbb", dark enough to read on white; `margin_mm` is on all four sides;
    `font_size` is the text's, in points; `line_height` is the distance of lines in font sizes; `spacing` multiplies the
    space between entries and sections (1 is the template's own); sections missing from `section_order` come last."""

    paper: Literal["a4", "letter"] = "a4"
    font: Annotated[str, AfterValidator(_known_font)] = "Source Serif 4"
    accent: Annotated[str, AfterValidator(_color)] = "#1f4e5f"
    margin_mm: float = Field(default=18, ge=NARROWEST_MARGIN, le=WIDEST_MARGIN)
    font_size: float = Field(default=10.5, ge=SMALLEST_FONT, le=LARGEST_FONT)
    line_height: float = Field(default=1.35, ge=TIGHTEST_LINES, le=LOOSEST_LINES)
    spacing: float = Field(default=1, ge=TIGHTEST_SPACING, le=LOOSEST_SPACING)
    section_order: Annotated[tuple[SectionKey, ...], AfterValidator(_complete)] = SECTION_KEYS


def changed(style: Style, overrides: Mapping[str, Any]) -> Style:
    """`style` with some fields replaced. Raises InvalidInput that names the field and its limits."""
    unknown = sorted(set(overrides) - set(Style.model_fields))
    if unknown:
        raise InvalidInput(f"style.{unknown[0]}: there is no such field; there are {', '.join(Style.model_fields)}.")
    try:
        return Style.model_validate(style.model_dump() | dict(overrides))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        why = first["msg"].removeprefix("Value error, ")
        raise InvalidInput(f"style.{place}: {why[:1].lower()}{why[1:]}.") from None
