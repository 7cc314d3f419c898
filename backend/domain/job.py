"""A job description and what it asks."""

from typing import Literal

from backend.domain.model import Model

RequirementKind = Literal["skill", "experience", "education", "certification", "language", "responsibility"]
Importance = Literal["required", "preferred"]
Seniority = Literal["intern", "junior", "mid", "senior", "lead", "manager", "executive", "unknown"]

MAX_JOB_CHARACTERS = 50_000


class Job(Model):
    text: str
    title: str = ""
    company: str = ""
    url: str = ""


class Requirement(Model):
    """One thing the job asks. `skills` are the vocabulary's names; `any_of` says that one of them is enough. `years` is
    the experience asked for, `degree` the level of education (see `requirements.DEGREES`)."""

    id: str
    text: str
    kind: RequirementKind
    importance: Importance = "required"
    skills: tuple[str, ...] = ()
    any_of: bool = False
    years: float | None = None
    degree: int | None = None

    @property
    def weight(self) -> float:
        return 1.0 if self.importance == "required" else 0.5


class JobAnalysis(Model):
    required_skills: tuple[str, ...] = ()
    preferred_skills: tuple[str, ...] = ()
    seniority: Seniority = "unknown"
    domain: str = ""
    culture_signals: tuple[str, ...] = ()
    key_requirements: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
