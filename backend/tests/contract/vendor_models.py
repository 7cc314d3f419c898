"""The vendors' models as the contract meets them: what they are called, and what they answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend.adapters.language_model import VendorLanguageModel, connect
from backend.domain.model import Model
from backend.tasks.analyze_job import AnalyzeJobOutput
from backend.tasks.judge_relevance import JudgeRelevanceOutput
from backend.tasks.task import Role, prompt
from backend.tasks.write_edits import WriteEditsOutput, WrittenEdit
from backend.tests.standin import (
    Answer,
    RecordedRequest,
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
