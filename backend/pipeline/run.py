"""The state of one run, and what an attempt comes to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from backend.domain.edits import Edit
from backend.domain.evaluation import Evaluation
from backend.domain.job import Job, JobAnalysis
from backend.domain.plan import Plan
from backend.domain.progress import ProgressEvent, Stage
from backend.domain.ranking import Relevance
from backend.domain.resume import Resume
from backend.domain.scoring import MatchScore, Scorer
from backend.domain.tailoring import Attempt, Options
from backend.domain.verification import EditVerdict
from backend.domain.voice import Voice
from backend.pipeline.degrading import Losses
from backend.pipeline.evidence_retriever import EvidenceMatrix
from backend.pipeline.metering import MeteredModel
from backend.pipeline.observing import StageWatch
from backend.ports import Clock, Progress
from backend.tasks.write_edits import Brief


@dataclass(frozen=True)
class TailoringRequest:
    """Tailor this document, which is `user_id`'s, to this job. `resume_id` names the document in the index. `id` is the one that
    the record will have, `marker` what fences untrusted text; without them they are made up. With `analysis` the job is
    not read again, with `plan` that plan is carried out."""

    user_id: str
    resume_id: str
    document: Mapping[str, Any]
    job: Job
    options: Options = field(default_factory=Options)
    id: str = ""
    marker: str = ""
    analysis: JobAnalysis | None = None
    plan: Plan | None = None


@dataclass(frozen=True)
class Case:
    """What is known before the first attempt: the resume, what the job asks, the evidence and the plan."""

    resume: Resume
    analysis: JobAnalysis
    matrix: EvidenceMatrix
    plan: Plan
    scorer: Scorer
    relevance: Relevance
    brief: Brief
    options: Options

    @cached_property
    def before(self) -> MatchScore:
        """The match score of the resume as it came."""
        return self.scorer.match(self.analysis, self.resume)


@dataclass(frozen=True)
class Outcome:
    """What one attempt came to. `edits` are those that stand, in order; `verdicts` also cover those that do not."""

    number: int
    proposed: tuple[Edit, ...]
    edits: tuple[Edit, ...]
    verdicts: tuple[EditVerdict, ...]
    resume: Resume
    evaluation: Evaluation
    score: MatchScore

    @property
    def rank(self) -> tuple[float, float]:
        return self.evaluation.overall, self.score.value

    @property
    def refused(self) -> dict[str, EditVerdict]:
        """What does not stand: unsupported, or in a doubt that nobody settled."""
        return {verdict.edit_id: verdict for verdict in self.verdicts if verdict.status != "supported"}

    @property
    def summary(self) -> Attempt:
        return Attempt(
            number=self.number,
            overall=self.evaluation.overall,
            match_score=self.score.value,
            edits=len(self.edits),
            reverted=sum(verdict.status == "reverted" for verdict in self.verdicts),
        )


@dataclass
class Run:
    """One run as it goes: whom to tell, what it costs, what to warn of."""

    request: TailoringRequest
    resume: Resume
    model: MeteredModel
    marker: str
    progress: Progress
    clock: Clock
    started: float
    attempt: int = 0
    warnings: list[str] = field(default_factory=list)
    voice: Voice = field(default_factory=Voice)
    losses: Losses = field(default_factory=Losses)
    watch: StageWatch | None = None

    async def tell(self, stage: Stage, status: str, message: str = "", pieces: int = 0) -> None:
        if self.watch:
            self.watch.heard(stage, status, self.attempt)
        seconds = round(self.clock.monotonic() - self.started, 4)
        told = {"stage": stage, "status": status, "attempt": self.attempt, "message": message, "pieces": pieces}
        await self.progress(ProgressEvent.model_validate(told | {"seconds": seconds}))

    def warn(self, messages: Iterable[str]) -> None:
        self.warnings += [message for message in messages if message not in self.warnings]
