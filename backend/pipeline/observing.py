"""A run as telemetry hears of it: a span for the run, one for each stage, one for each task."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from backend.domain.model import Model
from backend.domain.progress import Stage
from backend.errors import TailorError
from backend.observability.context import RUN_ID, within
from backend.observability.signals import Telemetry, Value
from backend.ports import Clock, LanguageModel
from backend.tasks.prompt_versions import version_of
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)


@dataclass
class StageWatch:
    """Hears what a run tells. Stages follow each other; one that is cut short ends with the next, or with the run."""

    telemetry: Telemetry
    clock: Clock
    attempt: int = 0
    outcome: str = "internal"
    _stage: ExitStack = field(default_factory=ExitStack)

    @contextmanager
    def run(self, kind: str, run_id: str) -> Iterator[None]:
        """Whatever is logged meanwhile has the run's id. `outcome` is to be set when the run succeeds."""
        with within(RUN_ID, run_id), self.telemetry.span(kind, {"tailor.run_id": run_id}) as span:
            try:
                yield
            except TailorError as error:
                self.outcome = error.code
                raise
            except asyncio.CancelledError:
                self.outcome = "cancelled"
                raise
            finally:
                self._stage.close()
                span.note({"tailor.outcome": self.outcome})
                self.telemetry.tailored(self.outcome)

    def heard(self, stage: Stage, status: str, attempt: int) -> None:
        self.attempt = attempt
        self._stage.close()
        if status == "started":
            self._stage.enter_context(self._timed(stage, attempt))

    @contextmanager
    def _timed(self, stage: Stage, attempt: int) -> Iterator[None]:
        started = self.clock.monotonic()
        with self.telemetry.span(f"stage {stage}", {"tailor.stage": stage, "tailor.attempt": attempt}):
            yield
        self.telemetry.stage(stage, self.clock.monotonic() - started)


@dataclass(frozen=True)
class ObservedModel:
    """A LanguageModel with a span for each task. It tells numbers and names, never what was asked or answered."""

    model: LanguageModel
    watch: StageWatch

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        version = version_of(task.instructions)
        known: dict[str, Value] = {
            "tailor.task": task.name,
            "tailor.role": task.role,
            "tailor.attempt": self.watch.attempt,
            "tailor.prompt.version": version.number,
            "tailor.prompt.hash": version.hash,
        }
        with self.watch.telemetry.span(f"task {task.name}", known) as span:
            answer = await self.model.run(task, model)
            spent = answer.spent
            span.note(
                {
                    "gen_ai.response.model": spent.model,
                    "gen_ai.usage.input_tokens": spent.input_tokens,
                    "gen_ai.usage.cached_tokens": spent.cached_tokens,
                    "gen_ai.usage.output_tokens": spent.output_tokens,
                    "tailor.substituted": bool(spent.instead_of),
                }
            )
            if spent.cost is not None:
                span.note({"tailor.cost": spent.cost})
            return answer
