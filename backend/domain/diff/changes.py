"""What differs between two resumes, line by line and word by word."""

from typing import Literal

from backend.domain.content import Evidence
from backend.domain.model import Model

Kind = Literal["added", "removed", "changed", "moved"]
SegmentKind = Literal["equal", "insert", "delete"]


class Segment(Model):
    """A run of words. The equal and deleted ones together are the text before, the equal and inserted ones the text after."""

    kind: SegmentKind
    text: str


class Change(Model):
    """One line that differs. Paths are JSON Pointers, into the original and into the tailored resume; "" where the line is
    not there. `label` says what the line is ("highlight", "title"), `entry` names the position, project or school it
    belongs to. A line whose words changed and that moved too is `changed` with `moved`. `minor` is a difference in
    punctuation, case, spacing or order alone. `edit_id`, `reason` and `evidence` are those of the edit that made it, where
    that is known."""

    kind: Kind
    before_path: str = ""
    after_path: str = ""
    label: str = ""
    entry: str = ""
    before: str = ""
    after: str = ""
    segments: tuple[Segment, ...] = ()
    moved: bool = False
    minor: bool = False
    edit_id: str = ""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class SectionDiff(Model):
    section: str
    changes: tuple[Change, ...]


class ResumeDiff(Model):
    """Sections without a change are left out. `hidden_minor` counts the minor changes that are not among them."""

    sections: tuple[SectionDiff, ...] = ()
    added: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    hidden_minor: int = 0

    @property
    def changes(self) -> tuple[Change, ...]:
        return tuple(change for section in self.sections for change in section.changes)
