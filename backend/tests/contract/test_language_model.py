"""LanguageModel: the rule-based model, and the vendors' by the protocols of Anthropic and OpenAI."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx2
import pytest
from pydantic_ai.models import Model as VendorModel
from pydantic_ai.models.function import FunctionModel

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.adapters.language_model import VendorLanguageModel, Vendors, connect
from backend.domain.content import resume_evidence
from backend.domain.job import Job, JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.spent import Spent
from backend.domain.tailoring import Options
from backend.errors import InvalidInput, TailorError, UnusableAnswer, VendorUnavailable
from backend.ports import LanguageModel
from backend.tasks.analyze_job import AnalyzeJob, AnalyzeJobOutput
from backend.tasks.judge_relevance import JudgeRelevance, JudgeRelevanceOutput
from backend.tasks.task import Role, Task, prompt
from backend.tasks.write_edits import Brief, WriteEdits, WriteEditsOutput, WrittenEdit
from backend.tests.contract.wire import one_answer
from backend.tests.standin import (
    Answer,
    Drop,
    InvalidJson,
    Latency,
    MaxTokens,
    RecordedRequest,
    Refusal,
    Stall,
    StandIn,
    Status,
    refused_url,
)

KEY = "sk-ant-a-key-that-nobody-may-see"
ROLES: dict[str, dict[Role, str]] = {
    "anthropic": {
        "analyst": "anthropic:claude-haiku-4-5",
        "writer": "anthropic:claude-sonnet-4-6",
        "judge": "anthropic:claude-haiku-4-5",
    },
    "openai": {"analyst": "openai:gpt-4.1-mini", "writer": "openai:gpt-4.1", "judge": "openai:gpt-4.1-mini"},
}
OUTPUTS: dict[str, Model] = {
    "analyze_job": AnalyzeJobOutput(
        required_skills=["Python"],
        preferred_skills=[],
        seniority="senior",
        domain="logistics",
        culture_signals=[],
        key_requirements=[1],
    ),
    "write_edits": WriteEditsOutput(edits=[WrittenEdit(target=0, text="I am new.", cites=[1], requirements=["r1"])]),
    "judge_relevance": JudgeRelevanceOutput(score=70, issues=["The first line is about a party."]),
}


def as_told(request: RecordedRequest) -> Answer:
    """The right output for whichever task the prompt is of."""
    return next(o.model_dump_json() for name, o in OUTPUTS.items() if prompt(name) in request.system_text)


@pytest.fixture(scope="module")
def analysis() -> JobAnalysis:
    asks = Requirement(id="r1", text="Python in production", kind="skill", skills=("Python",))
    return JobAnalysis(required_skills=("Python",), requirements=(asks,))


@pytest.fixture(scope="module")
def analyze(sample_job: Job) -> AnalyzeJob:
    return AnalyzeJob(job=sample_job, marker="m1")


@pytest.fixture(scope="module")
def write(sample_resume: Resume, analysis: JobAnalysis) -> WriteEdits:
    brief = Brief(sample_resume, tuple(resume_evidence(sample_resume)), analysis, Options(), "m1")
    return WriteEdits(brief=brief, part="/summary", targets=(("/summary", ("r1",)),))


@pytest.fixture(scope="module")
def judge(sample_resume: Resume, analysis: JobAnalysis) -> JudgeRelevance:
    return JudgeRelevance(resume=sample_resume, analysis=analysis, marker="m1")


@asynccontextmanager
async def reached(
    protocol: str, url: str, retries: int = 0, patience: float = 10
) -> AsyncIterator[VendorLanguageModel]:
    """The models of a vendor whose server is at this URL."""
    vendors = connect(
        anthropic_key=KEY if protocol == "anthropic" else None,
        anthropic_url=url,
        openai_key=KEY if protocol == "openai" else None,
        openai_url=f"{url}/v1" if protocol == "openai" else None,
        timeout=patience,
        retries=retries,
    )
    model = VendorLanguageModel(vendors, ROLES[protocol])
    try:
        yield model
    finally:
        await model.close()


@pytest.fixture(params=["anthropic", "openai"])
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def model(protocol: str, vendor: StandIn) -> AsyncIterator[VendorLanguageModel]:
    vendor.responder = as_told
    async with reached(protocol, vendor.url) as found:
        yield found


@pytest.fixture
async def claude(vendor: StandIn) -> AsyncIterator[VendorLanguageModel]:
    vendor.responder = as_told
    async with reached("anthropic", vendor.url) as found:
        yield found


@pytest.fixture(params=["rule-based", "anthropic", "openai"])
async def any_model(request: pytest.FixtureRequest, vendor: StandIn, lexicon: Lexicon) -> AsyncIterator[LanguageModel]:
    if request.param == "rule-based":
        yield RuleBasedModel(lexicon)
        return
    vendor.responder = as_told
    async with reached(request.param, vendor.url) as found:
        yield found


# Every model


async def test_a_job_is_analyzed(any_model: LanguageModel, analyze: AnalyzeJob) -> None:
    answer = await any_model.run(analyze)
    assert type(answer.output) is AnalyzeJobOutput
    assert "Python" in answer.output.required_skills


async def test_edits_are_written(any_model: LanguageModel, write: WriteEdits) -> None:
    answer = await any_model.run(write)
    assert type(answer.output) is WriteEditsOutput
    assert all(0 < number <= len(write.brief.evidence) for edit in answer.output.edits for number in edit.cites)


async def test_relevance_is_judged(any_model: LanguageModel, judge: JudgeRelevance) -> None:
    answer = await any_model.run(judge)
    assert type(answer.output) is JudgeRelevanceOutput
    assert 0 <= answer.output.score <= 100


async def test_the_same_task_gets_the_same_output(any_model: LanguageModel, write: WriteEdits) -> None:
    assert (await any_model.run(write)).output == (await any_model.run(write)).output


async def test_every_answer_says_what_it_cost(any_model: LanguageModel, judge: JudgeRelevance) -> None:
    spent = (await any_model.run(judge)).spent
    assert type(spent) is Spent
    assert spent.model
    assert 0 <= spent.cached_tokens <= spent.input_tokens


# The rule-based model


async def test_rules_cost_nothing(lexicon: Lexicon, judge: JudgeRelevance) -> None:
    spent = (await RuleBasedModel(lexicon).run(judge)).spent
    assert (spent.input_tokens, spent.output_tokens, spent.cost) == (0, 0, 0.0)


async def test_rules_rewrite_a_summary_with_its_own_sentences(lexicon: Lexicon, analysis: JobAnalysis) -> None:
    opening, aside, point = "I work as a backend engineer.", "I like long walks at sea.", "I write Python every day."
    resume = Resume(summary=f"{opening} {aside} {point}")
    brief = Brief(resume, tuple(resume_evidence(resume)), analysis, Options(), "m1")
    task = WriteEdits(brief=brief, part="/summary", targets=(("/summary", ("r1",)),))
    (edit,) = (await RuleBasedModel(lexicon).run(task)).output.edits
    assert (edit.target, edit.cites, edit.text) == (0, [1], f"{opening} {point} {aside}")


async def test_a_task_without_a_rule_is_refused(lexicon: Lexicon) -> None:
    class Unknown(Task[JudgeRelevanceOutput]):
        name = "unknown"
        role = "judge"
        output = JudgeRelevanceOutput

    with pytest.raises(UnusableAnswer, match="no rule for unknown"):
        await RuleBasedModel(lexicon).run(Unknown())


# What goes over the wire


async def test_anthropic_is_given_the_schema_of_the_output(
    claude: VendorLanguageModel, vendor: StandIn, write: WriteEdits
) -> None:
    await claude.run(write)
    (request,) = vendor.requests
    assert request.body["output_config"]["format"]["type"] == "json_schema"
    assert list((request.schema or {})["properties"]) == ["edits"]
    assert "tools" not in request.body


async def test_openai_is_given_the_schema_of_the_output(vendor: StandIn, write: WriteEdits) -> None:
    vendor.responder = as_told
    async with reached("openai", vendor.url) as gpt:
        await gpt.run(write)
    wanted = vendor.requests[0].body["response_format"]["json_schema"]
    assert (wanted["name"], wanted["strict"]) == ("write_edits", True)
    assert list(wanted["schema"]["properties"]) == ["edits"]


async def test_the_prompt_is_instructions_then_what_is_shared_then_the_question(
    model: VendorLanguageModel, vendor: StandIn, write: WriteEdits
) -> None:
    await model.run(write)
    (request,) = vendor.requests
    assert request.system_text == write.instructions
    assert [block["text"] for block in request.body["messages"][-1]["content"]] == [*write.shared, write.question]


async def test_the_prompt_of_a_task_that_shares_nothing_is_instructions_then_the_question(
    model: VendorLanguageModel, vendor: StandIn, analyze: AnalyzeJob
) -> None:
    await model.run(analyze)
    (request,) = vendor.requests
    assert (request.system_text, request.user_text) == (analyze.instructions, analyze.question)


async def test_anthropic_may_cache_the_instructions_and_what_is_shared(
    claude: VendorLanguageModel, vendor: StandIn, write: WriteEdits
) -> None:
    await claude.run(write)
    body = vendor.requests[0].body
    *shared, question = body["messages"][0]["content"]
    assert [block["cache_control"]["type"] for block in (body["system"][-1], *shared)] == ["ephemeral"] * 3
    assert "cache_control" not in question


async def test_the_second_call_of_a_run_reads_the_prompt_from_the_cache(
    claude: VendorLanguageModel, write: WriteEdits
) -> None:
    first = (await claude.run(write)).spent
    other = WriteEdits(brief=write.brief, part="/work_experience/0", targets=())
    second = (await claude.run(other)).spent
    assert first.cached_tokens == 0
    assert second.cached_tokens == (len(write.instructions) + sum(map(len, write.shared)) + 3) // 4
    assert second.input_tokens > second.cached_tokens


async def test_the_answer_is_bounded_and_as_sure_as_can_be(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance
) -> None:
    await model.run(judge)
    body = vendor.requests[0].body
    assert body.get("max_tokens", body.get("max_completion_tokens")) == judge.max_tokens
    assert body["temperature"] == 0


async def test_each_role_has_its_model(
    model: VendorLanguageModel,
    protocol: str,
    vendor: StandIn,
    analyze: AnalyzeJob,
    write: WriteEdits,
    judge: JudgeRelevance,
) -> None:
    for task in (analyze, write, judge):
        await model.run(task)
    asked = [f"{protocol}:{request.model}" for request in vendor.requests]
    assert asked == [ROLES[protocol][role] for role in ("analyst", "writer", "judge")]


@pytest.mark.parametrize("name", ["anthropic:claude-opus-4-5", "openai:llama3.2"])
async def test_a_named_model_is_used_in_place_of_the_roles_own(vendor: StandIn, write: WriteEdits, name: str) -> None:
    vendor.responder = as_told
    protocol, _, wanted = name.partition(":")
    async with reached(protocol, vendor.url) as model:
        answer = await model.run(write, name)
    assert vendor.requests[0].model == wanted
    assert answer.spent.model == name


@pytest.mark.parametrize("name", ["openai:gpt-5", "anthropic:claude-opus-4-7"])
async def test_a_model_that_takes_no_temperature_is_given_none(
    vendor: StandIn, judge: JudgeRelevance, name: str
) -> None:
    vendor.responder = as_told
    async with reached(name.partition(":")[0], vendor.url) as model:
        await model.run(judge, name)
    assert "temperature" not in vendor.requests[0].body


async def test_a_model_without_structured_output_is_invalid_input(
    claude: VendorLanguageModel, write: WriteEdits
) -> None:
    with pytest.raises(InvalidInput, match="JSON schema"):
        await claude.run(write, "anthropic:claude-3-5-sonnet-latest")


async def test_one_run_can_use_both_vendors(vendor: StandIn, write: WriteEdits) -> None:
    vendor.responder = as_told
    vendors = connect(
        anthropic_key=KEY, anthropic_url=vendor.url, openai_key=None, openai_url=vendor.v1, timeout=1, retries=0
    )
    model = VendorLanguageModel(vendors, ROLES["anthropic"])
    await model.run(write)
    await model.run(write, "openai:llama3.2")
    await model.close()
    assert [request.path for request in vendor.requests] == ["/v1/messages", "/v1/chat/completions"]


@pytest.mark.parametrize("name", ["claude-sonnet-4-6", "anthropic:", "mystery:model", ":"])
async def test_a_model_that_cannot_be_used_is_invalid_input(
    claude: VendorLanguageModel, write: WriteEdits, name: str
) -> None:
    with pytest.raises(InvalidInput, match="anthropic:NAME or openai:NAME"):
        await claude.run(write, name)


@pytest.mark.parametrize(("protocol", "other"), [("anthropic", "openai:gpt-4.1"), ("openai", "anthropic:claude-x")])
async def test_a_vendor_without_a_key_is_not_used(protocol: str, other: str, write: WriteEdits) -> None:
    async with reached(protocol, refused_url()) as model:
        with pytest.raises(InvalidInput, match="key"):
            await model.run(write, other)


# What it costs


@pytest.mark.parametrize(
    ("name", "dollars_in", "dollars_out"), [("claude-haiku-4-5", 1, 5), ("claude-sonnet-4-6", 3, 15)]
)
async def test_the_cost_of_a_known_model_is_its_published_price(
    vendor: StandIn, judge: JudgeRelevance, name: str, dollars_in: float, dollars_out: float
) -> None:
    vendor.responder = as_told
    async with reached("anthropic", vendor.url) as claude:
        await claude.run(judge, f"anthropic:{name}")
        spent = (await claude.run(judge, f"anthropic:{name}")).spent
    fresh = spent.input_tokens - spent.cached_tokens
    dollars = dollars_in * (fresh + spent.cached_tokens / 10) + dollars_out * spent.output_tokens
    assert spent.cached_tokens > 0
    assert spent.cost == pytest.approx(dollars / 1e6)


async def test_the_cost_of_a_model_without_a_price_is_unknown(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = as_told
    async with reached("openai", vendor.url) as model:
        spent = (await model.run(judge, "openai:my-own-model")).spent
    assert spent.cost is None
    assert spent.input_tokens > 0


# What can go wrong


@pytest.mark.parametrize("fault", [Status(429), Status(500), Status(529), Status(401), Status(403), Drop()])
async def test_a_vendor_that_fails_is_unavailable(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(VendorUnavailable) as raised:
        await model.run(judge)
    assert raised.value.retryable


async def test_an_answer_that_takes_too_long_is_unavailable(
    protocol: str, vendor: StandIn, judge: JudgeRelevance
) -> None:
    vendor.answer(Stall(60))
    async with reached(protocol, vendor.url, patience=0.2) as model:
        with pytest.raises(VendorUnavailable, match="in time"):
            await model.run(judge)


async def test_a_refused_connection_is_unavailable(protocol: str, judge: JudgeRelevance) -> None:
    async with reached(protocol, refused_url()) as model:
        with pytest.raises(VendorUnavailable, match="no connection"):
            await model.run(judge)


@pytest.mark.parametrize(
    "wait", [Status(429, retry_after=7), Status(529, retry_after=7), Status(503, retry_after_ms=7000)]
)
async def test_it_says_when_the_vendor_wants_to_be_asked_again(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, wait: Answer
) -> None:
    vendor.answer(wait)
    with pytest.raises(VendorUnavailable) as raised:
        await model.run(judge)
    assert raised.value.retry_after == 7


UNUSABLE: list[Answer] = [
    InvalidJson(),
    InvalidJson(""),
    InvalidJson("null"),
    InvalidJson('{"score": 70}'),
    InvalidJson('{"score": "high", "issues": []}'),
    InvalidJson('{"score": 70, "issues": [], "verdict": "hire"}'),
    InvalidJson('{"score": 1000, "issues": []}'),  # the schema that Anthropic takes has no maximum
    Refusal(),
    Refusal(""),
    MaxTokens('{"score": 70, "iss'),
    MaxTokens('{"score": 70, "issues": []}'),
    Status(400),
    Status(404),
]


@pytest.mark.parametrize("answer", UNUSABLE)
async def test_an_answer_that_is_none_is_unusable(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, answer: Answer
) -> None:
    vendor.answer(answer)
    with pytest.raises(UnusableAnswer):
        await model.run(judge)


async def test_an_answer_that_keeps_to_the_schema_is_passed_on_however_wrong(
    model: VendorLanguageModel, vendor: StandIn, write: WriteEdits
) -> None:
    nonsense = WriteEditsOutput(edits=[WrittenEdit(target=-3, text="", cites=[999], requirements=["none"])])
    vendor.answer(nonsense.model_dump_json())
    assert (await model.run(write)).output == nonsense


BODIES = [
    b"<html>A proxy.</html>",
    b"{",
    b"\xff\xfe",
    b"",
    b"{}",
    b"null",
    b"[]",
    b'{"id": "x", "object": "chat.completion", "created": 0, "model": "m", "choices": []}',
    b'{"id": "x", "type": "message", "role": "assistant", "content": [{"type": "text", "text": "{}"}]}',
]


@pytest.mark.parametrize(
    ("body", "content_type"), [(body, "application/json") for body in BODIES] + [(BODIES[0], "text/html")]
)
async def test_a_server_that_is_no_model_is_one_of_our_errors(
    protocol: str, judge: JudgeRelevance, body: bytes, content_type: str
) -> None:
    async with one_answer(body, content_type) as url, reached(protocol, url) as model:
        with pytest.raises((VendorUnavailable, UnusableAnswer)):
            await model.run(judge)


class Failing(Vendors):
    """Whose models fail with an error that no library has wrapped."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        object.__setattr__(self, "error", error)  # the base is frozen

    def model(self, name: str) -> VendorModel[Any]:
        def fail(*_: Any) -> Any:
            raise self.error  # type: ignore[attr-defined]

        return FunctionModel(fail)


@pytest.mark.parametrize(
    "error",
    [
        httpx2.ReadTimeout("too slow"),
        httpx2.ConnectError("refused"),
        httpx2.RemoteProtocolError("garbled"),
        aiohttp.ClientConnectionError("gone"),
        aiohttp.ServerDisconnectedError(),
        aiohttp.ServerTimeoutError(),
        TimeoutError(),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_error_of_the_http_library_is_unavailable(judge: JudgeRelevance, error: Exception) -> None:
    with pytest.raises(VendorUnavailable):
        await VendorLanguageModel(Failing(error), ROLES["anthropic"]).run(judge)


@pytest.mark.parametrize("fault", [Status(429, retry_after_ms=1), Status(529, retry_after_ms=1), Drop()])
async def test_a_retry_makes_good_for_a_failure(
    protocol: str, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault, OUTPUTS["judge_relevance"].model_dump())
    async with reached(protocol, vendor.url, retries=1) as model:
        assert (await model.run(judge)).output == OUTPUTS["judge_relevance"]
    assert len(vendor.requests) == 2


async def test_it_gives_up_after_its_retries(protocol: str, vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = lambda _: Status(429, retry_after_ms=1)
    async with reached(protocol, vendor.url, retries=2) as model:
        with pytest.raises(VendorUnavailable):
            await model.run(judge)
    assert len(vendor.requests) == 3


async def test_an_unusable_answer_is_not_asked_for_again(protocol: str, vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.answer(InvalidJson())
    async with reached(protocol, vendor.url, retries=2) as model:
        with pytest.raises(UnusableAnswer):
            await model.run(judge)
    assert len(vendor.requests) == 1


LEAKY: list[Answer] = [
    Status(401, message=f"{KEY} is no key."),
    Status(400, message=f"{KEY} is no key."),
    Status(500, message=KEY),
    InvalidJson(KEY),
    Refusal(KEY),
    Drop(),
]


@pytest.mark.parametrize("fault", LEAKY)
async def test_no_error_tells_the_key_even_when_the_vendor_does(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(TailorError) as raised:
        await model.run(judge)
    assert KEY not in f"{raised.value} {raised.value!r} {raised.value.detail}"


@pytest.mark.parametrize("fault", [Status(401), Status(500), Drop(), Refusal()])
async def test_a_logged_traceback_does_not_tell_the_key(
    model: VendorLanguageModel, vendor: StandIn, judge: JudgeRelevance, fault: Answer
) -> None:
    vendor.answer(fault)
    with pytest.raises(TailorError) as raised:
        await model.run(judge)
    assert KEY not in "".join(traceback.format_exception(raised.value))


async def test_calls_at_the_same_time_do_not_wait_for_each_other(vendor: StandIn, judge: JudgeRelevance) -> None:
    vendor.responder = as_told
    vendor.latency = {"": Latency(first_byte=0.5)}
    async with reached("anthropic", vendor.url) as model:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await asyncio.gather(*(model.run(judge) for _ in range(8)))
        assert loop.time() - started < 2.5
