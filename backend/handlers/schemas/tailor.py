from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from backend.domain.job import MAX_JOB_CHARACTERS
from backend.domain.tailoring import Options


class TailorRequest(BaseModel):
    """What to tailor to: a job description, or a stored job. Without `resume_id` your newest resume is taken."""

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

    job_id: str | None = Field(default=None, max_length=64)
    job_description: str | None = Field(default=None, max_length=MAX_JOB_CHARACTERS, validate_default=True)
    title: str = Field(default="", max_length=300)
    company: str = Field(default="", max_length=300)
    resume_id: str | None = Field(default=None, max_length=64)
    options: Options = Options()

    @field_validator("job_description")
    @classmethod
    def _is_the_only_job(cls, value: str | None, info: ValidationInfo) -> str | None:
        return one_job(value, info)


def one_job(description: str | None, info: ValidationInfo) -> str | None:
    """The description of a job, where there is no `job_id` before it; it must be one of the two."""
    if "job_id" in info.data and (description is None) == (info.data["job_id"] is None):
        raise PydanticCustomError("one_job", "Send either `job_description` or `job_id`.")
    return description
