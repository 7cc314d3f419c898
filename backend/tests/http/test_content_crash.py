"""A process that is killed between MongoDB and the index: nothing is lost, and the next write, or reindex, makes it whole.

Why a real process: what is to be survived is that no line of ours runs any more, no `finally` and no `close`.
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.domain.content import Chunk
from backend.ports import ChunkFilter
from backend.services.content_library import ContentLibrary
from backend.tests.http.service import serve, settings_for

USER = "64b0000000000000000000aa"
FIRST = Chunk(text="Mentored two junior engineers through weekly code reviews")
LOST = Chunk(text="Moved the ledger from nightly batch files to Kafka")
LATER = Chunk(text="Grew tomatoes on the roof of the office")
WRITER = """
import asyncio, dataclasses, sys
from backend.container import open_container
from backend.domain.content import Chunk
from backend.settings import Settings

folder, deed, user, first, lost = sys.argv[1:]
first, lost = Chunk.model_validate_json(first), Chunk.model_validate_json(lost)


class Gap:
    "An index that is never reached: it says so, and waits for the end."

    def __init__(self, index):
        self._index = index

    def __getattr__(self, name):
        return getattr(self._index, name)

    async def put(self, user_id, points):
        if any(point.id == lost.id for point in points):
            print("in the gap", flush=True)
            await asyncio.sleep(600)
        await self._index.put(user_id, points)


async def main():
    settings = Settings(_env_file=None, data_dir=folder, environment="test")
    async with open_container(settings, lambda parts: dataclasses.replace(parts, index=Gap(parts.index))) as container:
        await container.content.add(user, [first])
        if deed == "add":
            await container.content.add(user, [lost])
        else:
            await container.content.replace(user, first.id, lost)


asyncio.run(main())
"""


async def killed_in_the_gap(folder: Path, deed: str) -> None:
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITER, str(folder), deed, USER, FIRST.model_dump_json(), LOST.model_dump_json()),
        stdout=asyncio.subprocess.PIPE,
    )
    assert writer.stdout
    line = await asyncio.wait_for(writer.stdout.readline(), 60)
    writer.kill()
    assert (line, await writer.wait()) == (b"in the gap\n", -9)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[ContentLibrary]:
    async with serve(settings_for(folder)) as service:
        yield service.container.content


async def found(library: ContentLibrary, chunk: Chunk) -> bool:
    results = await library.search(USER, chunk.text, ChunkFilter(), 10)
    return any(result.chunk == chunk for result in results)


@pytest.fixture(scope="module")
async def left_behind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a process that was killed while it added a chunk; to be copied."""
    folder = tmp_path_factory.mktemp("killed")
    await killed_in_the_gap(folder, "add")
    return folder


async def test_the_next_write_makes_an_index_whole_that_a_kill_left_behind(left_behind: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(left_behind, tmp_path / "copy")
    async with opened(folder) as library:
        assert await library.get(USER, LOST.id) == LOST
        assert not await found(library, LOST)
        await library.add(USER, [LATER])
        assert await found(library, LOST) and await found(library, FIRST) and await found(library, LATER)


async def test_reindex_does_so_too(left_behind: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(left_behind, tmp_path / "copy")
    async with opened(folder) as library:
        result = await library.reindex(USER)
        assert (result.chunks, result.embedded) == (2, 1)
        assert await found(library, LOST)


async def test_a_replacement_that_was_killed_has_lost_nothing_and_can_be_asked_for_again(tmp_path: Path) -> None:
    await killed_in_the_gap(tmp_path, "replace")
    async with opened(tmp_path) as library:
        assert {chunk.id for chunk in await library.list(USER, 10, None, ChunkFilter())} == {FIRST.id, LOST.id}
        await library.replace(USER, FIRST.id, LOST)
        assert [chunk.id for chunk in await library.list(USER, 10, None, ChunkFilter())] == [LOST.id]
        assert await found(library, LOST) and not await found(library, FIRST)
