"""Small stand-ins for ports whose real adapters would make a test unrepeatable."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.errors import UnusableAnswer
from backend.tasks.task import Answer, Task
from backend.tasks.write_edits import PrimeCache

Output = TypeVar("Output", bound=Model)
Scripted = Model | Exception | Callable[[Any], Model]
"""What a task is answered with: an output, an error to raise, or a function of the task."""
SPENT = Spent("scripted", 100, 0, 20, 0.001)


class FixedClock:
    """Stands still until told to advance."""

    def __init__(self, now: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) -> None:
        self._start = self._now = now

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - self._start).total_seconds()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class CountingIds:
    """000…1, 000…2, and so on; markers count on their own."""

    def __init__(self) -> None:
        self._ids = self._markers = 0

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:024x}"

    def marker(self) -> str:
        self._markers += 1
        return f"mark{self._markers}"


class ScriptedModel:
    """Answers each task, by its name, with what the script has for it, in order. `tasks` and `models` record the calls."""

    def __init__(self, outputs: Mapping[str, Sequence[Scripted]], spent: Spent = SPENT) -> None:
        self._outputs = {name: deque(answers) for name, answers in outputs.items()}
        self._spent = spent
        self.tasks: list[Task[Any]] = []
        self.models: list[str | None] = []

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        if task.name == PrimeCache.name and task.name not in self._outputs:
            raise UnusableAnswer("The script primes no cache.")
        self.tasks.append(task)
        self.models.append(model)
        left = self._outputs.get(task.name)
        assert left, f"the script has no answer left for {task.name}"
        answer = left.popleft()
        if isinstance(answer, Exception):
            raise answer
        output = answer if isinstance(answer, Model) else answer(task)
        return Answer(cast("Output", output), self._spent)
