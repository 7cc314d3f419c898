"""Fitting a resume on so many pages: first by setting it tighter, then by leaving out what matters least."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from backend.documents.writing.drop_order import Droppable, droppable
from backend.documents.writing.pdf import inputs
from backend.documents.writing.style import SMALLEST_FONT, Style
from backend.documents.writing.templates import Template
from backend.documents.writing.templates import template as find_template
from backend.documents.writing.typesetter import page_count
from backend.domain.model import Model
from backend.domain.resume import Project, Resume, WorkEntry
from backend.errors import InvalidInput

MOST_PAGES = 5
_Entry = TypeVar("_Entry", WorkEntry, Project)
_STEPS = 24
"""How finely tightness is tried; a third of them each for space, lines and letters."""
_TIGHT_SPACING, _TIGHT_MARGIN, _TIGHT_LINES = 0.65, 12.0, 1.16


class Dropped(Model):
    """A highlight that was left out, by its path in the original resume."""

    path: str
    text: str
    reason: str


class Fitted(Model):
    """What to print. `pages` is what it takes as PDF; when that is more than was asked for, nothing could be done within
    the limits, so resume and style are as they came, and `note` says why."""

    resume: Resume
    style: Style
    pages: int
    dropped: tuple[Dropped, ...] = ()
    fits: bool = True
    note: str = ""


def fit(
    resume: Resume,
    pages: int,
    template: str | Template = "classic",
    style: Style | None = None,
    relevance: Mapping[str, float] | None = None,
    *,
    lang: str = "en",
) -> Fitted:
    """The resume within `pages` (1 to 5), as loosely set and as complete as that allows.

    Space, margins, lines and letters shrink in that order, letters never below 9.5 points. Only then are highlights left out,
    those of least `relevance` first (see `droppable`), each reported. Some fifteen page counts at most, of 10 to 20 ms each.
    Raises InvalidInput for a number of pages out of range or an unknown template.
    """
    if not 1 <= pages <= MOST_PAGES:
        raise InvalidInput(f"A resume can be fitted on 1 to {MOST_PAGES} pages, not {pages}.")
    chosen = template if isinstance(template, Template) else find_template(template)
    loose = style or chosen.style

    order = droppable(resume, relevance or {})

    @cache
    def count(gone: int, tightness: int) -> int:
        looks = _tightened(loose, tightness)
        return page_count(f"{chosen.id}.typ", inputs(without(resume, order[:gone]), looks, lang))

    def loosest(gone: int) -> int | None:
        return _first(_STEPS + 1, lambda tightness: count(gone, tightness) <= pages)

    gone, tightness = 0, loosest(0)
    if tightness is None:
        enough = _first(len(order) + 1, lambda number: count(number, _STEPS) <= pages)
        tightness = None if enough is None else loosest(enough)
        gone = enough or 0
    if tightness is None:
        return Fitted(
            resume=resume,
            style=loose,
            pages=count(0, 0),
            fits=False,
            note=_refused(pages, count(len(order), _STEPS), len(order)),
        )
    return Fitted(
        resume=without(resume, order[:gone]),
        style=_tightened(loose, tightness),
        pages=count(gone, tightness),
        dropped=tuple(_reported(line) for line in order[:gone]),
    )


def without(resume: Resume, gone: Sequence[Droppable]) -> Resume:
    """The resume less some of its highlights."""
    paths = {line.path for line in gone}

    def kept(path: str, entry: _Entry) -> _Entry:
        lines = tuple(text for n, text in enumerate(entry.highlights) if f"{path}/highlights/{n}" not in paths)
        return entry.model_copy(update={"highlights": lines})

    return resume.model_copy(
        update={
            "work_experience": tuple(
                kept(f"/work_experience/{n}", job) for n, job in enumerate(resume.work_experience)
            ),
            "projects": tuple(kept(f"/projects/{n}", project) for n, project in enumerate(resume.projects)),
        }
    )


def _first(size: int, good: Callable[[int], bool]) -> int | None:
    """The smallest number below `size` that is good, given that all after a good one are good; None if the last is not."""
    if good(0):
        return 0
    if not good(size - 1):
        return None
    bad, fine = 0, size - 1
    while fine - bad > 1:
        middle = (bad + fine) // 2
        bad, fine = (bad, middle) if good(middle) else (middle, fine)
    return fine


def _tightened(style: Style, tightness: int) -> Style:
    """The style, so many steps tighter. What is tighter already stays as it is."""
    third = _STEPS / 3
    space, lines, letters = (min(1.0, max(0.0, tightness / third - n)) for n in range(3))

    def towards(value: float, limit: float, share: float) -> float:
        return round(value + (min(value, limit) - value) * share, 3)

    return style.model_copy(
        update={
            "spacing": towards(style.spacing, _TIGHT_SPACING, space),
            "margin_mm": towards(style.margin_mm, _TIGHT_MARGIN, space),
            "line_height": towards(style.line_height, _TIGHT_LINES, lines),
            "font_size": towards(style.font_size, SMALLEST_FONT, letters),
        }
    )


def _reported(line: Droppable) -> Dropped:
    return Dropped(path=line.path, text=line.text, reason=f"Left out for want of room: {line.why}.")


def _refused(pages: int, least: int, highlights: int) -> str:
    wanted = "1 page" if pages == 1 else f"{pages} pages"
    return (
        f"It does not fit on {wanted}: set as tight as stays readable, and without {highlights} of its highlights, it still takes "
        f"{least}. Nothing was changed; shorten it, or allow more pages."
    )
