"""What was deleted from the embedded databases, taken out of their files.

Why: SQLite marks what is deleted as free and leaves the bytes where they are, in the file and in its log.
"""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from backend.errors import VendorUnavailable

_ENDINGS = (".db", ".sqlite")
_PATIENCE = 10.0  # seconds, for whoever is writing


@dataclass(frozen=True)
class Scrubber:
    """Scrubs the same folders whenever it is called, one time after the other: two at once keep each other's log busy."""

    folders: Sequence[Path]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False, compare=False)

    async def __call__(self) -> None:
        async with self._turn:
            await scrub(self.folders)


async def scrub(folders: Sequence[Path]) -> None:
    """Rewrites every SQLite file in the folders with nothing in it but what is there; some 0.1 s for 10 MB each."""
    await asyncio.to_thread(_scrub_all, folders)


def _scrub_all(folders: Sequence[Path]) -> None:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _ENDINGS and path.is_file():
                scrub_file(path)


def scrub_file(path: Path) -> None:
    """Raises VendorUnavailable while others keep the file busy."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)) as database:
            database.execute("PRAGMA secure_delete = ON")
            database.execute("VACUUM")
            busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise VendorUnavailable("The embedded database's files are in use. Try again in a minute.") from error
    if busy:
        raise VendorUnavailable("The embedded database's log is in use. Try again in a minute.")
