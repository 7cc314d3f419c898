"""What does this job ask?"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from backend.domain.job import Job, Seniority
from backend.domain.model import Model
from backend.tasks.task import Role, Task, untrusted


class AnalyzeJobOutput(Model):
    required_skills: list[str] = Field(
        description="Skills and tools the job requires, in its own words, most important first"
    )
    preferred_skills: list[str] = Field(description="Skills and tools that are only a plus")
    seniority: Seniority
    domain: str = Field(description="Industry or field, in a few words")
    culture_signals: list[str] = Field(description="At most six, a few words each")
    key_requirements: list[int] = Field(
        description="Numbers of at most fourteen lines that state requirements or duties"
    )


@dataclass(frozen=True)
class AnalyzeJob(Task[AnalyzeJobOutput]):
    """Lines are numbered, so that naming one costs a token and cannot change its words."""

    name: ClassVar[str] = "analyze_job"
    role: ClassVar[Role] = "analyst"
    output = AnalyzeJobOutput

    job: Job
    marker: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The job's lines that say something; line n of the prompt is `lines[n - 1]`."""
        return tuple(line.strip() for line in self.job.text.split("\n") if line.strip())

    @property
    def question(self) -> str:
        heading = [
            f"{label}: {value}" for label, value in (("Title", self.job.title), ("Company", self.job.company)) if value
        ]
        numbered = [f"[{number}] {line}" for number, line in enumerate(self.lines, 1)]
        return untrusted("job", self.marker, "\n".join([*heading, *numbered]))
