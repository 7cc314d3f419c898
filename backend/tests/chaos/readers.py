"""Readers that hang up at random and come back: `python -m backend.tests.chaos.readers [DISCONNECTS] [SEED]`.

Half of them read server-sent events, half a WebSocket. What each heard, over all its connections, must be the run's log.
"""

import asyncio
import json
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.benchmarks import workload
from backend.container import Parts
from backend.data import load_lexicon
from backend.tests.chaos.farm import show
from backend.tests.http.live import Live, live
from backend.tests.http.service import Person, settings_for
from backend.tests.slow_model import SlowModel

DISCONNECTS, PER_RUN = 500, 10


async def measure(disconnects: int, seed: int) -> bool:
    chance = random.Random(seed)
    model = SlowModel(RuleBasedModel(load_lexicon()), seconds=0.1)
    missing = twice = cut = runs = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), runs_rate_limit="1000000/minute", stream_lifetime=2.0)

        def slow(parts: Parts) -> Parts:
            return replace(parts, model=model)

        async with live(settings, slow) as server:
            person = server.service.person()
            await person.keep(workload.resume())
            while cut < disconnects:
                body = {"job_description": workload.job().text, "options": {"max_attempts": 1}}
                run_id = (await person.ask("POST", "/tailorings", json=body)).json()["id"]
                readers = [_read(server, person, run_id, chance, socket=n % 2 == 1) for n in range(PER_RUN)]
                heard = await asyncio.gather(*readers)
                log = [item.id for item in await server.service.container.parts.runs.bus.since(person.id, run_id, "")]
                runs += 1
                for ids, times in heard:
                    cut += times
                    twice += len(ids) - len(set(ids))
                    missing += len(set(log) - set(ids)) + (ids != log)
    show(
        f"{cut} disconnects of readers, {PER_RUN} at a time, {runs} runs",
        [("events missing after coming back", missing, "0"), ("events heard twice", twice, "0")],
    )
    return missing == twice == 0


async def _read(
    server: Live, person: Person, run_id: str, chance: random.Random, *, socket: bool
) -> tuple[list[str], int]:
    """The ids heard, and how often the reader hung up."""
    ids: list[str] = []
    times = 0
    while True:
        most = chance.randint(1, 4)
        part = _socket(server, person, run_id, ids, most) if socket else _events(person, run_id, ids, most)
        if await part:
            return ids, times
        times += 1
        await asyncio.sleep(chance.uniform(0, 0.2))


async def _events(person: Person, run_id: str, ids: list[str], most: int) -> bool:
    """Whether that was the end."""
    headers = person.headers | ({"Last-Event-ID": ids[-1]} if ids else {})
    async with person.service.http.stream("GET", f"/tailorings/{run_id}/events", headers=headers) as answer:
        if answer.status_code == 204:
            return True
        heard = 0
        async for line in answer.aiter_lines():
            if line.startswith("id: "):
                ids.append(line.removeprefix("id: "))
                heard += 1
            elif not line and heard >= most:
                return False
    return False


async def _socket(server: Live, person: Person, run_id: str, ids: list[str], most: int) -> bool:
    async with connect(f"{server.ws}/tailorings/{run_id}/progress") as socket:
        await socket.send(json.dumps({"token": person.token, "last_event_id": ids[-1] if ids else ""}))
        heard = 0
        try:
            while heard < most:
                message = json.loads(await socket.recv())
                if message["type"] == "event":
                    ids.append(message["id"])
                    heard += 1
                    if message["event"]["kind"] == "state" and message["event"]["state"] == "succeeded":
                        return True
        except ConnectionClosed:
            return False
    return False


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if asyncio.run(measure(*(given + [DISCONNECTS, 1][len(given) :]))) else 1)
