"""Files that people uploaded, in MongoDB: sealed, and in pieces, as no document may be over 16 MB."""

from collections.abc import Sequence
from typing import Any

from backend.adapters.mongo.connection import Database, call
from backend.adapters.mongo.vault import MongoVault, as_bytes, as_text
from backend.errors import Tampered
from backend.ports import StoredFile

_NAME, _FIELD = "uploads", "file"
_PIECE = 4_000_000
"""Bytes; a third more as text."""


class MongoFiles:
    """A file's pieces have its `file_id`, and each has its number and how many there are. The first piece is written last and
    deleted first: without it there is no such file."""

    def __init__(self, database: Database, vault: MongoVault) -> None:
        self._uploads, self._vault = database.uploads, vault

    async def put(self, user_id: str, file: StoredFile) -> None:
        sealed = await self._vault.closed_bytes(user_id, _NAME, _FIELD, file.id, file.packed())
        await self.delete(user_id, file.id)
        pieces = [sealed[at : at + _PIECE] for at in range(0, len(sealed), _PIECE)]
        for number in reversed(range(len(pieces))):
            row: dict[str, Any] = {"_id": f"{file.id}:{number}", "user_id": user_id, "file_id": file.id}
            row |= {"number": number, "pieces": len(pieces), "data": as_text(pieces[number])}
            await call(self._uploads.insert_one(row))

    async def get(self, user_id: str, file_id: str) -> StoredFile | None:
        rows = await call(self._uploads.find({"user_id": user_id, "file_id": file_id}).to_list(None))
        pieces = {int(row["number"]): as_bytes(row["data"]) for row in rows}
        if 0 not in pieces:
            return None
        if len(pieces) != rows[0]["pieces"]:
            raise Tampered("A part of the file is missing. Restore it from a backup, or upload the file again.")
        sealed = b"".join(pieces[number] for number in sorted(pieces))
        return StoredFile.unpacked(file_id, await self._vault.opened_bytes(user_id, _NAME, _FIELD, file_id, sealed))

    async def list(self, user_id: str) -> Sequence[str]:
        rows = await call(self._uploads.find({"user_id": user_id, "number": 0}, {"file_id": 1}).to_list(None))
        return sorted(str(row["file_id"]) for row in rows)

    async def delete(self, user_id: str, file_id: str) -> bool:
        query = {"user_id": user_id, "file_id": file_id}
        first = await call(self._uploads.delete_one(query | {"number": 0}))
        await call(self._uploads.delete_many(query))
        return bool(first.deleted_count)

    async def forget(self, user_id: str) -> None:
        await call(self._uploads.delete_many({"user_id": user_id}))
