"""Files that people uploaded, in a folder: one folder for each person, one file for each upload, named for its id.

What is in a file is sealed with the person's key, and so is what kind of file it is. A person's folder is named by a hash, as
ids that other services make may hold anything.
"""

import asyncio
import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, TypeVar

from backend.errors import VendorUnavailable
from backend.ports import StoredFile

if TYPE_CHECKING:
    from backend.adapters.mongo import MongoVault

R = TypeVar("R")
_COLLECTION, _FIELD = "uploads", "file"
_ID = re.compile(r"[0-9a-f]{24}")
_UNFINISHED = ".part"


class LocalFiles:
    def __init__(self, folder: Path, vault: "MongoVault") -> None:
        self._folder, self._vault = folder, vault

    async def put(self, user_id: str, file: StoredFile) -> None:
        sealed = await self._vault.closed_bytes(user_id, _COLLECTION, _FIELD, file.id, file.packed())
        await _done(_write, self._path(user_id, file.id), sealed)

    async def get(self, user_id: str, file_id: str) -> StoredFile | None:
        sealed = await _done(_read, self._path(user_id, file_id)) if _ID.fullmatch(file_id) else None
        if sealed is None:
            return None
        plain = await self._vault.opened_bytes(user_id, _COLLECTION, _FIELD, file_id, sealed)
        return StoredFile.unpacked(file_id, plain)

    async def list(self, user_id: str) -> Sequence[str]:
        return await _done(_names, self._of(user_id))

    async def delete(self, user_id: str, file_id: str) -> bool:
        return bool(_ID.fullmatch(file_id)) and await _done(_remove, self._path(user_id, file_id))

    async def forget(self, user_id: str) -> None:
        await _done(_remove_all, self._of(user_id))

    def _of(self, user_id: str) -> Path:
        return self._folder / hashlib.sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()[:40]

    def _path(self, user_id: str, file_id: str) -> Path:
        return self._of(user_id) / file_id


async def _done(work: Callable[..., R], *args: Any) -> R:
    """Beside the event loop."""
    try:
        return await asyncio.to_thread(work, *args)
    except OSError as error:
        raise VendorUnavailable("The folder of uploads cannot be used. Check DATA_DIR and its disk.") from error


def _write(path: Path, sealed: bytes) -> None:
    """Whole or not at all, whenever the process ends."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{token_hex(4)}{_UNFINISHED}")
    try:
        part.write_bytes(sealed)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if _ID.fullmatch(path.name)) if folder.is_dir() else []


def _remove(path: Path) -> bool:
    known = path.is_file()
    path.unlink(missing_ok=True)
    return known


def _remove_all(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)
