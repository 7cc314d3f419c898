"""Jobs that do what a file's attack would do once it had taken a reader over."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from backend.documents.reading.sandbox.jobs import Job
from backend.errors import InvalidInput, TooLarge

HERE = "backend.tests.unit.documents.reading.sandbox.misbehaving"


def reverse(data: bytes) -> bytes:
    return data[::-1]


def join(*parts: bytes) -> bytes:
    return b"+".join(parts)


def refuse(data: bytes) -> bytes:
    raise InvalidInput("The file is not to my liking.")


def too_large(data: bytes) -> bytes:
    raise TooLarge("It is too large.")


def fail(data: bytes) -> bytes:
    raise ValueError(f"secret {data!r}")


def spin(data: bytes) -> bytes:
    while True:
        pass


def sleep(data: bytes) -> bytes:
    time.sleep(60)
    return b""


def deaf_sleep(data: bytes) -> bytes:
    for number in range(1, 32):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_IGN)
    return sleep(data)


def eat(data: bytes) -> bytes:
    held = []
    while True:
        held.append(bytearray(8 * 1024 * 1024))
        for place in range(0, len(held[-1]), 4096):
            held[-1][place] = 1


def eat_natively(data: bytes) -> bytes:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    while True:
        block = libc.malloc(ctypes.c_size_t(8 * 1024 * 1024))
        if not block:
            libc.abort()
        ctypes.memset(block, 1, 8 * 1024 * 1024)


def recurse(data: bytes) -> bytes:
    return recurse(data)


def crash(data: bytes) -> bytes:
    ctypes.string_at(0)
    return b""


def vanish(data: bytes) -> bytes:
    os._exit(0)


def babble(data: bytes) -> bytes:
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff" * 4096)
        except OSError:
            continue
    return b""


def long_answer(data: bytes) -> bytes:
    return b"x" * (20 * 1024 * 1024)


def _outcome_of(action: object) -> bytes:
    try:
        action()  # type: ignore[operator]
    except OSError as error:
        return type(error).__name__.encode()
    return b"done"


def connect(data: bytes) -> bytes:
    return _outcome_of(lambda: socket.create_connection(("127.0.0.1", int(data)), timeout=2).close())


def run_program(data: bytes) -> bytes:
    return _outcome_of(lambda: subprocess.run(["/bin/true"], check=True))


def fork(data: bytes) -> bytes:
    def twice() -> None:
        if os.fork() == 0:
            os._exit(0)

    return _outcome_of(twice)


def thread(data: bytes) -> bytes:
    try:
        threading.Thread(target=time.sleep, args=(0,)).start()
    except RuntimeError:
        return b"refused"
    return b"done"


def write(data: bytes) -> bytes:
    return _outcome_of(lambda: Path(data.decode()).write_text("I was here"))


def delete(data: bytes) -> bytes:
    return _outcome_of(lambda: Path(data.decode()).unlink())


def kill_parent(data: bytes) -> bytes:
    return _outcome_of(lambda: os.kill(os.getppid(), signal.SIGKILL))


def environment(data: bytes) -> bytes:
    return "\n".join(sorted(os.environ)).encode()


def descriptors(data: bytes) -> bytes:
    open_ones = []
    for descriptor in range(3, 256):
        try:
            os.fstat(descriptor)
            open_ones.append(descriptor)
        except OSError:
            continue
    return str(len(open_ones)).encode()


def zygote(data: bytes) -> bytes:
    return str(os.getppid()).encode()


def platform(data: bytes) -> bytes:
    return sys.platform.encode()


_PLAIN = (
    reverse, join, refuse, too_large, fail, recurse, crash, vanish, babble, long_answer, connect, run_program, fork, thread,
    write, delete, kill_parent, environment, descriptors, zygote, platform, eat, eat_natively,
)  # fmt: skip
JOBS = {work.__name__: Job(f"{HERE}:{work.__name__}") for work in _PLAIN} | {
    "spin": Job(f"{HERE}:spin", seconds=1),
    "sleep": Job(f"{HERE}:sleep", seconds=0.5),
    "long_sleep": Job(f"{HERE}:sleep", seconds=30),
    "deaf_sleep": Job(f"{HERE}:deaf_sleep", seconds=0.5),
    "run_program_allowed": Job(f"{HERE}:run_program", programs=True),
    "connect_with_programs": Job(f"{HERE}:connect", programs=True),
}
