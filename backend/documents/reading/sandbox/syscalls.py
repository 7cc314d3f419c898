"""A filter of system calls (seccomp) for the readers: no network, no programs, no writing, no way out.

A short list of what is denied, not of what is allowed, so that a new libc needs no change here: a denied call fails
with EPERM and the process lives on. Numbers are the kernel's, per machine, and never change.
"""

import ctypes
import platform
import struct
from typing import Final, NamedTuple


class _Machine(NamedTuple):
    audit: int
    network: tuple[int, ...]
    escape: tuple[int, ...]
    programs: tuple[int, ...]
    writing: tuple[int, ...]
    opening: tuple[tuple[int, int], ...]
    """(call, which argument holds the flags)"""


_MACHINES: Final = {
    "x86_64": _Machine(
        audit=0xC000003E,
        # socket connect accept bind listen accept4
        network=(41, 42, 43, 49, 50, 288),
        # ptrace, mounts, namespaces, modules, keys, bpf, io_uring, other processes' memory, handles
        escape=(101, 155, 161, 165, 166, 167, 169, 172, 173, 175, 176, 246, 248, 249, 250, 272, 298, 304, 308, 310, 311,
                313, 320, 321, 323, 425, 426, 427, 428, 429, 430, 432, 433, 434, 438, 440, 442),
        # fork vfork clone clone3 execve execveat kill
        programs=(56, 57, 58, 59, 62, 322, 435),
        # creat truncate ftruncate rename* mkdir* rmdir link* unlink* symlink* chmod* chown* mknod* utime* xattrs openat2
        writing=(76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 132, 133, 188, 189, 190, 197, 198, 199, 235, 258,
                 259, 260, 261, 263, 264, 265, 266, 268, 280, 316, 437, 452),
        opening=((2, 1), (257, 2)),
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        network=(198, 200, 201, 202, 203, 242),
        escape=(39, 40, 41, 51, 89, 97, 104, 105, 106, 117, 142, 217, 218, 219, 224, 225, 241, 264, 265, 268, 270, 271, 273,
                280, 282, 294, 425, 426, 427, 428, 429, 430, 432, 433, 434, 438, 440, 442),
        programs=(129, 220, 221, 281, 435),
        writing=(5, 6, 7, 14, 15, 16, 33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 88, 276, 437, 452),
        opening=((56, 2),),
    ),
}  # fmt: skip

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1
_CALL, _AUDIT, _ARGUMENTS = 0, 4, 16
_OTHER_ABI = 0x40000000
_WRITES = 0o3
_SET_SECCOMP, _FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def deny_system_calls(libc: ctypes.CDLL, *, programs: bool) -> bool:
    """False where the machine or the kernel has no such filter. Needs "no new privileges" to be set."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    code = _filter(machine, programs=programs)
    program = _Program(len(code) // 8, code)
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _filter(machine: _Machine, *, programs: bool) -> bytes:
    denied = [*machine.network, *machine.escape, *(() if programs else (*machine.programs, *machine.writing))]
    opening = () if programs else machine.opening
    lines = [
        _line(_LOAD, _AUDIT), _line(_EQUAL, machine.audit, 1, 0), _line(_RETURN, _DENY),
        _line(_LOAD, _CALL), _line(_AT_LEAST, _OTHER_ABI, 0, 1), _line(_RETURN, _DENY),
    ]  # fmt: skip
    for call in denied:
        lines += [_line(_EQUAL, call, 0, 1), _line(_RETURN, _DENY)]
    for call, argument in opening:
        lines += [
            _line(_EQUAL, call, 0, 5), _line(_LOAD, _ARGUMENTS + 8 * argument), _line(_AND, _WRITES),
            _line(_EQUAL, 0, 1, 0), _line(_RETURN, _DENY), _line(_RETURN, _ALLOW),
        ]  # fmt: skip
    lines.append(_line(_RETURN, _ALLOW))
    return b"".join(lines)


def _line(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)
