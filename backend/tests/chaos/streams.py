"""Idle progress streams on one process of the API: `python -m backend.tests.chaos.streams [STREAMS] [A_SECOND]`.

Everybody follows a run that waits for its turn, so each stream has one event to tell at once and then nothing. Streams are
opened at a humane pace for the time to the first event, and then once more all at once. The reader is a process of its own,
so that its own work is not taken for the server's.
"""

import asyncio
import base64
import multiprocessing
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from backend.tests.chaos.farm import USER, farm, show
from backend.tests.chaos.servers import HOST, Server, at_percentile, processor_time, resident

STREAMS, A_SECOND = 1_000, 50
MOST_MEMORY, MOST_SECONDS = 150.0, 0.1
_IDLE = 20.0  # seconds that all are left alone
_WATCHED = 5.0


Row = tuple[str, object, str]


class Opened(NamedTuple):
    """Seconds to each first event, and how many streams lived to the end."""

    first: list[float]
    alive: int


async def measure(streams: int, a_second: int) -> bool:
    rows: list[Row] = []
    good = True
    async with farm() as found:
        run_id = (await found.start_runs(1))[0]
        token = found.container.tokens.access(USER)
        for kind, name in (("events", "server-sent events"), ("progress", "WebSocket")):
            async with found.serving(1, STREAM_LIFETIME="3600") as servers:
                good = await _kind(servers[0], run_id, token, kind, name, streams, a_second, rows) and good
    show(f"{streams} idle streams on one process of the API, Redis and MongoDB behind it", rows)
    return good


async def _kind(
    server: Server, run_id: str, token: str, kind: str, name: str, streams: int, a_second: int, rows: list[Row]
) -> bool:
    """On a process of its own, so that it finds no memory that others have left."""
    process = server.process.pid
    await _opened(server, run_id, token, kind, 20, 1_000, 0.0)  # what the first ones load is there for good
    before = resident(process)
    reading = asyncio.create_task(_opened(server, run_id, token, kind, streams, a_second, _IDLE))
    await asyncio.sleep(streams / a_second + _WATCHED)
    idle_from, spent = time.monotonic(), processor_time(process)
    await asyncio.sleep(_IDLE - 2 * _WATCHED)
    added = resident(process) - before
    busy = (processor_time(process) - spent) / (time.monotonic() - idle_from)
    opened = await reading
    slow = at_percentile(opened.first, 95)
    rush = await _opened(server, run_id, token, kind, streams, 1_000_000, 1.0)
    rows += [
        (f"{name}: streams open to the end", opened.alive, str(streams)),
        (f"{name}: memory added, MB", f"{added:.0f}", f"<= {MOST_MEMORY:g}"),
        (f"{name}: first event p50, ms, {a_second} opened a second", _ms(at_percentile(opened.first, 50)), ""),
        (f"{name}: first event p95, ms", _ms(slow), f"<= {1_000 * MOST_SECONDS:g}"),
        (f"{name}: CPU of the process while all idle", f"{busy:.1%}", ""),
        (f"{name}: all at once, first event p95, ms", _ms(at_percentile(rush.first, 95)), ""),
    ]
    return opened.alive == streams and added <= MOST_MEMORY and slow <= MOST_SECONDS


def _ms(seconds: float) -> str:
    return f"{1_000 * seconds:.0f}"


async def _opened(
    server: Server, run_id: str, token: str, kind: str, streams: int, a_second: int, idle: float
) -> Opened:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return await loop.run_in_executor(pool, _read_all, server.port, run_id, token, kind, streams, a_second, idle)


def _read_all(port: int, run_id: str, token: str, kind: str, streams: int, a_second: int, idle: float) -> Opened:
    """In a process of its own."""
    asked = _request(port, run_id, token, kind)
    return asyncio.run(_follow(port, asked, streams, a_second, idle))


async def _follow(port: int, asked: bytes, streams: int, a_second: int, idle: float) -> Opened:
    everybody: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    began = time.monotonic()

    async def one(number: int) -> float:
        await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
        started = time.monotonic()
        reader, writer = await asyncio.open_connection(HOST, port)
        everybody.append((reader, writer))
        writer.write(asked)
        await reader.readuntil(b"\r\n\r\n")
        # Server-sent events begin with a hint of when to come back; a WebSocket's first frame is the event.
        await (reader.readuntil(b"data: ") if asked.find(b"Upgrade") < 0 else reader.readexactly(2))
        return time.monotonic() - started

    async with asyncio.timeout(streams / a_second + 120):
        first = await asyncio.gather(*(one(number) for number in range(streams)))
    await asyncio.sleep(idle)
    alive = sum(not reader.at_eof() for reader, _ in everybody)
    for _, writer in everybody:
        writer.transport.abort()
    return Opened(list(first), alive)


def _request(port: int, run_id: str, token: str, kind: str) -> bytes:
    lines = [f"GET /tailorings/{run_id}/{kind} HTTP/1.1", f"Host: {HOST}:{port}"]
    if kind == "events":
        lines.append(f"Authorization: Bearer {token}")
    else:  # as browsers ask, who always offer compression
        lines += [
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            f"Sec-WebSocket-Protocol: tailor.progress, bearer.{token}",
        ]
    return "\r\n".join([*lines, "", ""]).encode()


def main(given: Sequence[int]) -> int:
    return 0 if asyncio.run(measure(*(list(given) + [STREAMS, A_SECOND][len(given) :]))) else 1


if __name__ == "__main__":
    sys.exit(main([int(word) for word in sys.argv[1:]]))
