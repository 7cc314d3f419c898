"""Each kind of fault at a model's vendor: what the guarded adapter makes of it, and how often it asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.adapters.language_model import VendorLanguageModel, connect
from backend.adapters.resilience import Backoff, Guard, GuardedModel, Policy
from backend.adapters.system import SystemClock
from backend.domain.job import JobAnalysis
from backend.domain.resume import Resume
from backend.errors import SpendLimitReached, TailorError, UnusableAnswer, VendorRefuses, VendorUnavailable
from backend.tasks.judge_relevance import JudgeRelevance, JudgeRelevanceOutput
from backend.tasks.task import Role
from backend.tests.faults.vendors.kinds import KINDS, NEVER_AGAIN, Refused
from backend.tests.standin import StandIn, Status, refused_url

ANSWER = JudgeRelevanceOutput(score=70, issues=[]).model_dump()
HAIKU, SONNET = "anthropic:claude-haiku-4-5", "anthropic:claude-sonnet-4-6"
FAULTS = {name: kind for name, kind in KINDS.items() if not isinstance(kind, Refused)}
MAY_PASS = sorted(FAULTS.keys() - NEVER_AGAIN)


@pytest.fixture
def judge(sample_resume: Resume) -> JudgeRelevance:
    return JudgeRelevance(resume=sample_resume, analysis=JobAnalysis(), marker="m1")


@asynccontextmanager
async def guarded(
    url: str, *, retries: int = 1, fallback: str = "", openai: str | None = None, failures: int = 100
) -> AsyncIterator[GuardedModel]:
    vendors = connect(
        anthropic_key="sk-ant-x", anthropic_url=url, openai_key=None, openai_url=openai, timeout=0.3, retries=0
    )
    model = VendorLanguageModel(vendors, {})
    policy = Policy(retries, Backoff(0.01, 0.01), failures, rest=15.0)
    guards = {name: Guard(name, policy, SystemClock(), chance=lambda: 0.5) for name in ("anthropic", "openai")}
    roles: tuple[Role, ...] = ("analyst", "writer", "judge")
    try:
        yield GuardedModel(
            model,
            models=dict.fromkeys(roles, HAIKU),
            fallbacks=dict.fromkeys(roles, fallback) if fallback else {},
            guards=guards,
            deadlines=dict.fromkeys(roles, 5.0),
        )
    finally:
        await model.close()


@pytest.mark.parametrize("name", MAY_PASS)
async def test_a_fault_that_passes_is_made_good_by_asking_again(
    vendor: StandIn, judge: JudgeRelevance, name: str
) -> None:
    vendor.answer(FAULTS[name], ANSWER)
    async with guarded(vendor.url) as model:
        assert (await model.run(judge)).output.score == 70
    assert len(vendor.requests) == 2


@pytest.mark.parametrize("name", MAY_PASS)
async def test_a_fault_that_stays_is_unavailable_and_says_when_to_come_back(
    vendor: StandIn, judge: JudgeRelevance, name: str
) -> None:
    vendor.answer(FAULTS[name], FAULTS[name])
    async with guarded(vendor.url) as model:
        with pytest.raises(VendorUnavailable) as raised:
            await model.run(judge)
    assert raised.value.retry_after
    assert raised.value.retry_after >= 1
    assert vendor.responder.left == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("400", UnusableAnswer),
        ("401", VendorRefuses),
        ("403", VendorRefuses),
        ("wrong schema", UnusableAnswer),
        ("spend limit", SpendLimitReached),
    ],
)
async def test_a_fault_that_cannot_pass_is_typed_and_asked_about_once(
    vendor: StandIn, judge: JudgeRelevance, name: str, kind: type[TailorError]
) -> None:
    vendor.responder = lambda _: FAULTS[name]
    async with guarded(vendor.url, retries=5) as model:
        with pytest.raises(kind):
            await model.run(judge)
    assert len(vendor.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Status(402, kind="billing_error"),
        Status(400, message="You have reached your specified API usage limits. You will regain access on 2027-01-01."),
        Status(429, message="This would exceed the workspace's spend limit."),
    ],
)
async def test_anthropics_ways_to_say_that_a_limit_is_spent(
    vendor: StandIn, judge: JudgeRelevance, fault: Status
) -> None:
    vendor.responder = lambda _: fault
    async with guarded(vendor.url, retries=5) as model:
        with pytest.raises(SpendLimitReached) as raised:
            await model.run(judge)
    assert not raised.value.retryable
    assert len(vendor.requests) == 1


async def test_openais_429_for_a_spent_quota_is_not_one_for_a_rate(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(429, kind="insufficient_quota")
    async with guarded(refused_url(), retries=5, openai=vendor.v1) as model:
        with pytest.raises(SpendLimitReached):
            await model.run(judge, "openai:gpt-4.1")
    assert len(vendor.requests) == 1


async def test_a_refused_connection_is_unavailable(judge: JudgeRelevance) -> None:
    async with guarded(refused_url()) as model:
        with pytest.raises(VendorUnavailable, match="no connection"):
            await model.run(judge)


async def test_another_model_answers_for_one_that_is_overloaded(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda request: Status(529) if "haiku" in request.model else '{"score": 70, "issues": []}'
    async with guarded(vendor.url, retries=0, fallback=SONNET) as model:
        spent = (await model.run(judge)).spent
    assert (spent.model, spent.instead_of) == (SONNET, HAIKU)


async def test_a_model_that_the_caller_named_has_no_other_in_its_place(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(529)
    async with guarded(vendor.url, retries=0, fallback=SONNET) as model:
        with pytest.raises(VendorUnavailable):
            await model.run(judge, HAIKU)
    assert [request.model for request in vendor.requests] == ["claude-haiku-4-5"]


async def test_a_spent_limit_is_the_same_for_all_models_of_a_vendor(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(402)
    async with guarded(vendor.url, fallback=SONNET) as model:
        with pytest.raises(SpendLimitReached):
            await model.run(judge)
    assert len(vendor.requests) == 1


async def test_a_spent_limit_at_one_vendor_leaves_another(vendor: StandIn, judge: JudgeRelevance) -> None:
    said = '{"score": 70, "issues": []}'
    vendor.responder = lambda request: Status(402) if "haiku" in request.model else said
    async with guarded(vendor.url, fallback="openai:gpt-4.1", openai=vendor.v1) as model:
        assert (await model.run(judge)).spent.model == "openai:gpt-4.1"


async def test_a_vendor_that_is_left_alone_hears_nothing(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(500)
    async with guarded(vendor.url, retries=0, failures=2) as model:
        for _ in range(6):
            with pytest.raises(VendorUnavailable):
                await model.run(judge)
    assert len(vendor.requests) == 2
