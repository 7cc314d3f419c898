from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.content import Chunk
from backend.handlers.schemas.resumes import EXAMPLE


class VerifyRequest(BaseModel):
    """Two resumes in the stored shape, and more true content if there is any."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"original": EXAMPLE, "tailored": EXAMPLE}]}
    )

    original: dict[str, Any]
    tailored: dict[str, Any]
    library: list[Chunk] = Field(default=[], max_length=2_000)
