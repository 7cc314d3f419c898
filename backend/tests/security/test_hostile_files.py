"""Hostile files are refused with a reason, or read as the text they are: in a second, in 256 MB, with the service unharmed."""

from collections.abc import AsyncIterator

import pytest

from backend.documents.reading.sandbox import Sandbox
from backend.domain.parsed import ParsedResume
from backend.errors import InvalidInput
from backend.tests.security import making
from backend.tests.security.hostile import CASES, Case

SECONDS, MEGABYTES = 1.0, 256


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_hostile_file_does_no_harm(sandbox: Sandbox, case: Case) -> None:
    ended = await sandbox.ended("read", case.make())
    assert ended.report is not None
    assert ended.report.cpu <= SECONDS
    assert ended.report.peak <= MEGABYTES
    if case.refused:
        with pytest.raises(InvalidInput) as refused:
            ended.outcome()
        assert case.refused in refused.value.detail
        assert case.refused == "damaged" or "broke off over" not in refused.value.detail
    else:
        parsed = ParsedResume.model_validate_json(ended.outcome().result)
        assert [text for text in case.shows if text not in parsed.text] == []


async def test_after_all_that_an_ordinary_file_is_read(sandbox: Sandbox) -> None:
    parsed = await sandbox.read(making.docx())
    assert "Ada Lovelace" in parsed.text


def test_the_files_differ() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60
