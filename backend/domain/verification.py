"""What checking a text against its evidence found."""

from typing import Literal

from backend.domain.model import Model

ClaimKind = Literal[
    "number", "tool", "organisation", "title", "date", "credential", "award", "language", "ownership", "scope", "negation",
    "outcome", "url", "contact", "content",
]  # fmt: skip
ClaimStatus = Literal["supported", "unsupported", "undecided"]
EditStatus = Literal["supported", "reverted", "flagged"]


class Finding(Model):
    """One claim and its verdict. `text` is the span that makes the claim, `start` and `end` its characters in the text that
    was checked; `evidence` is the id of the line that supports it, "" if none does. `rule` names the rule that decided and
    `reason` says it in words for the person."""

    kind: ClaimKind
    text: str
    start: int
    end: int
    status: ClaimStatus
    rule: str
    reason: str
    evidence: str = ""


class EditVerdict(Model):
    edit_id: str
    path: str
    status: EditStatus
    findings: tuple[Finding, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(f.reason for f in self.findings if f.status != "supported")


class SectionAssessment(Model):
    """How a section's edits fared."""

    section: str
    supported: int = 0
    reverted: int = 0
    flagged: int = 0


class Verification(Model):
    """`is_truthful` says that no claim of the resume as returned is unsupported: whatever was not has been reverted."""

    is_truthful: bool = True
    verdicts: tuple[EditVerdict, ...] = ()
    sections: tuple[SectionAssessment, ...] = ()


def summarise(verdicts: tuple[EditVerdict, ...]) -> Verification:
    """Per-edit verdicts with their tally by section (the first step of each edit's path)."""
    sections: dict[str, dict[str, int]] = {}
    for verdict in verdicts:
        tally = sections.setdefault(verdict.path.split("/")[1], {})
        tally[verdict.status] = tally.get(verdict.status, 0) + 1
    return Verification(
        verdicts=verdicts,
        sections=tuple(SectionAssessment.model_validate({"section": name, **t}) for name, t in sections.items()),
    )
