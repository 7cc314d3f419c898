from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.application import Application, ApplicationStatus

Line = Annotated[str, Field(max_length=300)]
Address = Annotated[str, Field(max_length=2_000)]
Notes = Annotated[str, Field(max_length=20_000)]
EXAMPLE: dict[str, Any] = {
    "title": "Senior Backend Engineer",
    "company": "Kvitto Pay",
    "url": "https://jobs.example.com/42",
    "status": "applied",
    "next_step": "Phone interview",
    "next_step_on": "2026-02-03",
}


class ApplicationRequest(BaseModel):
    """With `tailoring_id`, what is not said here is taken from the tailoring: title, company, url, resume, scores, cost."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    tailoring_id: str | None = Field(default=None, max_length=64)
    title: Line | None = None
    company: Line | None = None
    url: Address | None = None
    resume_id: str | None = Field(default=None, max_length=64)
    status: ApplicationStatus = "saved"
    applied_on: date | None = None
    next_step_on: date | None = None
    next_step: Line | None = None
    notes: Notes | None = None


class ApplicationChange(BaseModel):
    """Only what is sent is changed; null empties a field."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"status": "interviewing", "notes": ""}]})

    title: Line | None = None
    company: Line | None = None
    url: Address | None = None
    resume_id: str | None = Field(default=None, max_length=64)
    status: ApplicationStatus | None = None
    applied_on: date | None = None
    next_step_on: date | None = None
    next_step: Line | None = None
    notes: Notes | None = None


class ApplicationPage(BaseModel):
    items: list[Application]
    next_cursor: str | None = None
