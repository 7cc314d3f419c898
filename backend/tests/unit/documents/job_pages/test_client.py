from collections.abc import AsyncIterator

import pytest

from backend.documents.job_pages import PageReader
from backend.errors import InvalidInput
from backend.tests.unit.documents.job_pages.pages import SHOWN, posting, with_data


@pytest.fixture(scope="module")
async def reader() -> AsyncIterator[PageReader]:
    opened = PageReader()
    yield opened
    await opened.close()


async def test_a_page_is_read_in_the_sandbox(reader: PageReader) -> None:
    found = await reader.read(with_data(posting()).encode(), "text/html", "https://kvitto.example/jobs/köln")
    assert found.text == SHOWN
    assert found.url == "https://kvitto.example/jobs/köln"


async def test_a_refusal_comes_back_with_its_reason(reader: PageReader) -> None:
    with pytest.raises(InvalidInput, match="shows no job advertisement"):
        await reader.read(b"<p>x</p>", "text/html", "https://kvitto.example/")


async def test_a_page_that_takes_too_much_is_refused_and_the_next_is_read(reader: PageReader) -> None:
    with pytest.raises(InvalidInput, match="Paste the text"):
        await reader.read(b"<div>" * 600_000, "text/html", "https://kvitto.example/")
    assert (await reader.read(with_data(posting()).encode(), "text/html", "https://kvitto.example/")).text == SHOWN
