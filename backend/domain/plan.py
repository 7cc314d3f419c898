"""The plan: for each requirement, what the person can show and what to do about it."""

from typing import Literal

from backend.domain.model import Model

Action = Literal["rewrite", "promote", "add_from_library", "mention_in_summary", "add_skill", "already_shown", "gap"]


class Match(Model):
    """A piece of evidence for a requirement. `score` is 0 to 1, comparable within one run."""

    evidence: str
    score: float


class PlanItem(Model):
    """What to do about one requirement. `target` is the path of the highlight, list or summary to change."""

    requirement_id: str
    action: Action
    matches: tuple[Match, ...] = ()
    target: str = ""
    why: str


class SectionChange(Model):
    section: str
    change: str
    why: str


class Plan(Model):
    """`target_score` is the match score (0 to 100) if every action succeeds. `keywords_to_add` holds only skills that the
    person's own words support."""

    items: tuple[PlanItem, ...] = ()
    target_score: float = 0.0
    keywords_to_add: tuple[str, ...] = ()
    section_changes: tuple[SectionChange, ...] = ()

    @property
    def gaps(self) -> tuple[str, ...]:
        return tuple(item.requirement_id for item in self.items if item.action == "gap")
