"""What each hostile file comes to in the sandbox, and what it took: `python -m backend.tests.evals.hostile_eval [WORDS]`."""

import asyncio
import sys
import time

from backend.documents.reading.sandbox import Sandbox
from backend.errors import InvalidInput
from backend.tests.security import making
from backend.tests.security.hostile import CASES

SECONDS, MEGABYTES = 1.0, 256


def main(words: tuple[str, ...] = ()) -> None:
    asyncio.run(_measure(words))


async def _measure(words: tuple[str, ...]) -> None:
    sandbox = Sandbox()
    began = time.monotonic()
    await sandbox.start()
    print(f"\nHostile files in the sandbox (started in {time.monotonic() - began:.2f} s)")
    print(f"{'file':52} {'bytes':>10} {'cpu s':>6} {'MB':>4}  outcome")
    refused = read = broke = slow = large = 0
    for case in CASES:
        if words and not any(word in case.name for word in words):
            continue
        data = case.make()
        ended = await sandbox.ended("read", data)
        cpu, peak = (ended.report.cpu, ended.report.peak) if ended.report else (0.0, 0)
        try:
            ended.outcome()
            outcome, read = "read", read + 1
        except InvalidInput as reason:
            outcome = reason.detail
            refused, broke = refused + 1, broke + ("broke off over" in outcome)
        slow, large = slow + (cpu > SECONDS), large + (peak > MEGABYTES)
        print(f"{case.name[:52]:52} {len(data):10,} {cpu:6.2f} {peak:4}  {outcome[:110]}")
    await sandbox.read(making.docx())
    await sandbox.close()
    print(
        f"{refused + read} files: {refused} refused, {read} read as the text they are; {broke} refused because the reader "
        f"broke off, {slow} over {SECONDS:g} s, {large} over {MEGABYTES} MB; the service read an ordinary file afterwards"
    )


if __name__ == "__main__":
    main(tuple(sys.argv[1:]))
