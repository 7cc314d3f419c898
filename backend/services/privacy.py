"""What somebody may ask for of their own: a copy of everything, and that nothing of it be left."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from backend.errors import InvalidInput, Tampered
from backend.ports import ChunkIndex, Clock, FileStore, PersonalData, ProgressBus
from backend.services.originals import kind_of

CONFIRMATION = "delete everything"
_IN_MEMORY = 5_000_000  # bytes; a larger copy goes to a file without a name


@dataclass(frozen=True)
class Privacy:
    data: PersonalData
    index: ChunkIndex
    clock: Clock
    progress: ProgressBus
    uploads: FileStore

    async def export(self, user_id: str) -> IO[bytes]:
        """A zip with a JSON file for every kind of thing that is kept of a person, the files that they uploaded, and a
        README. Close it after use."""
        file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
        counts: dict[str, int] = {}
        try:
            with ZipFile(file, "w", ZIP_DEFLATED) as copy:
                for name in self.data.files():
                    with copy.open(name, "w") as entry:
                        counts[name] = await self._write(user_id, name, entry)
                uploads = await self._copy_files(user_id, copy)
                copy.writestr("README.txt", self._readme(counts, uploads))
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    async def erase(self, user_id: str, confirmation: str = CONFIRMATION) -> None:
        """Everything of a person, everywhere. May be repeated; what was cut short is finished by the next one."""
        if confirmation != CONFIRMATION:
            raise InvalidInput(f'To erase everything that is kept of you, send {{"confirm": "{CONFIRMATION}"}}.')
        await self.data.begin_erasure(user_id)
        await self.index.forget(user_id)
        await self.uploads.forget(user_id)
        await self.progress.forget(user_id)
        await self.data.erase(user_id)

    async def finish(self) -> int:
        """Erasures that were begun and cut short, done; how many."""
        begun = await self.data.unfinished()
        for user_id in begun:
            await self.erase(user_id)
        return len(begun)

    @asynccontextmanager
    async def during(self, user_id: str) -> AsyncIterator[None]:
        """For what takes long and writes at its end: should the person be erased meanwhile, so is what it wrote."""
        began = self.clock.now()
        try:
            yield
        finally:
            if await self.data.erased_since(user_id, began):
                await self.erase(user_id)

    async def _write(self, user_id: str, name: str, entry: IO[bytes]) -> int:
        """Batch by batch, as a history can be long; it is packed beside the event loop."""
        count = 0
        entry.write(b"[")
        async for rows in self.data.rows(user_id, name):
            await asyncio.to_thread(_pack, entry, rows, first=not count)
            count += len(rows)
        entry.write(b"\n]\n")
        return count

    async def _copy_files(self, user_id: str, copy: ZipFile) -> int:
        """One at a time, each named for its resume."""
        ids = await self.uploads.list(user_id)
        for id_ in ids:
            try:
                file = await self.uploads.get(user_id, id_)
            except Tampered as error:  # the rest is theirs all the same
                copy.writestr(f"uploads/{id_}.unreadable.txt", error.detail)
                continue
            if file is not None:
                await asyncio.to_thread(copy.writestr, f"uploads/{id_}.{kind_of(file).ending}", file.data)
        return len(ids)

    def _readme(self, counts: dict[str, int], uploads: int) -> str:
        lines = [f"{name} ({counts[name]}): {about}" for name, about in self.data.files().items()]
        return "\n".join(
            [
                f"Everything that Tailor keeps of you, as of {self.clock.now():%Y-%m-%d %H:%M} UTC.",
                "",
                "Each file is JSON in UTF-8, with one thing on a line. The number says how many there are.",
                "",
                *lines,
                f"uploads/ ({uploads}): The files that you uploaded, byte for byte, each named for its resume.",
                "",
                "To have all of it erased: DELETE /auth/me",
                "",
            ]
        )


def _pack(entry: IO[bytes], rows: Sequence[Mapping[str, Any]], *, first: bool) -> None:
    for row in rows:
        entry.write(b"\n" if first else b",\n")
        entry.write(json.dumps(row, ensure_ascii=False, default=_plain).encode())
        first = False


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
