"""Many tailorings of one resume, started together."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from backend.domain.job import Job
from backend.domain.model import Model
from backend.domain.run_state import RunState, fingerprint
from backend.domain.text import clean

MOST_JOBS = 500


class TailoringBatch(Model):
    """`run_ids` has one run for every job that was sent, in that order: the same one for the same job."""

    id: str
    user_id: str
    created: datetime
    resume_id: str
    economy: bool = False
    run_ids: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many runs there are."""
        return len(set(self.run_ids))

    @property
    def folded(self) -> int:
        """How many jobs had been sent before in the same batch."""
        return len(self.run_ids) - self.size


class BatchCounts(Model):
    """Of the runs of a batch, how many are in which state."""

    queued: int = Field(default=0, ge=0)
    running: int = Field(default=0, ge=0)
    succeeded: int = Field(default=0, ge=0)
    failed: int = Field(default=0, ge=0)
    cancelled: int = Field(default=0, ge=0)

    @property
    def ended(self) -> int:
        return self.succeeded + self.failed + self.cancelled

    @property
    def total(self) -> int:
        return self.queued + self.running + self.ended

    @property
    def over(self) -> bool:
        return not self.queued and not self.running

    @property
    def percent(self) -> float:
        return round(100 * self.ended / self.total, 1) if self.total else 100.0

    @property
    def state(self) -> RunState:
        """Of the batch as a whole: it succeeds if any of its runs does."""
        if not self.over:
            return "running" if self.running or self.ended else "queued"
        return "succeeded" if self.succeeded else "failed" if self.failed else "cancelled"

    @property
    def sentence(self) -> str:
        parts = ((self.succeeded, "succeeded"), (self.failed, "failed"), (self.cancelled, "cancelled"))
        said = ", ".join(f"{count} {word}" for count, word in parts if count) or "none yet"
        return f"{self.ended} of {self.total} have ended: {said}."


def same_job(job: Job) -> str:
    """Equal for jobs that are the same but for white space and the case of what names them."""
    names = {"title": job.title.casefold().strip(), "company": job.company.casefold().strip()}
    return fingerprint(names | {"text": " ".join(clean(job.text).split())})


def folded(keys: Sequence[str]) -> tuple[int, ...]:
    """For each key, the position of the first that equals it."""
    first: dict[str, int] = {}
    return tuple(first.setdefault(key, position) for position, key in enumerate(keys))
