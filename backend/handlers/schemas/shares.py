from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.services.shares import MOST_DAYS


class ShareRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"expires_in_days": 14}]})

    expires_in_days: int = Field(default=14, ge=1, le=MOST_DAYS)


class ShareOut(BaseModel):
    id: str
    tailoring_id: str
    created: datetime
    expires: datetime


class CreatedShare(ShareOut):
    """The token and the link are told this once."""

    token: str
    url: str


class SharePage(BaseModel):
    items: list[ShareOut]
    next_cursor: str | None = None


class SharedResume(BaseModel):
    """The tailored resume, in the portfolio's stored shape."""

    resume: dict[str, Any]
