from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.posting import MAX_FIELD, Posting, PostingSource

_ONE = PydanticCustomError("text_or_url", "Send either `text` or `url`.")
EXAMPLE: dict[str, JsonValue] = {
    "title": "Senior Backend Engineer",
    "company": "Kvitto Pay",
    "location": "Stockholm",
    "text": "Requirements:\n- 5+ years of Python\n- PostgreSQL and Kafka",
    "url": "https://kvitto.example/jobs/1",
}


class ExtractRequest(BaseModel):
    """A job advertisement as text, or the address of its page."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://kvitto.example/jobs/1"}, {"text": EXAMPLE["text"]}]},
    )

    text: str | None = Field(default=None, max_length=MAX_JOB_CHARACTERS)
    url: str | None = Field(default=None, max_length=2_100)

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.text is None) == (self.url is None):
            raise _ONE
        return self


class JobIn(BaseModel):
    """What POST /jobs/extract gives can be sent as it is; only `text` must be."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    title: str = Field(default="", max_length=MAX_FIELD)
    company: str = Field(default="", max_length=MAX_FIELD)
    location: str = Field(default="", max_length=MAX_FIELD)
    text: str = Field(max_length=MAX_JOB_CHARACTERS)
    url: str = Field(default="", max_length=2_100, pattern=r"^(?:https?://\S+)?$")
    employment_type: str = Field(default="", max_length=MAX_FIELD)
    salary: str = Field(default="", max_length=MAX_FIELD)
    date_posted: str = Field(default="", max_length=MAX_FIELD)
    valid_through: str = Field(default="", max_length=MAX_FIELD)
    source: PostingSource = "text"
    warnings: list[str] = Field(default=[], max_length=20)

    def posting(self) -> Posting:
        return Posting.model_validate(self.model_dump())


class StoredJobOut(BaseModel):
    """`created` and `updated` are ISO 8601."""

    id: str
    created: str
    updated: str
    job: Posting


class JobPage(BaseModel):
    items: list[StoredJobOut]
    next_cursor: str | None = None
