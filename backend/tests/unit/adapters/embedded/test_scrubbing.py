"""What was deleted is no longer in the file."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backend.adapters.embedded.scrubbing import Scrubber, scrub
from backend.errors import VendorUnavailable


def filled(path: Path, journal: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(f"PRAGMA journal_mode = {journal}")
    database.execute("PRAGMA secure_delete = OFF")
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, said TEXT)")
    database.executemany("INSERT INTO t (said) VALUES (?)", [("canary " * 200,), ("what stays",)])
    database.execute("DELETE FROM t WHERE id = 1")
    return database


def holds(folder: Path, words: bytes) -> bool:
    return any(words in path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
async def test_what_was_deleted_is_gone_and_the_rest_stays(tmp_path: Path, journal: str) -> None:
    with closing(filled(tmp_path / "x.db", journal)) as open_elsewhere:
        assert holds(tmp_path, b"canary canary")
        await scrub([tmp_path, tmp_path / "not there"])
        assert not holds(tmp_path, b"canary")
        assert open_elsewhere.execute("SELECT said FROM t").fetchall() == [("what stays",)]


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"no database" * 100)
    with pytest.raises(VendorUnavailable):
        await scrub([tmp_path])


async def test_several_at_once_take_turns(tmp_path: Path) -> None:
    with closing(filled(tmp_path / "x.db", "WAL")) as database:
        database.executemany("INSERT INTO t (said) VALUES (?)", [("x" * 2_000,)] * 3_000)
        scrubber = Scrubber([tmp_path])
        for _ in range(8):  # without turns about one in ten is refused as busy
            database.execute("DELETE FROM t WHERE id % 7 = 3")
            await asyncio.gather(*(scrubber() for _ in range(4)))
        assert not holds(tmp_path, b"canary")
