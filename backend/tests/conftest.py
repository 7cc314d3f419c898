"""Fixtures that several rooms of tests share."""

import json
from collections.abc import AsyncIterator, Generator
from typing import Any

import pytest
from hypothesis import settings

from backend.data import SAMPLES, load_lexicon
from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.tests.log_canaries import Watch, found_in
from backend.tests.standin import StandIn

WATCH = pytest.StashKey[Watch]()


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("suite", max_examples=60)  # where a test does not say; the fuzzers go further
    settings.load_profile("suite")
    config.stash[WATCH] = Watch()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    item.config.stash[WATCH].start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test during which a secret or a person's word is logged, by whomever and at any level, fails."""
    report = yield
    leaks = [str(leak) for leak in item.config.stash[WATCH].take()]
    errors = "".join(text for name, text in report.sections if name == f"Captured stderr {report.when}")
    leaks += [f"{canary} is in the standard error of a process" for canary in found_in(errors)]
    if leaks and not report.failed:
        report.outcome = "failed"
        report.longrepr = "\n".join(["Canaries in the logs (backend/tests/log_canaries.py):", *leaks[:10]])
    return report


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


@pytest.fixture
async def vendor() -> AsyncIterator[StandIn]:
    """The vendors of models and embeddings, on loopback."""
    async with StandIn() as stand_in:
        yield stand_in
