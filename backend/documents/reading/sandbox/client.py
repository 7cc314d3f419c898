"""The service's side: one request at a time per reader, every way it can end told apart."""

import asyncio
import socket
import subprocess
import sys
import time
from pathlib import Path

from pydantic import ValidationError

from backend.documents.reading.limits import check_bytes
from backend.documents.reading.sandbox.ended import BROKE_OFF, Ended, Outcome, Report
from backend.documents.reading.sandbox.frames import GO, NAME_BYTES, PART, framed, next_frame
from backend.documents.reading.sandbox.jobs import Job, job_named
from backend.domain.parsed import ParsedResume
from backend.errors import InvalidInput, TailorError

_ROOT = Path(__file__).parents[4]
_JOBS = "backend.documents.reading.sandbox.jobs"
_ZYGOTE = "backend.documents.reading.sandbox.zygote"
# The readers get no environment of ours, which may hold keys.
_ENVIRONMENT = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
    "LANG": "C.UTF-8",
    "OMP_THREAD_LIMIT": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
_START_SECONDS, _GRACE = 60.0, 3.0


class Sandbox:
    """Runs jobs on untrusted bytes. Starts with the first job, and anew whenever its process is gone."""

    def __init__(self, *, at_once: int = 2, jobs: str = _JOBS) -> None:
        self._table = jobs
        self._slots = asyncio.Semaphore(at_once)
        self._starting = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    async def read(self, data: bytes) -> ParsedResume:
        """The resume in a file. Raises InvalidInput with the reason when it is refused or cannot be read in time."""
        check_bytes(data)
        outcome = await self.run("read", data)
        if not outcome.result:  # a scan
            outcome = await self.run("read_scan", data)
        try:
            return ParsedResume.model_validate_json(outcome.result)
        except ValidationError as error:  # a reader that was taken over may say anything
            raise InvalidInput(BROKE_OFF) from error

    async def run(self, name: str, *parts: bytes) -> Outcome:
        """A job of the table on the parts of its request. Raises what the job refused with, else InvalidInput."""
        return (await self.ended(name, *parts)).outcome()

    async def ended(self, name: str, *parts: bytes) -> Ended:
        """As `run`, for callers that want to know what a refused file took."""
        job = job_named(self._table, name)
        async with self._slots:
            control = await self._started()
            ended = await _attempt(control, job, name, parts)
            if ended.report is None and not ended.tag:  # the zygote itself is gone; it may not have been this file
                await self._discard(control)
                ended = await _attempt(await self._started(), job, name, parts)
        return ended

    async def start(self) -> None:
        """Loads the libraries, so that the first file does not wait for it. Raises TailorError when that fails."""
        await self._started()

    async def close(self) -> None:
        """Ends all readers."""
        async with self._starting:
            await self._stop()

    async def _started(self) -> socket.socket:
        async with self._starting:
            if self._control is not None and self._process is not None and self._process.poll() is None:
                return self._control
            await self._stop()
            self._control, theirs = socket.socketpair()
            self._control.setblocking(False)
            with theirs:
                command = [sys.executable, "-m", _ZYGOTE, self._table, str(theirs.fileno())]
                self._process = await asyncio.to_thread(_spawned, command, theirs.fileno())
            try:
                async with asyncio.timeout(_START_SECONDS):
                    ready = await asyncio.get_running_loop().sock_recv(self._control, 1)
            except (TimeoutError, OSError):
                ready = b""
            if not ready:
                await self._stop()
                raise TailorError("The reader of files could not be started; the service's log says why.")
            return self._control

    async def _discard(self, control: socket.socket) -> None:
        async with self._starting:
            if self._control is control:
                await self._stop()

    async def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            process, self._process = self._process, None
            try:
                await asyncio.to_thread(process.wait, 2)
            except subprocess.TimeoutExpired:
                process.kill()
                await asyncio.to_thread(process.wait)


def read_file(data: bytes) -> ParsedResume:
    """The resume in a file, for callers without an event loop. Raises InvalidInput."""

    async def once() -> ParsedResume:
        sandbox = Sandbox(at_once=1)
        try:
            return await sandbox.read(data)
        finally:
            await sandbox.close()

    return asyncio.run(once())


def _spawned(command: list[str], descriptor: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        command,
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=_ENVIRONMENT,
        cwd=_ROOT,
        start_new_session=True,
    )


async def _attempt(control: socket.socket, job: Job, name: str, parts: tuple[bytes, ...]) -> Ended:
    began = time.monotonic()
    work, reader_work = socket.socketpair()
    report, reader_report = socket.socketpair()
    with work, report:
        with reader_work, reader_report:
            try:
                socket.send_fds(
                    control, [name.encode().ljust(NAME_BYTES)], [reader_work.fileno(), reader_report.fileno()]
                )
            except OSError:
                return Ended(job, b"", b"", None, 0.0)
        try:
            async with asyncio.timeout(job.seconds + _GRACE):
                tag, content = await _exchange(work, parts)
                told = await _told(report)
        except TimeoutError:
            tag, content, told = b"", b"", Report(exit=-9, late=True, cpu=0.0, peak=0)
    return Ended(job, tag, content, told, time.monotonic() - began)


async def _exchange(work: socket.socket, parts: tuple[bytes, ...]) -> tuple[bytes, bytes]:
    """Sends the request, waits for the answer."""
    reader, writer = await asyncio.open_unix_connection(sock=work.dup())
    try:
        try:
            for part in parts:
                writer.write(framed(PART, part))
                await writer.drain()
            writer.write(framed(GO))
            await writer.drain()
        except ConnectionError:
            pass  # it ended already; what it said, if anything, is still to be read
        return await next_frame(reader) or (b"", b"")
    finally:
        writer.transport.abort()


async def _told(report: socket.socket) -> Report | None:
    report.setblocking(False)
    try:
        content = await asyncio.get_running_loop().sock_recv(report, 4096)
    except OSError:
        return None
    return Report.model_validate_json(content) if content else None
