"""What a run does without, where a vendor is down, and that it says so."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from backend.domain.model import Model
from backend.domain.tailoring import Degradation
from backend.errors import VendorUnavailable
from backend.ports import LanguageModel
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)


@dataclass
class Losses:
    """Each kind once, with a sentence for people."""

    noted: dict[Degradation, str] = field(default_factory=dict)

    def note(self, kind: Degradation, sentence: str) -> None:
        self.noted.setdefault(kind, sentence)

    @property
    def degraded(self) -> tuple[Degradation, ...]:
        return tuple(sorted(self.noted))

    @property
    def sentences(self) -> Sequence[str]:
        return [self.noted[kind] for kind in self.degraded]


@dataclass(frozen=True)
class SubstitutedModel:
    """Notes where another model than the wanted one answered. With `rules`, those answer when no vendor does."""

    model: LanguageModel
    losses: Losses
    rules: LanguageModel | None = None

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        try:
            answer = await self.model.run(task, model)
        except VendorUnavailable as error:
            if self.rules is None or not task.essential:
                raise
            answer = await self._by_rule(self.rules, task, error)
        else:
            if answer.spent.instead_of:
                self.losses.note(
                    "fallback_model",
                    f"{answer.spent.instead_of} was not available, so {answer.spent.model} answered in its place.",
                )
        return answer

    async def _by_rule(self, rules: LanguageModel, task: Task[Output], error: VendorUnavailable) -> Answer[Output]:
        answer = await rules.run(task)
        sentence = (
            "No language model was available, so rules answered in its place, as you allowed: they reword nothing."
        )
        self.losses.note("rule_based_model", f"{sentence} ({error.detail})")
        return replace(answer, spent=replace(answer.spent, instead_of=task.role))
