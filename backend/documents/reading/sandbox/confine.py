"""What a reader may not do. Each limit is set where the system has it; the rest go on without it.

Linux has all of them. macOS has no working limit on memory and no system call filter: there, time and descriptors are
limited, and memory is not.
"""

import ctypes
import resource
import sys
from contextlib import suppress
from pathlib import Path

from backend.documents.reading.sandbox.syscalls import deny_system_calls

_SET_PARENT_DEATH_SIGNAL, _SET_NO_NEW_PRIVILEGES, _SET_DUMPABLE = 1, 38, 4
_KILL = 9
_MEGABYTE = 1024 * 1024
_MARGIN = 8 * _MEGABYTE
"""Resident and not counted as data: pages of libraries that are touched later."""
_SLACK = 512 * _MEGABYTE
"""Address space that is reserved and not used, such as what a library maps of its own file."""


def confine(*, seconds: float, megabytes: int, programs: bool) -> None:
    """Binds this process, for good. `megabytes` is what may be resident, with what it shares with its parent."""
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_CPU, max(1, round(seconds)))
    _set(resource.RLIMIT_NOFILE, 64)
    if not programs:
        _set(resource.RLIMIT_FSIZE, 0)
        _set(resource.RLIMIT_NPROC, 0)
    _limit_memory(megabytes * _MEGABYTE)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_SET_PARENT_DEATH_SIGNAL, _KILL, 0, 0, 0)
        libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
        libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        deny_system_calls(libc, programs=programs)


def _limit_memory(resident: int) -> None:
    try:
        mapped, used, _, _, _, private, _ = Path("/proc/self/statm").read_text(encoding="ascii").split()
    except OSError:
        return
    page = resource.getpagesize()
    room = max(resident - _MARGIN - int(used) * page, 0)
    _set(resource.RLIMIT_DATA, int(private) * page + room)
    _set(resource.RLIMIT_AS, int(mapped) * page + room + _SLACK)


def _set(what: int, limit: int) -> None:
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(what)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (limit, limit))
