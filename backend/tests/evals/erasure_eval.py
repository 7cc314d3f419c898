"""Erasure measured: a hundred random histories, each with 40 canaries, and how many of those are found after it."""

import asyncio
import io
import logging
import tempfile
import time
from pathlib import Path

from backend.tests.http.service import serve, settings_for
from backend.tests.security.histories import CANARIES, History, files_of, found_in

HISTORIES = 100


async def measure(folder: Path, count: int, logged: io.StringIO) -> None:
    logging.basicConfig(level=logging.DEBUG, stream=logged, force=True)
    found_before, doings, seconds = 0, 0, []
    async with serve(settings_for(folder)) as service:
        gone = [History(service, seed) for seed in range(count)]
        for history in gone:
            await history.run()
            found_before += len(found_in(files_of(folder).values(), history.canaries))
            doings += len(history.done)
            started = time.perf_counter()
            answer = await history.person.ask("DELETE", "/auth/me", json={"confirm": "delete everything"})
            seconds.append(time.perf_counter() - started)
            assert answer.status_code == 204, answer.text
        words = [word for history in gone for word in (*history.canaries, history.person.id)]
        running = found_in(files_of(folder).values(), words)
    closed = found_in(files_of(folder).values(), words)
    in_logs = found_in([logged.getvalue().encode()], [word for history in gone for word in history.canaries])
    print(f"\nErasure of {count} histories, {doings} requests, {count * CANARIES} canaries")
    print(f"in the files before   {found_before:6d}")
    print(f"in the files after    {len(running):6d}   (and the ids of the people: counted too)")
    print(f"after the end         {len(closed):6d}")
    print(f"in the logs (DEBUG)   {len(in_logs):6d}")
    print(f"seconds an erasure    {sorted(seconds)[count // 2]:6.2f} (median), {max(seconds):.2f} (most)")


def main(count: int = HISTORIES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), count, io.StringIO()))


if __name__ == "__main__":
    main()
