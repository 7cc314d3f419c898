"""The API with its embedded twins, opened once; and people to use it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.tests.http.service import Person, Service, serve, settings_for


@pytest.fixture(scope="session")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with serve(settings_for(tmp_path_factory.mktemp("tailor"))) as opened:
        yield opened


@pytest.fixture
def ada(service: Service) -> Person:
    return service.person()


@pytest.fixture
def eve(service: Service) -> Person:
    """Somebody else."""
    return service.person()


@pytest.fixture
def small() -> dict[str, Any]:
    """A resume that takes no time."""
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
