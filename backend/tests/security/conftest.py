"""A resume that takes no time, for whoever needs one."""

from typing import Any

import pytest


@pytest.fixture
def small() -> dict[str, Any]:
    entry = {"company": "Kvitto Pay", "title": "Developer", "description": "- Reduced PostgreSQL query time by 45%"}
    return {"summary": "Backend engineer.", "work_experience": [entry], "skills": ["Git", "Python"]}
