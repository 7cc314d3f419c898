from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from backend.ports import ChangeAction, ChangeKind


class Erasure(BaseModel):
    """`confirm` must be "delete everything"."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"confirm": "delete everything"}]})

    confirm: str = Field(max_length=100)


class ChangeOut(BaseModel):
    """`subject` is the id of what was changed, `by` that of who did."""

    id: str
    at: datetime
    by: str
    kind: ChangeKind
    subject: str
    action: ChangeAction


class ChangePage(BaseModel):
    items: list[ChangeOut]
    next_cursor: str | None = None
