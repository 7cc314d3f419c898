"""Answers of models and embedders, kept as they arrive, so that a run which is taken up again pays for none of them twice.

Why answers and not stages: a run does the same with the same answers, so replaying it to where it was costs nothing but the
little that code does; and a stage that was cut short half-way keeps its half.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeVar

import numpy as np

from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.errors import UnusableAnswer
from backend.ports import Embedder, LanguageModel, StepJournal, Vectors
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
Watch = Callable[[Task[Any], Model], Awaitable[None]]
"""Told of every answer, kept or new."""


@dataclass
class Journal:
    """One run's answers. The same question asked again within a run is another question."""

    user_id: str
    run_id: str
    store: StepJournal
    known: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    _asked: Counter[str] = field(default_factory=Counter)

    def key(self, *parts: str) -> str:
        """Call it once for every question."""
        name = _named(parts)
        self._asked[name] += 1
        return f"{name}.{self._asked[name]}"

    def asking(self, task: Task[Any], model: str | None) -> str:
        """The key of the question that was asked last in these words."""
        name = _named(_words(task, model))
        return f"{name}.{self._asked[name]}"

    async def rewind(self) -> None:
        """To the beginning, with every answer that is kept by now."""
        self.known = await self.store.steps(self.user_id, self.run_id)
        self._asked.clear()

    async def keep(self, key: str, step: Mapping[str, Any]) -> None:
        await self.store.keep(self.user_id, self.run_id, key, step)


@dataclass(frozen=True)
class JournaledModel:
    """A LanguageModel that gives kept answers without asking. What an answer of no use cost is kept too."""

    model: LanguageModel
    journal: Journal
    watch: Watch

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        key = self.journal.key(*_words(task, model))
        step = self.journal.known.get(key)
        answer = await self._ask(task, model, key) if step is None else _kept(task, step)
        await self.watch(task, answer.output)
        return answer

    async def _ask(self, task: Task[Output], model: str | None, key: str) -> Answer[Output]:
        try:
            answer = await self.model.run(task, model)
        except UnusableAnswer as error:
            spent = asdict(error.spent) if error.spent else None
            await self.journal.keep(key, {"unusable": error.detail, "spent": spent})
            raise
        output = answer.output.model_dump(mode="json")
        await self.journal.keep(key, {"output": output, "spent": asdict(answer.spent)})
        return answer


class JournaledEmbedder:
    """An Embedder that gives the vectors of kept queries without asking. Documents are kept by the index."""

    def __init__(self, embedder: Embedder, journal: Journal) -> None:
        self.name, self.size, self.floor = embedder.name, embedder.size, embedder.floor
        self._embedder, self._journal = embedder, journal

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        if kind == "document":
            return await self._embedder.embed(texts, kind)
        key = self._journal.key("embed", self.name, json.dumps(list(texts)))
        step = self._journal.known.get(key)
        if step is not None:
            data = base64.b64decode(step["vectors"])
            return np.frombuffer(data, dtype="<f4").reshape(len(texts), -1).astype(np.float32)
        vectors = await self._embedder.embed(texts, kind)
        packed = base64.b64encode(np.ascontiguousarray(vectors, dtype="<f4").tobytes()).decode()
        await self._journal.keep(key, {"vectors": packed})
        return vectors


def _words(task: Task[Any], model: str | None) -> tuple[str, ...]:
    return task.name, model or "", task.instructions, *task.shared, task.question


def _named(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _kept(task: Task[Output], step: Mapping[str, Any]) -> Answer[Output]:
    spent = Spent(**step["spent"]) if step.get("spent") else None
    if "unusable" in step:
        raise UnusableAnswer(step["unusable"], spent=spent)
    return Answer(task.output.model_validate(step["output"]), spent or Spent(""))
