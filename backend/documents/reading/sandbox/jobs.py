"""What may run in the sandbox: bytes in, bytes out."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final, NamedTuple

Work = Callable[..., bytes]


class Job(NamedTuple):
    """`function` is "module:name"; it takes the request's parts as bytes, one argument each, and returns bytes.
    `programs` allows it to start other programs (OCR does), which also takes the limit on written files off."""

    function: str
    seconds: float = 10.0
    megabytes: int = 256
    programs: bool = False
    warm: str = ""
    """"module:name" of a function without arguments, called once before any file is opened: loads what all files need."""


_UNTRUSTED = "backend.documents.reading.untrusted"
JOBS: Final[Mapping[str, Job]] = {
    "read": Job(f"{_UNTRUSTED}:read_job", warm=f"{_UNTRUSTED}:warm"),
    "template": Job("backend.documents.writing.docx.job:render_job"),
    "read_scan": Job(f"{_UNTRUSTED}:read_scan_job", seconds=90, megabytes=512, programs=True),
}


def job_named(table: str, name: str) -> Job:
    """A job of the table in the module `table`. Raises KeyError."""
    jobs: Mapping[str, Job] = import_module(table).JOBS
    return jobs[name]


def resolved(path: str) -> Work:
    module, _, name = path.partition(":")
    work: Work = getattr(import_module(module), name)
    return work
