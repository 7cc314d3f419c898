"""What a run tells while it goes, made into events for those who follow it, and into the timing of its stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.domain.model import Model
from backend.domain.progress import ProgressEvent, Stage
from backend.domain.run_percent import MEASURED, learned, overall, sentence
from backend.domain.run_state import RunEvent, StageTiming, TailoringRun
from backend.ports import Clock, ProgressBus
from backend.services.telling import tell
from backend.tasks.task import Task
from backend.tasks.write_edits import WriteEdits, WriteEditsOutput


@dataclass
class StageWeights:
    """What stages take here; every run that succeeds moves it a little."""

    weights: Mapping[Stage, float] = field(default_factory=lambda: MEASURED)

    def learn(self, stages: tuple[StageTiming, ...]) -> None:
        self.weights = learned(self.weights, stages)


@dataclass
class RunReporter:
    """`percent` never falls."""

    run: TailoringRun
    bus: ProgressBus
    clock: Clock
    weights: Mapping[Stage, float]
    max_attempts: int
    percent: float = 0.0
    told: tuple[RunEvent, ...] = ()
    """What followers have heard, if somebody worked on the run before: a replay does not tell it again."""
    stages: dict[tuple[Stage, int], StageTiming] = field(default_factory=dict)
    _began: dict[tuple[Stage, int], float] = field(default_factory=dict)
    _pieces: int = 0
    _answered: int = 0
    _attempt: int = 0
    _heard: set[tuple[object, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.percent = max((event.percent for event in self.told), default=0.0)
        self._heard = {_gist(event) for event in self.told}
        self.stages = {(timing.stage, timing.attempt): timing for timing in self.run.stages}

    @property
    def timings(self) -> tuple[StageTiming, ...]:
        return tuple(self.stages.values())

    async def tell(self, event: ProgressEvent) -> None:
        if event.stage == "done":
            return  # what it came to is said once that is certain
        finished = event.status == "finished"
        self._time(event.stage, event.attempt, event.seconds, finished=finished)
        if event.stage == "generate" and not finished:
            self._pieces, self._answered, self._attempt = event.pieces, 0, event.attempt
        await self._append(event.stage, event.status, event.attempt, float(finished), sentence=sentence(event))

    async def answered(self, task: Task[Any], output: Model) -> None:
        """Of the writer's answers: how many of its parts are written, and what it proposes."""
        if not isinstance(task, WriteEdits) or not isinstance(output, WriteEditsOutput):
            return
        self._answered += 1
        share = min(1.0, self._answered / self._pieces) if self._pieces else 0.0
        words = f"{self._answered} of {self._pieces} parts are written."
        texts = tuple(edit.text for edit in output.edits if edit.text)
        if texts:
            await self._append("generate", "moved", self._attempt, share, path=task.part, text=texts, sentence=words)
        else:
            await self._append("generate", "moved", self._attempt, share, sentence=words)

    async def waits(self, words: str) -> None:
        event = RunEvent(kind="state", state="running", at=self.clock.now(), percent=self.percent, sentence=words)
        await tell(self.bus, self.run.user_id, self.run.id, event)

    async def _append(
        self, stage: Stage, status: str, attempt: int, share: float, **more: str | tuple[str, ...]
    ) -> None:
        again = attempt < self.max_attempts
        percent = overall(
            self.weights, stage, attempt, share, plan_only=self.run.kind == "plan", more=again and self.max_attempts > 1
        )
        self.percent = max(self.percent, round(min(percent, 99.0), 1))
        told = {
            "kind": "text" if "text" in more else "stage",
            "state": "running",
            "at": self.clock.now(),
            "stage": stage,
            "status": status,
            "attempt": attempt,
            "stage_percent": round(100 * share, 1),
            "percent": self.percent,
        }
        event = RunEvent.model_validate(told | more)
        if (gist := _gist(event)) not in self._heard:
            self._heard.add(gist)  # for when the run goes from the beginning again
            await tell(self.bus, self.run.user_id, self.run.id, event)

    def _time(self, stage: Stage, attempt: int, seconds: float, *, finished: bool) -> None:
        """The first time counts: a stage that is replayed from kept answers takes no time."""
        key = (stage, attempt)
        known = self.stages.get(key)
        if known is not None and known.seconds is not None:
            return
        if not finished:
            self._began[key] = seconds
            self.stages[key] = StageTiming(stage=stage, attempt=attempt)
        else:
            took = round(seconds - self._began.get(key, seconds), 3)
            self.stages[key] = StageTiming(stage=stage, attempt=attempt, seconds=took)


def _gist(event: RunEvent) -> tuple[object, ...]:
    """What makes two events the same to their hearer."""
    share = 0.0 if event.text else event.stage_percent  # parts are written in any order
    return event.kind, event.stage, event.status, event.attempt, share, event.path, event.text
