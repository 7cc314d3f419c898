"""Answers that are kept, and given again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from backend.domain.job import Job
from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.errors import UnusableAnswer, VendorUnavailable
from backend.services.run_journal import Journal, JournaledEmbedder, JournaledModel
from backend.tasks.analyze_job import AnalyzeJob, AnalyzeJobOutput
from backend.tasks.task import Task
from backend.tests.doubles import SPENT, ScriptedModel


@dataclass
class MemorySteps:
    kept: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    async def steps(self, user_id: str, run_id: str) -> Mapping[str, Mapping[str, Any]]:
        return dict(self.kept)

    async def keep(self, user_id: str, run_id: str, key: str, step: Mapping[str, Any]) -> None:
        self.kept.setdefault(key, step)

    async def drop(self, user_id: str, run_id: str) -> None:
        self.kept.clear()


class Said:
    """An embedder whose vectors count how often it was asked."""

    name, size, floor = "said", 2, 0.0

    def __init__(self) -> None:
        self.asked = 0

    async def embed(self, texts: Any, kind: str) -> Any:
        self.asked += 1
        return np.full((len(texts), 2), self.asked, dtype=np.float32)


def output(skill: str) -> AnalyzeJobOutput:
    return AnalyzeJobOutput(
        required_skills=[skill],
        preferred_skills=[],
        seniority="senior",
        domain="",
        culture_signals=[],
        key_requirements=[],
    )


TASK = AnalyzeJob(job=Job(text="Python"), marker="m1")
OTHER = AnalyzeJob(job=Job(text="Go"), marker="m1")


async def silent(task: Task[Any], answer: Model) -> None: ...


def model(script: list[Any], store: MemorySteps) -> tuple[JournaledModel, ScriptedModel]:
    asked = ScriptedModel({"analyze_job": script})
    return JournaledModel(asked, Journal("ana", "r1", store, dict(store.kept)), silent), asked


async def test_a_kept_answer_is_given_again_with_what_it_cost() -> None:
    store = MemorySteps()
    first, _ = model([output("Python")], store)
    answer = await first.run(TASK)
    again, asked = model([], store)
    assert await again.run(TASK) == answer
    assert answer.spent == SPENT
    assert asked.tasks == []


async def test_another_question_is_asked() -> None:
    store = MemorySteps()
    await model([output("Python")], store)[0].run(TASK)
    again, asked = model([output("Go"), output("Rust")], store)
    assert (await again.run(OTHER)).output == output("Go")
    assert (await again.run(TASK, "openai:gpt-5")).output == output("Rust")
    assert len(asked.tasks) == 2


async def test_the_same_question_twice_in_a_run_is_asked_twice_and_kept_twice() -> None:
    store = MemorySteps()
    first, _ = model([output("Python"), output("Go")], store)
    answers = [(await first.run(TASK)).output for _ in range(2)]
    again, _ = model([], store)
    assert [(await again.run(TASK)).output for _ in range(2)] == answers == [output("Python"), output("Go")]


async def test_an_answer_of_no_use_is_not_paid_for_again() -> None:
    store = MemorySteps()
    spent = Spent("m", 10, 0, 5, 0.1)
    first, _ = model([UnusableAnswer("Not JSON.", spent=spent)], store)
    again = None
    for journaled in (first, again):
        known = journaled or model([], store)[0]
        with pytest.raises(UnusableAnswer, match="Not JSON") as caught:
            await known.run(TASK)
        assert caught.value.spent == spent


async def test_a_vendor_that_was_away_is_asked_again() -> None:
    store = MemorySteps()
    first, _ = model([VendorUnavailable("Down.")], store)
    with pytest.raises(VendorUnavailable):
        await first.run(TASK)
    again, _ = model([output("Python")], store)
    assert (await again.run(TASK)).output == output("Python")


async def test_vectors_of_queries_are_kept_and_those_of_documents_are_not() -> None:
    store, said = MemorySteps(), Said()
    first = JournaledEmbedder(said, Journal("ana", "r1", store))
    vectors = await first.embed(["a", "b"], "query")
    await first.embed(["a"], "document")
    again = JournaledEmbedder(said, Journal("ana", "r1", store, dict(store.kept)))
    found = await again.embed(["a", "b"], "query")
    assert found.dtype == np.float32
    assert (found == vectors).all()
    assert said.asked == 2
    await again.embed(["a"], "document")
    assert said.asked == 3
