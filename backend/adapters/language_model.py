"""A LanguageModel over PydanticAI's model layer: Anthropic by our own client, OpenAI and whatever speaks its language.

A task is one request and one answer, so this uses PydanticAI's `Model` and not its `Agent`, whose loop costs some 4 ms a
call (docs: decisions/0004). What comes back is validated here, once; asking again is the pipeline's business.
"""

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, TypeVar, cast

import aiohttp
import httpx2
from anthropic import AnthropicError, AsyncAnthropic, DefaultAioHttpClient
from openai import AsyncOpenAI, OpenAIError
from pydantic import ValidationError
from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelHTTPError,
    ModelQuotaExceededError,
    UnexpectedModelBehavior,
    UserError,
)
from pydantic_ai.messages import CachePoint, ModelRequest, ModelResponse, SystemPromptPart, UserPromptPart
from pydantic_ai.models import Model as VendorModel
from pydantic_ai.models import ModelRequestParameters
from pydantic_ai.models.anthropic import AnthropicModel, AnthropicModelSettings
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider

from backend.adapters.web.tls import trusted
from backend.domain.model import Model
from backend.domain.spent import Spent
from backend.errors import (
    InvalidInput,
    SpendLimitReached,
    TailorError,
    UnusableAnswer,
    VendorLimits,
    VendorRefuses,
    VendorUnavailable,
)
from backend.tasks.task import Answer, Role, Task

Output = TypeVar("Output", bound=Model)
UNREACHED = (ModelAPIError, AnthropicError, OpenAIError, httpx2.TransportError, aiohttp.ClientError, TimeoutError)
# The SDKs read an answer without checking that it has the vendor's shape; a proxy's may not have it.
UNREADABLE = (UnexpectedModelBehavior, AttributeError, TypeError, LookupError)
_SPENT = re.compile(r"credit balance|specified api usage limits|spend(ing)? limit|insufficient_quota", re.IGNORECASE)
_QUOTING = ("anthropic", "openai")
"""Loggers that quote what is sent, at DEBUG."""
_MODELS = 64
"""How many to remember; a request may name its own."""


@dataclass(frozen=True)
class Vendors:
    """How the vendors are reached. A client of ours per vendor, so that address, timeout and retries are ours."""

    anthropic: AsyncAnthropic | None = None
    openai: AsyncOpenAI | None = None

    def __post_init__(self) -> None:
        for name in _QUOTING:
            logging.getLogger(name).setLevel(logging.WARNING)

    def model(self, name: str) -> VendorModel[Any]:
        """`vendor:model`, such as "anthropic:claude-haiku-4-5" or "openai:llama3.2" for an OpenAI-compatible server."""
        vendor, _, model = name.partition(":")
        if vendor == "anthropic" and model and self.anthropic:
            return AnthropicModel(model, provider=AnthropicProvider(anthropic_client=self.anthropic))
        if vendor == "openai" and model and self.openai:
            return OpenAIChatModel(model, provider=OpenAIProvider(openai_client=self.openai))
        raise InvalidInput(
            f"The model {name!r} cannot be used here. Write it as anthropic:NAME or openai:NAME; the vendor's key or base "
            "URL must be set."
        )

    async def close(self) -> None:
        for client in (self.anthropic, self.openai):
            if client:
                await client.close()


class Question(NamedTuple):
    """A task as its model is asked: `name` is vendor:model."""

    name: str
    model: VendorModel[Any]
    messages: list[Any]
    settings: AnthropicModelSettings
    parameters: ModelRequestParameters


class VendorLanguageModel:
    """`models` names the default model of each role."""

    def __init__(self, vendors: Vendors, models: dict[Role, str]) -> None:
        self.vendors = vendors
        self._models = models
        self._model: Callable[[str], VendorModel[Any]] = lru_cache(_MODELS)(vendors.model)
        for name in models.values():  # a vendor's first model loads a lot: now, and in nobody's request
            with suppress(InvalidInput):
                self._model(name)

    def name_of(self, task: Task[Any], model: str | None = None) -> str:
        """The model that a task goes to, as vendor:model."""
        return model or self._models[task.role]

    def question(self, task: Task[Output], model: str | None = None, cached: Literal["5m", "1h"] = "5m") -> Question:
        """`cached` is how long the vendor is asked to keep what later questions have in common with this one."""
        name = self.name_of(task, model)
        vendor_model = self._model(name)
        parameters = _parameters(task.name, task.output)
        return Question(name, vendor_model, _messages(task, cached), _settings(task, vendor_model, cached), parameters)

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        asked = self.question(task, model)
        try:
            response = await asked.model.request(asked.messages, asked.settings, asked.parameters)
        except UNREACHED as error:
            raise unavailable(asked.name, error) from error
        except UserError as error:
            raise InvalidInput(f"The model {asked.name!r} cannot answer to a JSON schema. Name another.") from error
        except UNREADABLE as error:
            raise UnusableAnswer(f"{asked.name} answered {task.name} with something unexpected. Try again.") from error
        return answer_of(task, asked, response)

    async def close(self) -> None:
        await self.vendors.close()


def answer_of(task: Task[Output], asked: Question, response: ModelResponse) -> Answer[Output]:
    """Raises UnusableAnswer, with what it cost."""
    spent = _spent(response, asked.name)
    return Answer(_output(task, response, asked.name, spent), spent)


def _messages(task: Task[Any], cached: Literal["5m", "1h"]) -> list[Any]:
    """Instructions, then what the run's tasks share, then this task's question, with a cache point wherever the next
    part changes more often than the one before it."""
    content: list[Any] = [part for shared in task.shared for part in (shared, CachePoint(ttl=cached))]
    content.append(task.question)
    return [ModelRequest(parts=[SystemPromptPart(task.instructions), UserPromptPart(content)])]


def _settings(task: Task[Any], model: VendorModel[Any], cached: Literal["5m", "1h"]) -> AnthropicModelSettings:
    settings = AnthropicModelSettings(max_tokens=task.max_tokens, anthropic_cache_instructions=cached)
    about = cast("Mapping[str, Any]", model.profile)
    if not (about.get("anthropic_disallows_sampling_settings") or about.get("thinking_enabled_by_default")):
        settings["temperature"] = 0.0
    return settings


@cache
def _parameters(name: str, output: type[Model]) -> ModelRequestParameters:
    """Native structured output: the vendor itself keeps to the schema."""
    definition = OutputObjectDefinition(json_schema=output.model_json_schema(), name=name, strict=True)
    return ModelRequestParameters(output_mode="native", output_object=definition, allow_text_output=True)


def _output(task: Task[Output], response: ModelResponse, name: str, spent: Spent) -> Output:
    if response.finish_reason == "length":
        raise UnusableAnswer(f"{name} was cut off after {task.max_tokens} tokens in {task.name}.", spent=spent)
    if response.finish_reason == "content_filter":
        raise UnusableAnswer(f"{name} refused to answer {task.name}.", spent=spent)
    try:
        return task.output.model_validate_json(response.text or "")
    except ValidationError as error:
        raise UnusableAnswer(
            f"{name} answered {task.name} in the wrong shape ({error.error_count()} errors).", spent=spent
        ) from error


def _spent(response: ModelResponse, name: str) -> Spent:
    usage = response.usage
    return Spent(
        model=name,
        input_tokens=usage.input_tokens,
        cached_tokens=usage.cache_read_tokens,
        output_tokens=usage.output_tokens,
        cost=_cost(response),
    )


def _cost(response: ModelResponse) -> float | None:
    try:
        return float(response.cost().total_price)
    except (LookupError, ValueError, AssertionError):
        return None  # a model without a published price, such as one's own


def unavailable(name: str, error: BaseException) -> TailorError:
    """In words that hold nothing of the vendor's answer, which could echo the prompt."""
    status = error.status_code if isinstance(error, ModelHTTPError) else None
    garbled = isinstance(error.__cause__, ValueError)
    why = f"HTTP {status}" if status else "no JSON" if garbled else "no connection or no answer in time"
    wait = error.retry_after if isinstance(error, ModelAPIError) else None
    if _spends_too_much(error):
        return SpendLimitReached(f"{name}: what may be spent there is spent ({why}). Raise the vendor's limit.")
    if status in (401, 403):
        return VendorRefuses(f"{name} refuses our key ({why}). Check the vendor's API key setting.")
    if status == 429:
        return VendorLimits(f"{name} takes no more requests for now ({why}). Try again in a minute.", retry_after=wait)
    if status is not None and status < 500 and status != 408:
        return UnusableAnswer(f"{name} did not accept the request ({why}).")
    return VendorUnavailable(f"{name} is not available ({why}). Try again in a minute.", retry_after=wait)


def _spends_too_much(error: BaseException) -> bool:
    """Vendors say so in different ways: by 402, by a code, or in the message of a 400 alone."""
    if isinstance(error, ModelQuotaExceededError):
        return True
    return isinstance(error, ModelHTTPError) and error.status_code < 500 and bool(_SPENT.search(str(error.body)))


def connect(
    *,
    anthropic_key: str | None,
    anthropic_url: str | None,
    openai_key: str | None,
    openai_url: str | None,
    timeout: float,
    retries: int,
) -> Vendors:
    """Clients for the vendors there is a key for; an OpenAI-compatible server of one's own needs only its URL."""
    for name in ("anthropic", "openai"):
        logging.getLogger(name).setLevel(logging.WARNING)  # at DEBUG they quote what is sent
    return Vendors(
        anthropic=AsyncAnthropic(
            api_key=anthropic_key,
            base_url=anthropic_url,
            timeout=timeout,
            max_retries=retries,
            http_client=DefaultAioHttpClient(timeout=timeout, verify=trusted()),
        )
        if anthropic_key
        else None,
        openai=AsyncOpenAI(api_key=openai_key or "none", base_url=openai_url, timeout=timeout, max_retries=retries)
        if openai_key or openai_url
        else None,
    )
