"""One file in one process: limits on, request in, the job, its answer out."""

import contextlib
import socket
from types import TracebackType

from backend.documents.reading.sandbox.confine import confine
from backend.documents.reading.sandbox.frames import (
    BROKE,
    DEPTH,
    GO,
    MEMORY,
    PART,
    REFUSED,
    RESULT,
    Refusal,
    framed,
    receive,
)
from backend.documents.reading.sandbox.jobs import Job, Work
from backend.errors import TailorError


def answer(work: socket.socket, job: Job, function: Work) -> None:
    """Runs the job and sends what came of it, whatever that is."""
    confine(seconds=job.seconds, megabytes=job.megabytes, programs=job.programs)
    reply = _reply(work, function)
    with contextlib.suppress(OSError):  # nobody waits for it any more
        work.sendall(reply)


def _reply(work: socket.socket, function: Work) -> bytes:
    try:
        return framed(RESULT, function(*_parts(work)))
    except TailorError as error:
        return framed(REFUSED, Refusal(code=error.code, detail=error.detail).model_dump_json().encode())
    except MemoryError:
        return framed(MEMORY)
    except RecursionError:
        return framed(DEPTH)
    except BaseException as error:  # noqa: BLE001 - the outermost edge of this process
        return framed(BROKE, f"{type(error).__name__} {_place(error.__traceback__)}".encode())


def _parts(work: socket.socket) -> list[bytes]:
    parts: list[bytes] = []
    while True:
        tag, content = receive(work)
        if tag == GO:
            return parts
        if tag == PART:
            parts.append(content)


def _place(trace: TracebackType | None) -> str:
    """Where it happened: a place in code, with nothing of the file in it."""
    place = ""
    while trace is not None:
        place = f"at {trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
