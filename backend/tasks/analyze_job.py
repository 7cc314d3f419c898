"""What does this job ask?"""

from dataclasses import dataclass
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
    key_requirements: list[str] = Field(description="At most fourteen requirements and duties, quoted from the text")


@dataclass(frozen=True)
class AnalyzeJob(Task[AnalyzeJobOutput]):
    name: ClassVar[str] = "analyze_job"
    role: ClassVar[Role] = "analyst"
    output = AnalyzeJobOutput

    job: Job
    marker: str

    @property
    def question(self) -> str:
        heading = "\n".join(
            f"{label}: {value}" for label, value in (("Title", self.job.title), ("Company", self.job.company)) if value
        )
        return untrusted("job", self.marker, f"{heading}\n{self.job.text}".strip())
