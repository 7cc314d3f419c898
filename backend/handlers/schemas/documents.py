from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.audit import AuditReport
from backend.domain.layout import Hidden, Layout
from backend.domain.parsed import Field as ParsedField
from backend.handlers.schemas.resumes import EXAMPLE

FormatName = Literal["pdf", "docx", "html", "md", "txt", "json", "jsonresume", "rendercv"]


class UploadedOut(BaseModel):
    """`fields` say where in `text` each value stood and how sure it is; `kept` is the share (0 to 1) of the file's words
    that the resume holds; `hidden` is text that a reader does not see, which is nowhere in the resume."""

    id: str
    resume: dict[str, Any]
    kind: str
    text: str
    fields: list[ParsedField]
    kept: float
    missing: list[str]
    hidden: list[Hidden]
    layout: Layout
    warnings: list[str]
    audit: AuditReport


class VersionOut(BaseModel):
    number: int
    saved: str
    resume: dict[str, Any]


class VersionList(BaseModel):
    items: list[VersionOut]


class ExportRequest(BaseModel):
    """One of `resume` (the stored shape), `resume_id` or `tailoring_id`. `pages` is the most that a PDF may take."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"resume": EXAMPLE, "format": "pdf"}]})

    resume: dict[str, Any] | None = None
    resume_id: str | None = Field(default=None, max_length=64)
    tailoring_id: str | None = Field(default=None, max_length=64)
    format: FormatName = "pdf"
    template: str = Field(default="classic", max_length=40)
    style: dict[str, Any] = {}
    pages: int | None = Field(default=None, ge=1, le=5)
    lang: str = Field(default="en", max_length=20)


class DiffRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"original": EXAMPLE, "tailored": EXAMPLE}]}
    )

    original: dict[str, Any]
    tailored: dict[str, Any]
    include_minor: bool = True
