"""Counts what a run costs and keeps it inside its budget."""

import asyncio
from dataclasses import dataclass
from typing import TypeVar

from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.domain.tailoring import TaskUsage, Usage
from backend.errors import BudgetSpent, UnusableAnswer
from backend.ports import Clock, LanguageModel
from backend.tasks.prompt_versions import version_of
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
# Estimates that are never too low: bytes per token for prose in any script, and dollars per token of the dearest models.
_BYTES_PER_TOKEN = 3
_INPUT_PRICE, _OUTPUT_PRICE = 5e-6, 25e-6


@dataclass(frozen=True)
class Budget:
    """The most that one run may use: tokens in and out together, and US dollars."""

    tokens: int = 400_000
    cost: float = 1.0


class MeteredModel:
    """A LanguageModel that refuses, with BudgetSpent, a call whose worst case would exceed the budget. Calls in flight
    count with their worst case, so concurrent ones cannot exceed it together."""

    def __init__(self, model: LanguageModel, budget: Budget, clock: Clock) -> None:
        self._model, self._budget, self._clock = model, budget, clock
        self._tasks: dict[tuple[str, str], TaskUsage] = {}
        self._tokens = self._reserved = 0
        self._cost = self._promised = 0.0

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        prompt = len("".join((task.instructions, *task.shared, task.question)).encode()) // _BYTES_PER_TOKEN
        worst, price = prompt + task.max_tokens, prompt * _INPUT_PRICE + task.max_tokens * _OUTPUT_PRICE
        if (
            self._tokens + self._reserved + worst > self._budget.tokens
            or self._cost + self._promised + price > self._budget.cost
        ):
            raise BudgetSpent(
                f"{task.name} could take {worst} tokens; {self._tokens} of {self._budget.tokens} are used and "
                f"${self._cost:.4f} of ${self._budget.cost:.2f}. Raise RUN_TOKEN_BUDGET or RUN_COST_BUDGET."
            )
        self._reserved, self._promised = self._reserved + worst, self._promised + price
        started = self._clock.monotonic()
        try:
            answer = await self._model.run(task, model)
        except UnusableAnswer as error:
            if error.spent:
                self._count(task, error.spent, self._clock.monotonic() - started)
            raise
        except asyncio.CancelledError:
            self._tokens += prompt  # what was asked is paid for, whoever still listens
            raise
        finally:
            self._reserved, self._promised = self._reserved - worst, self._promised - price
        self._count(task, answer.spent, self._clock.monotonic() - started)
        return answer

    def _count(self, task: Task[Output], spent: Spent, seconds: float) -> None:
        self._tokens += spent.input_tokens + spent.output_tokens
        self._cost += spent.cost or 0.0
        key, version = (task.name, spent.model), version_of(task.instructions)
        known = self._tasks.get(key, TaskUsage(task=task.name, model=spent.model))
        self._tasks[key] = TaskUsage(
            task=task.name,
            model=spent.model,
            calls=known.calls + 1,
            input_tokens=known.input_tokens + spent.input_tokens,
            cached_tokens=known.cached_tokens + spent.cached_tokens,
            output_tokens=known.output_tokens + spent.output_tokens,
            cost=_sum(known.cost, spent.cost),
            seconds=round(known.seconds + seconds, 4),
            prompt_version=version.number,
            prompt_hash=version.hash,
            instead_of=spent.instead_of,
        )

    def usage(self) -> Usage:
        tasks = tuple(self._tasks.values())
        costs = [task.cost for task in tasks]
        return Usage(
            calls=sum(task.calls for task in tasks),
            input_tokens=sum(task.input_tokens for task in tasks),
            cached_tokens=sum(task.cached_tokens for task in tasks),
            output_tokens=sum(task.output_tokens for task in tasks),
            cost=None if None in costs else round(sum(cost for cost in costs if cost), 6),
            seconds=round(sum(task.seconds for task in tasks), 4),
            tasks=tasks,
        )


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else round(one + other, 6)
