"""Sealing what people keep, with a key of each person's own that is kept here, wrapped."""

import base64
import json
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from pymongo.errors import DuplicateKeyError

from backend.adapters.mongo.connection import Database, call
from backend.security.encryption import KeyRing, new_key, seal, unseal

SEALED = "sealed"
_PLAIN = b"\x00"  # nothing that is sealed begins so
_MEMORY = 500  # keys


@dataclass
class MongoVault:
    """Without a ring nothing is sealed, and what is plain is read as it is."""

    database: Database
    ring: KeyRing | None = None
    _keys: OrderedDict[str, bytes] = field(default_factory=OrderedDict, repr=False)

    async def closed(self, user_id: str, collection: str, id_: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """The fields to store for this content: one sealed field, or the content itself."""
        if self.ring is None:
            return dict(content)
        key = await self._key(self.ring, user_id, make=True)
        plain = json.dumps(content, ensure_ascii=False, allow_nan=False, default=str).encode()
        return {SEALED: as_text(seal(key, plain, user_id, collection, SEALED, id_))}

    async def opened(self, user_id: str, collection: str, id_: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """A stored row with its sealed content in its place. Raises Tampered."""
        if SEALED not in row:
            return dict(row)
        ring = self.ring or KeyRing(())
        key = await self._key(ring, user_id, make=False)
        content: dict[str, Any] = json.loads(unseal(key, as_bytes(row[SEALED]), user_id, collection, SEALED, id_))
        return {name: value for name, value in row.items() if name != SEALED} | content

    async def closed_bytes(self, user_id: str, collection: str, field_: str, id_: str, content: bytes) -> bytes:
        """What to store for these bytes: sealed, or behind a mark that they are not."""
        if self.ring is None:
            return _PLAIN + content
        return seal(await self._key(self.ring, user_id, make=True), content, user_id, collection, field_, id_)

    async def opened_bytes(self, user_id: str, collection: str, field_: str, id_: str, stored: bytes) -> bytes:
        """Raises Tampered."""
        if stored.startswith(_PLAIN):
            return stored[len(_PLAIN) :]
        key = await self._key(self.ring or KeyRing(()), user_id, make=False)
        return unseal(key, stored, user_id, collection, field_, id_)

    async def forget(self, user_id: str) -> None:
        """Destroys a person's key: nothing that was sealed with it can be read again, wherever a copy of it is."""
        self._keys.pop(user_id, None)
        await call(self.database.keys.delete_one({"_id": user_id}))

    async def rewrap(self) -> int:
        """Wraps every key with the current one; how many were not. Nothing else need change when a key is replaced."""
        if self.ring is None:
            return 0
        count = 0
        async for row in self.database.keys.find({}):
            wrapped = as_bytes(row["wrapped"])
            if not self.ring.is_current(wrapped):
                fresh = self.ring.wrap(self.ring.unwrap(wrapped, row["_id"]), row["_id"])
                query = {"_id": row["_id"], "wrapped": row["wrapped"]}
                await call(self.database.keys.update_one(query, {"$set": {"wrapped": as_text(fresh)}}))
                count += 1
        return count

    async def _key(self, ring: KeyRing, user_id: str, *, make: bool) -> bytes:
        known = self._keys.get(user_id)
        if known is not None:
            self._keys.move_to_end(user_id)
            return known
        row = await call(self.database.keys.find_one({"_id": user_id}))
        if row is None and make:
            wrapped = ring.wrap(new_key(), user_id)
            with suppress(DuplicateKeyError):  # made by another request at the same moment; theirs is the one
                await call(self.database.keys.insert_one({"_id": user_id, "wrapped": as_text(wrapped)}))
            row = await call(self.database.keys.find_one({"_id": user_id}))
        key = ring.unwrap(as_bytes(row["wrapped"]) if row else b"", user_id)
        self._keys[user_id] = key
        if len(self._keys) > _MEMORY:
            self._keys.popitem(last=False)
        return key


def as_text(sealed: bytes) -> str:
    return base64.b64encode(sealed).decode()  # the embedded server keeps no bytes


def as_bytes(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except ValueError:
        return b""  # which opens as nothing: it has been altered
