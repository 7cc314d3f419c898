"""Requests whose connection to MongoDB breaks half-way, and are sent again with their key."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.tests.chaos.wires import Wire
from backend.tests.http.service import Person, Service, serve, settings_for

MANY = 3
JOB = {"job_description": "Backend engineer. You must have five years of experience with Python and PostgreSQL."}


@pytest.fixture
async def mongo() -> AsyncIterator[str]:
    server = EmbeddedMongo(None)
    yield await server.open()
    await server.close()


async def until_answered(person: Person, path: str, key: str, heard: Counter[int]) -> str:
    """The id of what came of it."""
    async with asyncio.timeout(30):
        while True:
            answer = await person.ask("POST", path, json=JOB, headers={"Idempotency-Key": key})
            heard[answer.status_code] += 1
            if answer.status_code < 300:
                return str(answer.json()["id"])
            await asyncio.sleep(0.02)


async def fail(wire: Wire) -> None:
    chance = random.Random(7)
    while True:
        wire.fault = chance.choice(("lose", "lose", "cut", ""))
        await asyncio.sleep(chance.uniform(0.02, 0.1))


async def kept(service: Service, person: Person, collection: str) -> int:
    runs: Any = service.container.parts.runs.repository
    return int(await runs._runs.database[collection].count_documents({"user_id": person.id}))


@pytest.mark.parametrize(("path", "collection"), [("/tailor", "tailorings"), ("/tailorings", "runs")])
async def test_what_is_sent_until_it_is_answered_is_done_once(
    tmp_path: Path, mongo: str, small: dict[str, Any], path: str, collection: str
) -> None:
    async with Wire.to(mongo) as wire:
        settings = settings_for(
            tmp_path, mongodb_uri=wire.instead_of(mongo), runs_rate_limit="10000/minute", work_in_api=False
        )
        async with serve(settings) as service:
            person, heard = service.person(), Counter[int]()
            await person.keep(small)
            failing = asyncio.create_task(fail(wire))
            ids = await asyncio.gather(*(until_answered(person, path, f"k{n}", heard) for n in range(MANY)))
            failing.cancel()
            await asyncio.gather(failing, return_exceptions=True)
            wire.fault = ""
            assert len(set(ids)) == MANY
            assert await kept(service, person, collection) == MANY
            assert set(heard) <= {200, 202, 503}
            assert wire.broken  # or it would show nothing
