"""How a job ended, and what is said of it."""

import logging
from typing import NamedTuple

from pydantic import ValidationError

from backend.documents.reading.sandbox.frames import BROKE, DEPTH, MEMORY, REFUSED, RESULT, Refusal
from backend.documents.reading.sandbox.jobs import Job
from backend.domain.model import Model
from backend.errors import InvalidInput, TailorError, TooLarge

BROKE_OFF = "The reader broke off over the file, which seems damaged. Export it anew, or send it as text."
_log = logging.getLogger(__name__)
_FULL = 0.75
"""Above this share of its memory, a reader that died did so for want of it."""
_XCPU, _KILLED = -24, -9


class Outcome(NamedTuple):
    """What a job gave, and what it took. `seconds` are by the clock, `peak` in megabytes resident."""

    result: bytes
    seconds: float
    cpu: float
    peak: int


class Report(Model):
    """What the system says of a reader that is gone: exit code or -signal, CPU seconds, megabytes resident at most."""

    exit: int
    late: bool
    cpu: float
    peak: int


class Ended(NamedTuple):
    """How a job ended, whatever that was. `report` is None when the process that makes readers went down with it."""

    job: Job
    tag: bytes
    content: bytes
    report: Report | None
    seconds: float

    def outcome(self) -> Outcome:
        """What it gave. Raises what it refused with, else InvalidInput with what happened."""
        if self.tag == RESULT and self.report is not None:
            return Outcome(self.content, self.seconds, self.report.cpu, self.report.peak)
        if self.tag == REFUSED:
            raise _refused(self.content)
        raise InvalidInput(_what_happened(self))


def _what_happened(ended: Ended) -> str:
    job, tag, report = ended.job, ended.tag, ended.report
    if tag == DEPTH:
        return "The file is nested too deeply to be read. Save it anew, as simply as you can, and send that."
    if tag == MEMORY or (not tag and report is not None and report.peak > _FULL * job.megabytes):
        return (
            f"The file needs more than the {job.megabytes} MB of memory a resume may take. "
            "Remove pictures, or send it as text."
        )
    if report is not None and (report.late or report.exit == _XCPU or _spent_its_time(report, job)):
        return (
            f"The file took longer than {job.seconds:g} s to read, which no resume should. "
            "Export it anew, or send it as text."
        )
    what = ended.content[:300].decode(errors="replace") if tag == BROKE else ""
    _log.warning("a reader broke off: exit %s, %s", report.exit if report else "unknown", what)
    return BROKE_OFF


def _spent_its_time(report: Report, job: Job) -> bool:
    """Whether the kernel killed it at its limit of processor time, where SIGXCPU did not come first."""
    return report.exit == _KILLED and report.cpu >= 0.9 * max(1, round(job.seconds))


def _refused(content: bytes) -> TailorError:
    try:
        refusal = Refusal.model_validate_json(content)
    except ValidationError:
        return InvalidInput(BROKE_OFF)
    return (TooLarge if refusal.code == TooLarge.code else InvalidInput)(refusal.detail)
