from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from backend.domain.plan import Plan
from backend.domain.run_state import (
    InputVersions,
    PlanResult,
    Priority,
    RunKind,
    RunProblem,
    RunState,
    StageTiming,
)
from backend.domain.tailoring import Tailoring
from backend.handlers.schemas.tailor import TailorRequest


class PlanRequest(TailorRequest):
    """As for a tailoring, and how to do it. `deadline_seconds` bounds the work, not the waiting."""

    priority: Priority = "normal"
    deadline_seconds: float | None = Field(default=None, ge=1, le=86_400)


class RunStart(PlanRequest):
    """What to tailor to: a job description, a stored job, or a plan made before. `plan` is that plan as you changed it:
    requirements that you leave out of it stay as planned."""

    plan_id: str | None = Field(default=None, max_length=64)
    plan: Plan | None = None

    @field_validator("job_description")
    @classmethod
    def _is_the_only_job(cls, value: str | None, info: ValidationInfo) -> str | None:
        """A plan may be in its place: see below."""
        return value

    @model_validator(mode="after")
    def _has_one_job(self) -> Self:
        """In place of the check that there is exactly one of the two."""
        if self.plan is not None and self.plan_id is None:
            raise PydanticCustomError(
                "no_plan", "Send `plan_id` with `plan`: the id of what POST /tailorings/plan made."
            )
        if self.plan_id is None:
            if (self.job_description is None) == (self.job_id is None):
                raise PydanticCustomError("one_job", "Send either `job_description`, `job_id` or `plan_id`.")
            return self
        if self.job_description is not None or self.job_id is not None or self.resume_id is not None:
            raise PydanticCustomError("one_job", "With `plan_id`, the job and the resume are those of the plan.")
        return self


class RunOut(BaseModel):
    """A run. `result` and `plan_result` come with success, `problem` with failure. `seconds` is how long it has been worked
    on; `takeovers` how often a worker took it up."""

    id: str
    kind: RunKind
    state: RunState
    priority: Priority
    batch_id: str = ""
    title: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    seconds: float | None = None
    deadline_seconds: float
    takeovers: int = 0
    inputs: InputVersions
    stages: tuple[StageTiming, ...] = ()
    problem: RunProblem | None = None
    plan_result: PlanResult | None = None
    result: Tailoring | None = None


class RunItem(BaseModel):
    """A tailoring in a list."""

    id: str
    kind: RunKind = "tailoring"
    state: RunState
    title: str = ""
    company: str = ""
    resume_id: str = ""
    batch_id: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    overall: float | None = None
    match_score: float | None = None


class RunPage(BaseModel):
    items: list[RunItem]
    next_cursor: str | None = None
