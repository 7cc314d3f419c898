"""A LanguageModel whose vendors are guarded, and that asks another model where the first cannot be had."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from backend.adapters.resilience.guard import Guard
from backend.domain.model import Model
from backend.errors import SpendLimitReached, VendorUnavailable
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.ports import LanguageModel
from backend.tasks.task import Answer, Role, Task

Output = TypeVar("Output", bound=Model)


class GuardedModel:
    """`models` names each role's model as vendor:name, `fallbacks` what to ask in its place; `guards` are by vendor and
    `deadlines`, in seconds over all attempts, by role. A model that the caller named has no fallback: it was a choice."""

    def __init__(
        self,
        model: LanguageModel,
        *,
        models: Mapping[Role, str],
        fallbacks: Mapping[Role, str],
        guards: Mapping[str, Guard],
        deadlines: Mapping[Role, float],
        telemetry: Telemetry = UNOBSERVED,
    ) -> None:
        self._model, self._models, self._fallbacks = model, models, fallbacks
        self._guards, self._deadlines, self._telemetry = guards, deadlines, telemetry

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        first = model or self._models[task.role]
        second = self._fallbacks.get(task.role) if model is None and task.essential else None
        try:
            return await self._ask(task, first)
        except VendorUnavailable as error:
            if second is None or (isinstance(error, SpendLimitReached) and _vendor(second) == _vendor(first)):
                raise
            answer = await self._ask(task, second)
        return Answer(answer.output, replace(answer.spent, instead_of=first))

    async def _ask(self, task: Task[Output], name: str) -> Answer[Output]:
        guard = self._guards.get(_vendor(name))
        if guard is None:  # no vendor of ours: the model says what is wrong with the name
            return await self._model.run(task, name)
        answer = await guard.call(lambda: self._model.run(task, name), self._deadlines[task.role], again=task.essential)
        spent = answer.spent
        self._telemetry.tokens(guard.vendor, task.name, spent.input_tokens, spent.cached_tokens, spent.output_tokens)
        return answer


def _vendor(name: str) -> str:
    return name.partition(":")[0]
