"""Edits: the only way a resume changes, and only where `EDITABLE` says so.

Every path names a place in the frozen original, so a set of edits means the same in any order. Contact details,
employers, titles, dates, institutions and degrees have no path at all: no set of edits can reach them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field

from backend.domain.model import Model
from backend.domain.resume import Resume

Op = Literal["replace", "add", "remove", "reorder"]


class Edit(Model):
    """One proposed change.

    - `replace` gives a highlight or the summary a new `text`; the path names it.
    - `add` puts `text` into a list (the path names the list) before `position` of the result, or at its end.
    - `remove` takes a highlight or a skill away.
    - `reorder` gives a list's original places in their new `order`.
    """

    id: str
    path: str
    op: Op
    text: str = ""
    order: tuple[int, ...] = ()
    position: int | None = None
    evidence: tuple[str, ...] = ()
    requirement_ids: tuple[str, ...] = ()
    reason: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)


class InvalidEdit(ValueError):
    """An edit that cannot be applied: an unknown path, an op the path does not allow, or two that contradict."""

    def __init__(self, edit: Edit, why: str) -> None:
        super().__init__(f"edit {edit.id} ({edit.op} {edit.path}): {why}")
        self.edit = edit


_PATH = re.compile(
    r"(?P<summary>/summary)|(?P<list>/(?:work_experience|projects)/(?:0|[1-9]\d{0,3})/highlights|/skills|/achievements|/projects)"
    r"(?:/(?P<item>0|[1-9]\d{0,3}))?"
)
EDITABLE: Mapping[str, frozenset[Op]] = {
    "summary": frozenset({"replace"}),
    "highlights": frozenset({"replace", "add", "remove", "reorder"}),
    "skills": frozenset({"add", "remove", "reorder"}),
    "achievements": frozenset({"reorder"}),
    "projects": frozenset({"reorder"}),
}


@dataclass
class _Changes:
    """What a set of edits does to one list."""

    replaced: dict[int, str] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    added: list[Edit] = field(default_factory=list)
    order: tuple[int, ...] | None = None


Placed = tuple[int | None, Any]
"""An item of a result with its place in the original; None if it was added."""


def target(path: str) -> tuple[str, int | None]:
    """The list (or "/summary") that a path names, and the item's place in it; ValueError for any other path."""
    match = _PATH.fullmatch(path)
    if match is None or (match["item"] and match["list"] == "/projects"):
        raise ValueError(f"{path!r} is not a place that an edit can reach")
    return match["list"] or "/summary", int(match["item"]) if match["item"] else None


def apply(resume: Resume, edits: Iterable[Edit]) -> Resume:
    """The resume with all the edits made; InvalidEdit if one of them cannot be. Untouched values are the same objects."""
    edits = tuple(edits)
    summary = next((e.text for e in edits if e.op == "replace" and e.path == "/summary"), resume.summary)
    results = _results(resume, edits)
    update: dict[str, Any] = {"summary": summary}
    for section in ("work_experience", "projects"):
        entries = list(getattr(resume, section))
        for index, entry in enumerate(entries):
            if (placed := results.get(f"/{section}/{index}/highlights")) is not None:
                entries[index] = entry.model_copy(update={"highlights": tuple(text for _, text in placed)})
        if section == "projects" and (order := results.get("/projects")) is not None:
            entries = [entries[place] for place, _ in order if place is not None]
        update[section] = tuple(entries)
    for section in ("skills", "achievements"):
        if (placed := results.get(f"/{section}")) is not None:
            update[section] = tuple(text for _, text in placed)
    changed = {key: value for key, value in update.items() if value != getattr(resume, key)}
    return resume.model_copy(update=changed) if changed else resume


def project_order(resume: Resume, edits: Iterable[Edit]) -> tuple[int, ...]:
    """The original places of the projects, in the order that the edits give them."""
    order = next((edit.order for edit in edits if edit.path == "/projects"), None)
    return order if order is not None else tuple(range(len(resume.projects)))


def invert(resume: Resume, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that turn `apply(resume, edits)` back into `resume`."""
    edits = tuple(edits)
    inverse: list[Edit] = []

    def undo(path: str, op: Op, **values: Any) -> None:
        inverse.append(Edit(id=f"undo-{len(inverse)}", path=path, op=op, **values))

    if any(edit.path == "/summary" for edit in edits):
        undo("/summary", "replace", text=resume.summary)
    moved = {old: new for new, old in enumerate(project_order(resume, edits))}
    for path, placed in _results(resume, edits).items():
        original = _items(resume, path)
        here = path
        if path.startswith("/projects/"):
            here = f"/projects/{moved[int(path.split('/')[2])]}/highlights"
        kept = {place: index for index, (place, _) in enumerate(placed) if place is not None}
        for index, (place, text) in enumerate(placed):
            if place is None:
                undo(f"{here}/{index}", "remove")
            elif text != original[place] and path != "/projects":
                undo(f"{here}/{index}", "replace", text=original[place])
        order = [kept[place] for place in sorted(kept)]
        if order != sorted(order):
            undo(here, "reorder", order=(*order, *(i for i, (place, _) in enumerate(placed) if place is None)))
        for place in range(len(original)):
            if place not in kept:
                undo(here, "add", text=original[place], position=place)
    return tuple(inverse)


def _results(resume: Resume, edits: Sequence[Edit]) -> dict[str, list[Placed]]:
    """For each list that an edit touches, its items after all edits."""
    changes: defaultdict[str, _Changes] = defaultdict(_Changes)
    summary_seen = False
    for edit in edits:
        try:
            path, item = target(edit.path)
        except ValueError as error:
            raise InvalidEdit(edit, str(error)) from error
        if edit.op not in EDITABLE[path.rpartition("/")[2]]:
            raise InvalidEdit(edit, f"{edit.op} is not allowed here")
        if path == "/summary":
            if summary_seen:
                raise InvalidEdit(edit, "another edit already rewrites the summary")
            summary_seen = True
        else:
            _collect(resume, edit, path, item, changes[path])
    return {path: _arranged(_items(resume, path), change) for path, change in changes.items()}


def _collect(resume: Resume, edit: Edit, path: str, item: int | None, changes: _Changes) -> None:
    original = _items_or_refuse(resume, path, edit)
    if (item is None) != (edit.op in ("add", "reorder")):
        raise InvalidEdit(edit, "the path must name " + ("an item" if item is None else "the list, not an item"))
    if item is not None and item >= len(original):
        raise InvalidEdit(edit, f"there are only {len(original)} items")
    if edit.op in ("replace", "add") and not edit.text.strip():
        raise InvalidEdit(edit, "there is no text")
    if edit.op == "add":
        changes.added.append(edit)
    elif edit.op == "reorder":
        if changes.order is not None or sorted(edit.order) != list(range(len(original))):
            raise InvalidEdit(edit, "order must hold every place once, and only one edit may give it")
        changes.order = edit.order
    elif item is not None:
        if item in changes.replaced or item in changes.removed:
            raise InvalidEdit(edit, "another edit already changes this item")
        if edit.op == "replace":
            changes.replaced[item] = edit.text
        else:
            changes.removed.add(item)


def _arranged(original: Sequence[Any], changes: _Changes) -> list[Placed]:
    order = changes.order if changes.order is not None else range(len(original))
    result: list[Placed] = [
        (place, changes.replaced.get(place, original[place])) for place in order if place not in changes.removed
    ]
    at_end = len(original) + len(changes.added)
    for edit in sorted(changes.added, key=lambda e: (at_end if e.position is None else e.position, e.text)):
        position = len(result) if edit.position is None else edit.position
        result.insert(position, (None, edit.text))
    return result


def _items_or_refuse(resume: Resume, path: str, edit: Edit) -> Sequence[Any]:
    try:
        return _items(resume, path)
    except IndexError:
        raise InvalidEdit(edit, "the resume has no such entry") from None


def _items(resume: Resume, path: str) -> Sequence[Any]:
    section, *rest = path[1:].split("/")
    items: Sequence[Any] = getattr(resume, section)
    return items[int(rest[0])].highlights if rest else items
