"""The API with its embedded twins, opened once; and people to use it."""

from collections.abc import AsyncIterator

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
