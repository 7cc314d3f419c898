from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from backend.domain.batch import MOST_JOBS, BatchCounts
from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.run_state import RunProblem, RunState
from backend.domain.tailoring import Options
from backend.handlers.schemas.runs import RunItem
from backend.handlers.schemas.tailor import one_job


class BatchJob(BaseModel):
    """A job description, or the id of a stored job."""

    model_config = ConfigDict(extra="forbid")

    job_id: str | None = Field(default=None, max_length=64)
    job_description: str | None = Field(default=None, max_length=MAX_JOB_CHARACTERS, validate_default=True)
    title: str = Field(default="", max_length=300)
    company: str = Field(default="", max_length=300)

    @field_validator("job_description")
    @classmethod
    def _is_the_only_job(cls, value: str | None, info: ValidationInfo) -> str | None:
        return one_job(value, info)


class BatchStart(BaseModel):
    """One resume, up to 500 jobs. Without `resume_id` your newest resume is taken. With `economy` the questions of all runs
    go to Claude together, at half the price, and the answers take minutes to hours; without it they are worked on one after
    the other. If you do not say, it is as the service is set. `deadline_seconds` bounds the work on each run."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "jobs": [
                        {"job_description": "Senior Backend Engineer. Requirements: 5+ years of Python, PostgreSQL."},
                        {"job_description": "Data Engineer. You know Kafka, Airflow and SQL.", "company": "Vasa"},
                    ],
                    "economy": True,
                }
            ]
        },
    )

    jobs: list[BatchJob] = Field(min_length=1, max_length=MOST_JOBS)
    resume_id: str | None = Field(default=None, max_length=64)
    options: Options = Options()
    economy: bool | None = None
    deadline_seconds: float | None = Field(default=None, ge=1, le=86_400)

    @model_validator(mode="before")
    @classmethod
    def _not_too_many(cls, value: Any) -> Any:
        """Said before each of them is looked at."""
        jobs = value.get("jobs") if isinstance(value, dict) else None
        if isinstance(jobs, list) and len(jobs) > MOST_JOBS:
            return {**value, "jobs": [{"job_id": "x"}] * (MOST_JOBS + 1)}
        return value


class BatchOut(BaseModel):
    """A batch. `run_ids` names the run of every job that was sent, in that order; jobs that are the same have one run, and
    `folded` counts those that were sent before. `economy` says whether it goes at half the price. A batch has succeeded when
    all of its runs have ended and any of them has succeeded."""

    id: str
    state: RunState
    created: datetime
    resume_id: str
    economy: bool
    size: int
    folded: int
    counts: BatchCounts
    percent: float
    run_ids: tuple[str, ...] = ()


class BatchRunItem(RunItem):
    """A run of a batch that has ended. Its result is at /tailorings/{id}."""

    problem: RunProblem | None = None


class BatchPage(BatchOut):
    """A batch, with a page of the runs that have ended, the latest first."""

    items: list[BatchRunItem] = []
    next_cursor: str | None = None


class BatchList(BaseModel):
    items: list[BatchOut]
    next_cursor: str | None = None
