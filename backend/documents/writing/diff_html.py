"""What tailoring changed, as one HTML page that needs nothing else. What came and what went is told by underline and strike,
by words for those who listen, and by colour last."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.domain.diff import TITLES, Change, Kind, ResumeDiff

_SIGNS: dict[Kind, str] = {"added": "+", "removed": "−", "changed": "≠", "moved": "↕"}


class Group(NamedTuple):
    """Neighbouring changes of one position, project or school ("" where there is none)."""

    entry: str
    changes: tuple[Change, ...]


def diff_html(diff: ResumeDiff, *, title: str = "What changed", lang: str = "en") -> str:
    """The page. `lang` (BCP 47) is the language of the resume."""
    return (
        _environment()
        .get_template("diff.html")
        .render(diff=diff, title=title, lang=lang, counts=_counts(diff), minor=_minor(diff.hidden_minor))
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"by_entry": _by_entry, "told": _told}
    environment.globals |= {"titles": TITLES, "signs": _SIGNS}
    return environment


def _by_entry(changes: Sequence[Change]) -> list[Group]:
    groups = groupby(changes, key=lambda change: change.entry)
    return [Group(entry, tuple(items)) for entry, items in groups]


def _told(change: Change) -> str:
    """What happened, in words: "Changed highlight, moved from place 3 to place 1"."""
    label = "whole entry" if change.label == "entry" else change.label
    text = f"{change.kind.capitalize()} {label}"
    if change.moved:
        before, after = (path.rpartition("/")[2] for path in (change.before_path, change.after_path))
        if before.isdigit() and after.isdigit() and before != after:
            text += (
                f"{', moved' if change.kind != 'moved' else ''} from place {int(before) + 1} to place {int(after) + 1}"
            )
    return f"{text} (minor)" if change.minor and change.kind == "changed" else text


def _counts(diff: ResumeDiff) -> str:
    parts = [
        f"{number} {kind}"
        for kind, number in (
            ("changed", diff.changed), ("added", diff.added), ("removed", diff.removed), ("moved", diff.moved),
        )
        if number
    ]  # fmt: skip
    return ", ".join(parts) + "."


def _minor(number: int) -> str:
    what = "difference" if number == 1 else "differences"
    return f"{number} {what} of punctuation, case, spacing or order alone {'is' if number == 1 else 'are'} not shown."
