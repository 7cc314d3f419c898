"""Does a line follow from the lines it cites? Asked only where the rules cannot decide."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from backend.domain.model import Model
from backend.tasks.task import Role, Task, untrusted


class ClaimVerdict(Model):
    line: int = Field(description="Number of the new line")
    entailed: bool = Field(description="Whether everything it says follows from its evidence")
    reason: str = Field(description="If not: what does not follow, in one short sentence; else empty")


class JudgeClaimsOutput(Model):
    verdicts: list[ClaimVerdict]


@dataclass(frozen=True)
class JudgeClaims(Task[JudgeClaimsOutput]):
    """Each case is a new line, the lines that may support it, and what the rules were in doubt about."""

    name: ClassVar[str] = "judge_claims"
    role: ClassVar[Role] = "judge"
    max_tokens: ClassVar[int] = 1_200
    output = JudgeClaimsOutput

    cases: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    marker: str

    @property
    def question(self) -> str:
        return "\n\n".join(
            untrusted(
                f"line-{number}",
                self.marker,
                "\n".join(
                    [f"New line: {text}", *(f"Evidence: {line}" for line in evidence), f"In doubt: {', '.join(doubts)}"]
                ),
            )
            for number, (text, evidence, doubts) in enumerate(self.cases, 1)
        )
