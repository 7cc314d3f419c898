"""A resume as one HTML page that needs nothing else: to read, to print, or to turn into a PDF."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.documents.writing.style import FONTS, Style
from backend.documents.writing.templates import Template
from backend.documents.writing.templates import template as find_template
from backend.documents.writing.view import view
from backend.domain.resume import Resume


def html(resume: Resume, template: str | Template = "classic", style: Style | None = None, *, lang: str = "en") -> str:
    """The page in a template, in `style` or the template's own, in the language `lang` (BCP 47). Sections that are empty are
    left out. Raises InvalidInput for an unknown template."""
    chosen = template if isinstance(template, Template) else find_template(template)
    looks = style or chosen.style
    page = _environment().get_template(f"{chosen.id}.html")
    return page.render(view=view(resume, looks), style=looks, font=FONTS[looks.font], lang=lang)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates" / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
