"""The voice loop on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.voice import ExampleKind, FeedbackKind

Action = Literal["accept", "reject", "reword"]


class ExampleIn(BaseModel):
    """A line in your own words: `anchor` shows how you write, whatever the job; `approved` is a line you like."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "anchor", "text": "I moved billing to Kafka. It took six weeks."}]},
    )

    kind: ExampleKind = "anchor"
    text: str = Field(max_length=2_000)


class ExampleOut(BaseModel):
    id: str
    kind: ExampleKind
    text: str
    created: datetime


class ExamplePage(BaseModel):
    items: list[ExampleOut]
    next_cursor: str | None = None


class FeedbackIn(BaseModel):
    """What you say of a line that was written for you. What is `rejected` or `flagged` is not written again; of what is
    `edited`, send what you made of it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "rejected", "text": "results-driven", "reason": "Nobody talks so."}]},
    )

    kind: FeedbackKind
    text: str = Field(max_length=2_000)
    replacement: str = Field(default="", max_length=2_000)
    tailoring_id: str = Field(default="", max_length=64)
    edit_id: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=1_000)


class FeedbackOut(BaseModel):
    id: str
    kind: FeedbackKind
    text: str
    replacement: str
    reason: str
    tailoring_id: str
    edit_id: str
    created: datetime


class FeedbackPage(BaseModel):
    items: list[FeedbackOut]
    next_cursor: str | None = None


class DecisionIn(BaseModel):
    """`text` is the new wording, for `reword` alone."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"action": "reject"}]})

    action: Action
    text: str = Field(default="", max_length=1_000)
    reason: str = Field(default="", max_length=1_000)
