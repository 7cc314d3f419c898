"""A language model that takes its time, and counts what it is asked."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

from backend.domain.model import Model
from backend.errors import VendorUnavailable
from backend.ports import LanguageModel
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)


class SlowModel:
    """Answers as `model` does, each task after so many seconds; those named in `held` wait until they are let go, and those
    in `away` fail so many times first, as at a vendor that is down."""

    def __init__(
        self,
        model: LanguageModel,
        seconds: float = 0.0,
        held: tuple[str, ...] = (),
        away: Mapping[str, int] | None = None,
    ) -> None:
        self._model, self._seconds, self._held = model, seconds, held
        self._away = Counter(away or {})
        self._go = asyncio.Event()
        self.asked: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()

    def let_go(self) -> None:
        self._go.set()

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        self.asked[task.name] += 1
        await asyncio.sleep(self._seconds)
        if task.name in self._held:
            await self._go.wait()
        if self._away[task.name]:
            self._away[task.name] -= 1
            raise VendorUnavailable("The vendor is down.", retry_after=0.1)
        answer = await self._model.run(task, model)
        self.answered[task.name] += 1
        return answer
