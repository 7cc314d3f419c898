"""The edit behind each change, where a tailoring's edits are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.domain.content import Evidence
from backend.domain.diff.changes import Change
from backend.domain.edits import Edit


@dataclass(frozen=True)
class Origin:
    """Edits by what they name in the original. Those that were proposed and not made explain nothing: a change has their
    path, but not their text."""

    edits: tuple[Edit, ...]
    evidence: Mapping[str, Evidence]

    def rewritten(self, path: str) -> dict[int, str]:
        """For the list at `path`, what edits made of its lines, by place."""
        return {
            place: edit.text
            for edit in self.edits
            if edit.op == "replace" and (place := _place(edit, path)) is not None
        }

    def gone(self, path: str) -> set[int]:
        return {place for edit in self.edits if edit.op == "remove" and (place := _place(edit, path)) is not None}

    def new(self, path: str) -> set[str]:
        return {edit.text for edit in self.edits if edit.op == "add" and edit.path == path}

    def explained(self, change: Change, list_path: str) -> Change:
        """The change with the reason and evidence of the edit that made it; `list_path` is its list's in the original."""
        edit = next((edit for edit in self.edits if _made(edit, change, list_path)), None)
        if edit is None:
            return change
        cited = tuple(self.evidence[id_] for id_ in edit.evidence if id_ in self.evidence)
        return change.model_copy(update={"edit_id": edit.id, "reason": edit.reason, "evidence": cited})


def origin(edits: Iterable[Edit], evidence: Iterable[Evidence]) -> Origin:
    return Origin(tuple(edits), {item.id: item for item in evidence})


def _place(edit: Edit, path: str) -> int | None:
    head, _, last = edit.path.rpartition("/")
    return int(last) if head == path and last.isdigit() else None


def _made(edit: Edit, change: Change, list_path: str) -> bool:
    if edit.op == "replace":
        return change.kind == "changed" and edit.path == change.before_path and edit.text == change.after
    if edit.op == "remove":
        return change.kind == "removed" and edit.path == change.before_path
    if edit.op == "add":
        return change.kind == "added" and edit.path == list_path and edit.text == change.after
    return change.kind == "moved" and edit.path == list_path
