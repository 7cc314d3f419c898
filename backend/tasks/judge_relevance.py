"""Does the most relevant come first?"""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from backend.domain.job import JobAnalysis
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.tasks.task import Role, Task, untrusted


class JudgeRelevanceOutput(Model):
    score: int = Field(ge=0, le=100, description="100: in every entry the most relevant highlights come first")
    issues: list[str] = Field(description="At most three, each one short sentence")


@dataclass(frozen=True)
class JudgeRelevance(Task[JudgeRelevanceOutput]):
    name: ClassVar[str] = "judge_relevance"
    role: ClassVar[Role] = "judge"
    max_tokens: ClassVar[int] = 400
    output = JudgeRelevanceOutput

    resume: Resume
    analysis: JobAnalysis
    marker: str

    @property
    def question(self) -> str:
        asks = "\n".join(f"{r.id} ({r.importance}): {r.text}" for r in self.analysis.requirements)
        parts = [self.resume.summary, ", ".join(self.resume.skills)]
        for path, entry in self.resume.entries():
            parts.append(path + "\n" + "\n".join(f"- {highlight}" for highlight in entry.highlights))
        text = "\n\n".join(part for part in parts if part)
        return untrusted("requirements", self.marker, asks) + "\n\n" + untrusted("resume", self.marker, text)
