"""A run whose vendors are down: what it still comes to, and that it says what it did without."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NoReturn

import pytest

from backend.adapters.embedded.memory_index import MemoryIndex
from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.data import load_lexicon
from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.tailoring import Options, Tailoring
from backend.errors import SpendLimitReached, UnusableAnswer, VendorUnavailable
from backend.pipeline.run import TailoringRequest
from backend.ports import LanguageModel, Point, Vectors
from backend.tests.doubles import SPENT, ScriptedModel
from backend.tests.unit.pipeline.scene import DOCUMENT, JOB, USER, Scene, WordEmbedder, scripted

DOWN = VendorUnavailable("It is not available.", retry_after=30)
TERRAFORM = Chunk(
    text="Moved the booking service's machines to Terraform",
    chunk_type="achievement",
    metadata=ChunkMetadata(company="Harborline Freight", role="Software Engineer"),
)


class NoEmbedder(WordEmbedder):
    """Down from its call number `after`."""

    def __init__(self, after: int = 0) -> None:
        super().__init__()
        self.left = after

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        self.left -= 1
        if self.left < 0:
            raise DOWN
        return await super().embed(texts, kind)


class NoIndex(MemoryIndex):
    put_calls = 0

    async def put(self, user_id: str, points: Sequence[Point]) -> None:
        self.put_calls += 1

    async def missing(self, *_: Any) -> NoReturn:
        raise DOWN

    async def search(self, *_: Any, **__: Any) -> NoReturn:
        raise DOWN


class NoModel:
    def __init__(self, error: Exception = DOWN) -> None:
        self.error = error

    async def run(self, *_: Any) -> NoReturn:
        raise self.error


@dataclass
class Outage(Scene):
    """A scene with what stands in for models."""

    model: LanguageModel = field(default_factory=lambda: scripted())

    async def run(self, *, rules: bool = False) -> Tailoring:
        by_rule = RuleBasedModel(load_lexicon())
        request = TailoringRequest(USER, "resume-1", DOCUMENT, JOB, Options(allow_rule_based=rules))
        return await replace(self.pipeline, rules=by_rule).run(request)


@pytest.mark.parametrize("after", [0, 1, 2], ids=["at first", "after indexing", "after the coarse search"])
async def test_without_embeddings_evidence_is_found_by_words(after: int) -> None:
    scene = Outage(embedder=NoEmbedder(after))
    await scene.chunks.put(USER, [TERRAFORM])
    tailoring = await scene.run()
    assert tailoring.degraded == ("words_only",)
    assert any("by their words alone" in warning for warning in tailoring.warnings)
    assert TERRAFORM.id in {e for item in tailoring.plan.items for e in (m.evidence for m in item.matches)}


async def test_without_an_index_evidence_is_found_by_words_and_nothing_is_put_there() -> None:
    index = NoIndex()
    scene = Outage(index=index)
    await scene.chunks.put(USER, [TERRAFORM])
    tailoring = await scene.run()
    assert tailoring.degraded == ("words_only",)
    assert TERRAFORM.id in {e for item in tailoring.plan.items for e in (m.evidence for m in item.matches)}
    assert index.put_calls == 0


async def test_words_alone_find_what_shows_each_skill_that_both_ways_find() -> None:
    whole, words = await Outage().run(), await Outage(embedder=NoEmbedder()).run()
    assert [item.action for item in words.plan.items] == [item.action for item in whole.plan.items]
    assert whole.degraded == ()


async def test_chunks_that_are_no_facts_are_no_evidence_then_either() -> None:
    scene = Outage(embedder=NoEmbedder())
    await scene.chunks.put(USER, [TERRAFORM.model_copy(update={"lens": "strategy"})])
    tailoring = await scene.run()
    assert "Terraform" in [gap.text for gap in tailoring.gaps]


async def test_without_a_model_a_run_fails_and_says_when_to_come_back() -> None:
    with pytest.raises(VendorUnavailable) as raised:
        await Outage(NoModel()).run()
    assert raised.value.retry_after == 30


@pytest.mark.parametrize("error", [DOWN, SpendLimitReached("Spent.")], ids=["down", "spent"])
async def test_without_a_model_rules_answer_if_they_may(error: Exception) -> None:
    tailoring = await Outage(NoModel(error)).run(rules=True)
    assert tailoring.degraded == ("rule_based_model",)
    assert any("as you allowed" in warning for warning in tailoring.warnings)
    assert {task.model for task in tailoring.usage.tasks} == {"rule-based"}
    assert tailoring.usage.cost == 0


async def test_a_poor_answer_is_no_reason_to_ask_the_rules() -> None:
    with pytest.raises(UnusableAnswer):
        await Outage(NoModel(UnusableAnswer("No JSON."))).run(rules=True)


async def test_a_model_that_answers_is_not_replaced_by_rules_that_may() -> None:
    model: ScriptedModel = scripted()
    tailoring = await Outage(model).run(rules=True)
    assert tailoring.degraded == ()
    assert {task.model for task in tailoring.usage.tasks} == {"scripted"}


async def test_another_model_in_the_place_of_the_wanted_one_is_told() -> None:
    tailoring = await Outage(scripted(spent=replace(SPENT, instead_of="anthropic:wanted"))).run()
    assert tailoring.degraded == ("fallback_model",)
    assert "anthropic:wanted was not available, so scripted answered in its place." in tailoring.warnings
    assert {task.instead_of for task in tailoring.usage.tasks} == {"anthropic:wanted"}
