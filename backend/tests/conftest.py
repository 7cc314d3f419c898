"""Fixtures that several rooms of tests share."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from backend.data import SAMPLES, load_lexicon
from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.tests.standin import StandIn


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def sample_document() -> dict[str, Any]:
    """The bundled sample resume as it is stored; not to be changed in place."""
    document: dict[str, Any] = json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="session")
def sample_resume(sample_document: dict[str, Any]) -> Resume:
    return read(sample_document)


@pytest.fixture(scope="session")
def sample_job() -> Job:
    return Job(text=(SAMPLES / "job.txt").read_text(encoding="utf-8"))


@pytest.fixture
async def vendor() -> AsyncIterator[StandIn]:
    """The vendors of models and embeddings, on loopback."""
    async with StandIn() as stand_in:
        yield stand_in
