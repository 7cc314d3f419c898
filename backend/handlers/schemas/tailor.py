from pydantic import BaseModel, ConfigDict, Field

from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.tailoring import Options


class TailorRequest(BaseModel):
    """What to tailor to. Without `resume_id` your newest resume is taken."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "job_description": "Senior Backend Engineer. Requirements: 5+ years of Python, PostgreSQL, Kafka.",
                    "options": {"tone": "neutral", "max_attempts": 3},
                }
            ]
        },
    )

    job_description: str = Field(max_length=MAX_JOB_CHARACTERS)
    title: str = Field(default="", max_length=300)
    company: str = Field(default="", max_length=300)
    resume_id: str | None = Field(default=None, max_length=64)
    options: Options = Options()
