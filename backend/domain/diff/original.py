"""Back from a tailored resume to the one it was made from, by the record of its edits alone."""

from collections.abc import Iterable
from typing import Any

from backend.domain.edits import Edit, apply, project_order, target
from backend.domain.resume import Resume
from backend.domain.tailoring import TailoringEdit

_MARK = "\0{}"  # no text of a resume holds NUL


def original_of(tailored: Resume, edits: Iterable[TailoringEdit]) -> Resume:
    """The resume before the edits that were made (those whose status is `supported`). What is stored may have changed since;
    this has not. InvalidEdit if the edits are not those that made this resume."""
    made = [edit for edit in edits if edit.status == "supported"]
    summary = next((edit.before for edit in made if edit.path == "/summary"), tailored.summary)
    projects = list(tailored.projects)
    for place, project in zip(project_order(tailored, made), tailored.projects, strict=True):
        projects[place] = project
    resume = tailored.model_copy(update={"summary": summary, "projects": tuple(projects)})
    inner = [edit for edit in made if edit.path not in ("/summary", "/projects")]
    for path in dict.fromkeys(target(edit.path)[0] for edit in inner):
        mine = [edit for edit in inner if target(edit.path)[0] == path]
        resume = _with(resume, path, _undone(_items(resume, path), path, mine, resume))
    return resume


def _undone(items: tuple[str, ...], path: str, edits: list[TailoringEdit], resume: Resume) -> tuple[str, ...]:
    """One list before its edits: numbered marks are sent through them to see where each line went."""
    count = len(items) + sum((edit.op == "remove") - (edit.op == "add") for edit in edits)
    marks = _with(resume, path, tuple(_MARK.format(n) for n in range(count)))
    moves: list[Edit] = [edit for edit in edits if edit.op != "replace"]
    before = {place: edit.before for edit in edits if (place := target(edit.path)[1]) is not None}
    for mark, text in zip(_items(apply(marks, moves), path), items, strict=True):
        if mark.startswith("\0"):
            before.setdefault(int(mark[1:]), text)
    return tuple(before[place] for place in range(count))


def _items(resume: Resume, path: str) -> tuple[str, ...]:
    section, *rest = path[1:].split("/")
    items: Any = getattr(resume, section)
    found: tuple[str, ...] = items[int(rest[0])].highlights if rest else items
    return found


def _with(resume: Resume, path: str, items: tuple[str, ...]) -> Resume:
    section, *rest = path[1:].split("/")
    if not rest:
        return resume.model_copy(update={section: items})
    entries = list(getattr(resume, section))
    entries[int(rest[0])] = entries[int(rest[0])].model_copy(update={"highlights": items})
    return resume.model_copy(update={section: tuple(entries)})
