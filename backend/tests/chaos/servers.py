"""The API in processes of its own, as `tailor serve` starts it; and what such a process takes."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from backend.tests.redis_server import free_port

HOST = "127.0.0.1"
_TICKS = os.sysconf("SC_CLK_TCK")
_STARTING = 240.0  # seconds


@dataclass(frozen=True)
class Server:
    process: asyncio.subprocess.Process
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def failures(self, lines: int = 40) -> str:
        """The last of what it logged of faults of our own."""
        told = self.log.read_text().splitlines()
        last = next((number for number in range(len(told) - 1, -1, -1) if " failed" in told[number]), None)
        return "" if last is None else "\n".join(told[last : last + lines])

    async def up(self) -> None:
        """Returns when it answers."""
        async with asyncio.timeout(_STARTING), httpx.AsyncClient() as http:
            while True:
                if self.process.returncode is not None:
                    raise RuntimeError(self.log.read_text())
                try:
                    if (await http.get(f"{self.url}/health")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.1)


@asynccontextmanager
async def serving(environment: Mapping[str, str], count: int = 1) -> AsyncIterator[list[Server]]:
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        folders = [Path(tempfile.mkdtemp(dir=folder)) for _ in range(count)]
        servers = [await _start(environment, own) for own in folders]
        try:
            await asyncio.gather(*(server.up() for server in servers))
            yield servers
        except BaseException:
            for server in servers:
                sys.stderr.write("".join(server.log.read_text().splitlines(keepends=True)[-20:]))
            raise
        finally:
            for server in servers:
                if server.process.returncode is None:
                    server.process.terminate()
            await asyncio.gather(*(server.process.wait() for server in servers))


async def _start(environment: Mapping[str, str], folder: Path) -> Server:
    port, log = free_port(), folder / "log"
    with log.open("w") as told:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "backend", "serve", "--port", str(port),
            env=dict(environment) | {"DATA_DIR": str(folder)}, stderr=told, stdout=told,
        )  # fmt: skip
    return Server(process, port, log)


def resident(process: int) -> float:
    """MB of memory that a process has."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def processor_time(process: int) -> float:
    """Seconds of CPU that a process has used, all threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def machine_time() -> tuple[float, float]:
    """Seconds of CPU that were used on the whole machine, and that there were."""
    numbers = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return (sum(numbers) - numbers[3] - numbers[4]) / _TICKS, sum(numbers) / _TICKS


def at_percentile(values: list[float], percent: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
