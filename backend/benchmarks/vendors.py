"""The vendor stand-in in a process of its own, so that its work is not counted as ours."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.benchmarks.workload import LATENCIES, answer
from backend.tests.standin import Latencies, Latency, serve_forever

FAST: Latencies = {"": Latency(0.0, 0.0)}


@asynccontextmanager
async def vendors(speed: str = "real") -> AsyncIterator[str]:
    """Its address. `speed` is "real" or "fast"."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "backend.benchmarks.vendors", speed, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    serve_forever(responder=answer, latency=LATENCIES if sys.argv[1] == "real" else FAST)
