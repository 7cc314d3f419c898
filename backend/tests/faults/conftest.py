"""A resume that takes no time."""

from typing import Any

import pytest


@pytest.fixture
def small() -> dict[str, Any]:
    return {
        "contact": {"name": "Ada Berg", "email": "ada@example.com"},
        "summary": "Backend engineer who likes small services.",
        "work_experience": [
            {
                "company": "Kvitto Pay",
                "title": "Developer",
                "start_date": "2018-01",
                "end_date": "2021-03",
                "description": "- Took part in the office move\n- Reduced PostgreSQL query time by 45%",
            }
        ],
        "skills": ["Git", "Python"],
    }
