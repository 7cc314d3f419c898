from pydantic import BaseModel, ConfigDict, Field

from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.requirement_spans import ExtractedRequirement


class RequirementsRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "Requirements:\n- 5+ years of Python\nNice to have:\n- Kafka"}]},
    )

    text: str = Field(max_length=MAX_JOB_CHARACTERS)


class RequirementsFound(BaseModel):
    """Each with its span: `text[start:end]` of what was sent, in characters."""

    requirements: tuple[ExtractedRequirement, ...]
    warnings: list[str] = []
