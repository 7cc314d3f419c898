"""A tailoring in the background: its states, what it was asked, what it was made from, and how far it is."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from backend.domain.content import Evidence
from backend.domain.job import Job, JobAnalysis
from backend.domain.model import Model
from backend.domain.plan import Plan
from backend.domain.progress import Stage
from backend.domain.tailoring import Options, Usage

RunState = Literal["queued", "running", "succeeded", "failed", "cancelled"]
RunKind = Literal["tailoring", "plan"]
Priority = Literal["high", "normal", "low"]
Lane = Literal["usual", "economy"]
"""Runs in the economy lane wait for batches of the vendor's, for hours if need be. They have workers of their own."""
ENDED: tuple[RunState, ...] = ("succeeded", "failed", "cancelled")
PRIORITIES: tuple[Priority, ...] = ("high", "normal", "low")


class InputVersions(Model):
    """What a result was made from. `resume_version` counts from 1; hashes are SHA-256 of the canonical JSON, or of the
    prompt's text, by task."""

    resume_id: str
    resume_version: int
    resume_hash: str
    prompts: dict[str, str] = Field(default_factory=dict)


class StageTiming(Model):
    """One stage, of one attempt of the loop (0 before the first). Seconds; None while it is under way."""

    stage: Stage
    attempt: int = 0
    seconds: float | None = None


class RunProblem(Model):
    """Why a run failed, with the code, title and status that the same error has as an answer."""

    code: str
    title: str
    status: int
    detail: str
    retryable: bool = False


class RunRequest(Model):
    """What was asked, as it was when it was asked: the resume is a copy. `marker` fences untrusted text in every prompt of
    the run, so that a resumed run asks the same questions to the byte. With `analysis`, the job is not read again; with
    `plan`, that plan is carried out."""

    job: Job
    options: Options
    document: dict[str, Any]
    marker: str
    analysis: JobAnalysis | None = None
    plan: Plan | None = None


class PlanResult(Model):
    """What a run that stops after the plan comes to. `evidence` holds the lines that the plan names."""

    analysis: JobAnalysis
    plan: Plan
    evidence: tuple[Evidence, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: Usage = Usage()


class TailoringRun(Model):
    """One run. `takeover` counts how often a worker took it up: whoever took it up last may write, nobody else. `deadline`
    is the most seconds it may be worked on, from when it was first taken up. `batch_id` is "" for a run started by itself, `batch_size` how many
    there are in its batch."""

    id: str
    user_id: str
    kind: RunKind = "tailoring"
    state: RunState = "queued"
    priority: Priority = "normal"
    lane: Lane = "usual"
    batch_id: str = ""
    batch_size: int = 0
    title: str = ""
    created: datetime
    started: datetime | None = None
    finished: datetime | None = None
    deadline: float
    takeover: int = 0
    inputs: InputVersions
    stages: tuple[StageTiming, ...] = ()
    problem: RunProblem | None = None
    plan_result: PlanResult | None = None

    @property
    def ended(self) -> bool:
        return self.state in ENDED


class Claimed(Model):
    """A run that a worker has taken up, with all it needs."""

    run: TailoringRun
    request: RunRequest


class RunEvent(Model):
    """Something that followers of a run are told. `stage_percent` and `percent` are 0 to 100; `percent` never falls.
    `sentence` is for people. A `text` event brings what the writer proposes for `path`: nothing has been verified yet. In
    the log of a batch, a `run` event says that its run `run_id` has ended, and a `state` event that all have."""

    kind: Literal["state", "stage", "text", "run"]
    state: RunState
    at: datetime
    stage: Stage | None = None
    status: Literal["started", "moved", "finished"] | None = None
    attempt: int = 0
    stage_percent: float = Field(default=0.0, ge=0, le=100)
    percent: float = Field(default=0.0, ge=0, le=100)
    sentence: str = ""
    path: str = ""
    text: tuple[str, ...] = ()
    run_id: str = ""

    @property
    def last(self) -> bool:
        """Whether nothing comes after it."""
        return self.kind == "state" and self.state in ENDED


def fingerprint(value: Mapping[str, Any]) -> str:
    """The SHA-256 of a JSON value, whatever the order of its names."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
