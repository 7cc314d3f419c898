"""LanguageModel: the rule-based model, and the vendors' by the protocols of Anthropic and OpenAI."""

import pytest

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.adapters.language_model import VendorLanguageModel, connect
from backend.domain.content import resume_evidence
from backend.domain.job import JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.spent import Spent
from backend.domain.tailoring import Options
from backend.errors import InvalidInput, UnusableAnswer
from backend.ports import LanguageModel
from backend.tasks.analyze_job import AnalyzeJob, AnalyzeJobOutput
from backend.tasks.judge_relevance import JudgeRelevance, JudgeRelevanceOutput
from backend.tasks.task import Task
from backend.tasks.write_edits import Brief, WriteEdits, WriteEditsOutput
from backend.tests.contract.vendor_models import KEY, ROLES, as_told, reached
from backend.tests.standin import (
    StandIn,
    refused_url,
)

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
