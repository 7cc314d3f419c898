from typing import Any

from pydantic import BaseModel, ConfigDict

EXAMPLE: dict[str, Any] = {
    "contact": {"name": "Maya Lindqvist", "email": "maya@example.com"},
    "summary": "Backend engineer with a background in payments.",
    "work_experience": [
        {
            "company": "Kvitto Pay",
            "title": "Software Engineer",
            "start_date": "2018-01",
            "end_date": "2021-03",
            "description": "- Maintained the settlement service\n- Reduced PostgreSQL query time by 45%",
        }
    ],
    "education": [{"institution": "Chalmers", "degree": "BSc", "end_date": "2016"}],
    "skills": ["Python", "PostgreSQL"],
    "achievements": [],
}


class ResumeDocument(BaseModel):
    """A resume in the portfolio's stored shape. Fields beyond these are kept as they are."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [EXAMPLE]})

    contact: Any = None
    summary: Any = None
    work_experience: Any = None
    education: Any = None
    skills: Any = None
    achievements: Any = None


class StoredResumeOut(BaseModel):
    """`resume` is the document as it is stored, with `createdDate` and `updatedDate`."""

    id: str
    resume: dict[str, Any]


class ResumePage(BaseModel):
    items: list[StoredResumeOut]
    next_cursor: str | None = None
