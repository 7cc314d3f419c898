"""The process that readers are made from: it has the libraries loaded, forks one child per file, and never opens a file.

    python -m backend.documents.reading.sandbox.zygote MODULE_OF_JOBS DESCRIPTOR

On the socket at DESCRIPTOR come names of jobs, each with two sockets: one for the child to take the request from and
answer on, one for a report of how the child ended. When that socket closes, everything here ends.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from importlib import import_module
from typing import NamedTuple

from backend.documents.reading.sandbox.child import answer
from backend.documents.reading.sandbox.frames import NAME_BYTES
from backend.documents.reading.sandbox.jobs import Job, Work, resolved


class _Child(NamedTuple):
    pid: int
    report: socket.socket
    deadline: float


class _Prepared(NamedTuple):
    job: Job
    function: Work


class Zygote:
    def __init__(self, control: socket.socket, jobs: dict[str, _Prepared]) -> None:
        self._control = control
        self._jobs = jobs
        self._children: dict[int, _Child] = {}
        self._late: set[int] = set()
        self._wake, wake = socket.socketpair()
        for end in (self._wake, wake):
            end.setblocking(False)
        self._waker = wake  # kept, or it would close
        signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Until the service is gone."""
        while True:
            ready = self._wait()
            if self._wake.fileno() in ready:
                self._wake.recv(4096)
            self._end_children(ready)
            self._reap()
            if self._control.fileno() in ready and not self._take():
                break
        for child in self._children.values():
            _kill(child.pid)

    def _wait(self) -> set[int]:
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._wake, select.POLLIN)
        for child in self._children.values():
            poll.register(child.report, 0)  # says only that the other side is gone
        deadlines = [child.deadline for child in self._children.values() if child.pid not in self._late]
        timeout = max(min(deadlines) - time.monotonic(), 0) * 1000 + 1 if deadlines else None
        return {descriptor for descriptor, _ in poll.poll(timeout)}

    def _take(self) -> bool:
        """Starts the next job; False when there will be none."""
        name, descriptors, _, _ = socket.recv_fds(self._control, NAME_BYTES, 2)
        if len(descriptors) != 2:
            return False
        work, report = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        prepared = self._jobs[name.decode().strip()]
        pid = os.fork()
        if pid == 0:
            _become_reader(work, prepared)
        work.close()
        self._children[pid] = _Child(pid, report, time.monotonic() + prepared.job.seconds)
        return True

    def _end_children(self, ready: set[int]) -> None:
        now = time.monotonic()
        for child in self._children.values():
            if child.pid not in self._late and (now >= child.deadline or child.report.fileno() in ready):
                self._late.add(child.pid)
                _kill(child.pid)

    def _reap(self) -> None:
        for child in list(self._children.values()):
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                report = {
                    "exit": os.waitstatus_to_exitcode(status),
                    "late": pid in self._late,
                    "cpu": usage.ru_utime + usage.ru_stime,
                    "peak": usage.ru_maxrss // (1024 if sys.platform == "linux" else 1024 * 1024),
                }
                with contextlib.suppress(OSError):  # the service gave up waiting
                    child.report.sendall(json.dumps(report).encode())
                child.report.close()
                del self._children[pid]
                self._late.discard(pid)


def _kill(pid: int) -> None:
    """A reader and the programs it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):  # it may not have come to make its group yet
        os.kill(pid, signal.SIGKILL)


def _become_reader(work: socket.socket, prepared: _Prepared) -> None:
    """In the child. Whatever happens, it must not return into the loop of its parent."""
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(nothing, standard)
        kept = work.fileno()
        os.closerange(3, kept)
        os.closerange(kept + 1, 4096)
        answer(work, prepared.job, prepared.function)
    finally:
        os._exit(0)


def main(table: str, descriptor: int) -> None:
    control = socket.socket(fileno=descriptor)
    jobs: dict[str, _Prepared] = {}
    for name, job in import_module(table).JOBS.items():
        jobs[name] = _Prepared(job, resolved(job.function))
        if job.warm:
            resolved(job.warm)()
    gc.collect()
    gc.freeze()  # so that the children's collections do not copy what they share
    control.sendall(b"!")
    Zygote(control, jobs).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
