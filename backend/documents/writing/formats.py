"""A resume -> a file, in any format: the one place that knows them all."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, get_args

from backend.documents.writing.docx import docx
from backend.documents.writing.html import html
from backend.documents.writing.json_resume import json_resume
from backend.documents.writing.markdown import markdown
from backend.documents.writing.page_budget import Dropped, fit
from backend.documents.writing.pdf import printed
from backend.documents.writing.render_cv import render_cv
from backend.documents.writing.style import Style
from backend.documents.writing.templates import Template, template, with_style
from backend.documents.writing.text import text
from backend.domain.resume import Resume
from backend.domain.stored_overlay import new_document
from backend.errors import InvalidInput

Format = Literal["pdf", "docx", "html", "md", "txt", "json", "jsonresume", "rendercv"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Kind(NamedTuple):
    """`ending` is the file's, `paged` says that it is printed, so that a number of pages means something."""

    ending: str
    media_type: str
    paged: bool = False


KINDS: Mapping[Format, Kind] = {
    "pdf": Kind("pdf", "application/pdf", paged=True),
    "docx": Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", paged=True),
    "html": Kind("html", "text/html; charset=utf-8", paged=True),
    "md": Kind("md", "text/markdown; charset=utf-8"),
    "txt": Kind("txt", "text/plain; charset=utf-8"),
    "json": Kind("json", "application/json"),
    "jsonresume": Kind("resume.json", "application/json"),
    "rendercv": Kind("yaml", "application/yaml"),
}


class File(NamedTuple):
    """`pages` is what a PDF takes (0 elsewhere), `dropped` what was left out to fit, `warnings` what to know about it."""

    data: bytes
    kind: Kind
    pages: int = 0
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()


def format_named(name: str) -> Format:
    """Raises InvalidInput that lists the formats."""
    wanted = next((known for known in FORMATS if known == name.strip().lower().lstrip(".")), None)
    if wanted is None:
        raise InvalidInput(f"There is no format {name!r}; choose one of {', '.join(FORMATS)}.")
    return wanted


def write(
    resume: Resume,
    wanted: Format,
    template_id: str = "classic",
    style: Mapping[str, Any] | None = None,
    *,
    pages: int | None = None,
    relevance: Mapping[str, float] | None = None,
    lang: str = "en",
) -> File:
    """The resume as a file. `style` replaces some of the template's; `pages` is the most that a printed format may take, and
    `relevance` (path of a highlight to a score) decides what goes first where not everything fits. About 15 ms for two pages
    of PDF. Raises InvalidInput for an unknown template, style, language, or number of pages."""
    chosen = with_style(template(template_id), style or {})
    kind, looks = KINDS[wanted], chosen.style
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[str, ...] = ()
    if pages is not None and kind.paged:
        fitted = fit(resume, pages, chosen, relevance=relevance, lang=lang)
        resume, looks, dropped = fitted.resume, fitted.style, fitted.dropped
        warnings = (fitted.note,) if fitted.note else ()
    if wanted == "pdf":
        done = printed(resume, chosen, looks, lang=lang)
        return File(done.data, kind, done.pages, dropped, (*warnings, *done.warnings))
    return File(_WRITERS[wanted](resume, chosen, looks, lang), kind, 0, dropped, warnings)


def _own(resume: Resume) -> str:
    return json.dumps(new_document(resume), indent=2, ensure_ascii=False) + "\n"


_WRITERS: Mapping[Format, Callable[[Resume, Template, Style, str], bytes]] = {
    "docx": lambda resume, chosen, looks, lang: docx(resume, chosen, looks, lang=lang),
    "html": lambda resume, chosen, looks, lang: html(resume, chosen, looks, lang=lang).encode(),
    "md": lambda resume, _, __, ___: markdown(resume).encode(),
    "txt": lambda resume, _, looks, __: text(resume, looks).encode(),
    "json": lambda resume, _, __, ___: _own(resume).encode(),
    "jsonresume": lambda resume, _, __, ___: json_resume(resume).encode(),
    "rendercv": lambda resume, _, __, ___: render_cv(resume).encode(),
}
