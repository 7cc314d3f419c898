"""The first page of long lists: `python -m backend.tests.evals.lists_eval`. The aim is a p95 of 30 ms.

One person has 10,000 resumes, jobs, chunks and so on, sealed as they are in production; two others have some too. Measured
through the API, on the embedded database and, with TEST_MONGODB_URI, on a real one.
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

from bson import ObjectId

from backend.adapters.mongo import MongoVault
from backend.adapters.mongo.chunks import MongoChunks
from backend.adapters.mongo.connection import Database
from backend.benchmarks import workload
from backend.domain.application import Application
from backend.domain.content import Chunk
from backend.domain.posting import Posting
from backend.domain.voice import VoiceEntry
from backend.tests.http.service import Person, serve, settings_for

COUNT, OTHERS, ROUNDS, BATCH, AIM = 10_000, 2_000, 100, 500, 30.0
Row = dict[str, Any]
NOW = datetime.now(UTC)
LISTS = {
    "resumes": ("/resumes",),
    "jobs": ("/jobs",),
    "chunks": ("/content", "/content?lens=facts", "/content?chunk_type=project&source=blog"),
    "applications": ("/applications", "/applications?status=applied"),
    "voice": ("/voice/examples",),
    "shares": ("/shares",),
    "changes": ("/auth/me/changes",),
}


class Makers:
    """Rows as the repositories write them."""

    def __init__(self, vault: MongoVault, user: str) -> None:
        self._vault, self._user, self._resume = vault, user, workload.resume()

    async def resumes(self, number: int) -> Row:
        id_, own = ObjectId(), {**self._resume, "title": f"Resume {number}"}
        times = {"createdDate": NOW, "updatedDate": NOW, "deleted": number % 10 == 0}
        return await self._closed("resumes", str(id_), own) | {"_id": id_, **times}

    async def jobs(self, number: int) -> Row:
        id_, posting = ObjectId(), Posting(text=workload.job().text, title=f"Job {number}")
        row = await self._closed("jobs", str(id_), posting.model_dump(mode="json"))
        return row | {"_id": id_, "created": NOW.isoformat(), "updated": NOW.isoformat()}

    async def chunks(self, number: int) -> Row:
        kind, source = ("achievement", "project")[number % 2], ("manual", "blog")[number // 2 % 2]
        chunk = Chunk.model_validate(
            {"text": f"I moved service {number} to Kafka.", "chunk_type": kind, "source": source}
        )
        (row,) = await MongoChunks(self._vault.database, self._vault)._rows(self._user, [chunk])
        return row

    async def applications(self, number: int) -> Row:
        id_ = ObjectId()
        status = ("saved", "applied")[number % 2]
        known = {
            "id": str(id_),
            "title": f"Job {number}",
            "status": status,
            "created": NOW,
            "updated": NOW,
            "history": [],
        }
        application = Application.model_validate({**known, "revision": 1})
        content = application.model_dump(mode="json", exclude={"status", "revision"})
        return await self._closed("applications", str(id_), content) | {"_id": id_, "status": status, "revision": 1}

    async def voice(self, number: int) -> Row:
        entry = VoiceEntry.model_validate(
            {"id": f"{number:024x}", "role": "example", "kind": "anchor", "text": "Six weeks.", "created": NOW}
        )
        id_, clear = (
            f"{self._user}:{entry.id}",
            {"role": "example", "kind": "anchor", "created": NOW, "entry_id": entry.id},
        )
        content = entry.model_dump(mode="json", exclude={"role", "kind", "id", "created"})
        return await self._closed("voice", id_, content) | {"_id": id_, **clear}

    async def shares(self, number: int) -> Row:
        later = NOW.replace(year=NOW.year + 1)
        return {
            "_id": ObjectId(),
            "user_id": self._user,
            "tailoring_id": f"{number:024x}",
            "created": NOW,
            "expires": later,
        }

    async def changes(self, number: int) -> Row:
        said = {"kind": "resume", "subject": f"{number:024x}", "action": "created"}
        return {"_id": ObjectId(), "user_id": self._user, "at": NOW, "by": self._user, **said}

    async def _closed(self, name: str, id_: str, content: Row) -> Row:
        return await self._vault.closed(self._user, name, id_, content) | {"user_id": self._user}


async def fill(database: Database, vault: MongoVault, name: str, user: str) -> None:
    """The person's rows, among which lie those of others."""
    rng = random.Random(1)
    users = [user] * COUNT + ["a" * 24, "b" * 24] * OTHERS
    rng.shuffle(users)
    makers = {one: getattr(Makers(vault, one), name) for one in set(users)}
    for start in range(0, len(users), BATCH):
        batch = enumerate(users[start : start + BATCH], start)
        await database[name].insert_many([await makers[one](number) for number, one in batch])


async def measured(person: Person, path: str) -> list[float]:
    """Milliseconds of each request, the first of which is left out."""
    times = []
    for _ in range(ROUNDS + 1):
        started = time.perf_counter()
        answer = await person.ask("GET", path)
        times.append((time.perf_counter() - started) * 1_000)
        if answer.status_code != 200 or len(answer.json()["items"]) != 20:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:300]}")
    return times[1:]


async def rows(uri: str | None, folder: Path) -> AsyncIterator[tuple[str, list[float]]]:
    key = b64encode(token_bytes(32)).decode()
    reached = {"mongodb_uri": uri, "mongodb_database": f"lists-{token_hex(4)}"} if uri else {}
    settings = settings_for(folder, encryption_key=key, **reached)
    async with serve(settings) as service:
        repository: Any = service.container.parts.tailorings
        database: Database = repository._tailorings.database
        vault, person = MongoVault(database, settings.key_ring()), service.person()
        for name, paths in LISTS.items():
            await fill(database, vault, name, person.id)
            for path in paths:
                yield path, await measured(person, path)
        if uri:
            await database.client.drop_database(database.name)


async def show(server: str, uri: str | None) -> int:
    """How many lists are too slow."""
    print(f"\nFirst page of {COUNT:,}, {server}; {ROUNDS} requests each, ms")
    print(f"{'list':42}{'median':>8}{'p95':>8}{'max':>8}")
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        async for path, times in rows(uri, Path(folder)):
            p95 = statistics.quantiles(times, n=20)[-1]
            slow += p95 > AIM
            print(
                f"{path:42}{statistics.median(times):8.1f}{p95:8.1f}{max(times):8.1f}{'  TOO SLOW' if p95 > AIM else ''}"
            )
    return slow


def main() -> int:
    real = os.environ.get("TEST_MONGODB_URI")
    slow = asyncio.run(show("MongoDB", real)) if real else 0
    if not real:
        print("TEST_MONGODB_URI is not set: lists are measured on the embedded database alone")
    return slow + asyncio.run(show("embedded", None))


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
