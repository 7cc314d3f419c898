"""The part of the composition root that is about vendors that fail, and about telling how the service does."""

import secrets
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backend.adapters.system import SystemClock
from backend.errors import NotConfigured
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.ports import ChunkIndex, Clock, Embedder, LanguageModel
from backend.settings import Settings
from backend.tasks.task import Role

if TYPE_CHECKING:
    from backend.adapters.resilience import Guard


def make_telemetry(settings: Settings, stack: AsyncExitStack) -> Telemetry:
    """Measures for /metrics; traces and measures over OTLP where OTLP_ENDPOINT is set."""
    from backend.adapters.telemetry import PrometheusTelemetry

    if settings.otlp_endpoint is None:
        return PrometheusTelemetry()
    try:
        from backend.adapters.otlp import over_http
    except ImportError as error:
        raise NotConfigured(
            "OTLP_ENDPOINT is set, but OpenTelemetry's SDK is not installed. Install opentelemetry-sdk and "
            "opentelemetry-exporter-otlp-proto-http, or leave OTLP_ENDPOINT empty."
        ) from error
    tracing = over_http(settings.otlp_endpoint, settings.otlp_header_pairs(), settings.otlp_share)
    telemetry = PrometheusTelemetry(tracing)
    stack.push_async_callback(_closed, telemetry)
    return telemetry


async def _closed(telemetry: Telemetry) -> None:
    import asyncio

    await asyncio.to_thread(telemetry.close)


@dataclass
class Guards:
    """A guard for each vendor, made when it is first asked for: one, whoever asks, so that all hear of a failure."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)
    telemetry: Telemetry = UNOBSERVED
    _known: dict[str, "Guard"] = field(default_factory=dict)

    def of(self, vendor: str) -> "Guard":
        from backend.adapters.resilience import Backoff, Guard, Policy

        if vendor not in self._known:
            settings = self.settings
            policy = Policy(
                settings.model_retries,
                Backoff(settings.retry_base, settings.retry_most),
                settings.breaker_failures,
                settings.breaker_rest,
                settings.breaker_spent_rest,
            )
            chance = secrets.SystemRandom().random
            self._known[vendor] = Guard(vendor, policy, self.clock, chance=chance, telemetry=self.telemetry)
        return self._known[vendor]

    def model(self, model: LanguageModel) -> LanguageModel:
        from backend.adapters.resilience import GuardedModel

        settings = self.settings
        wanted: dict[Role, str | None] = {
            "analyst": settings.analyst_fallback,
            "writer": settings.writer_fallback,
            "judge": settings.judge_fallback,
        }
        return GuardedModel(
            model,
            models=settings.models,
            fallbacks={role: name for role, name in wanted.items() if name},
            guards={vendor: self.of(vendor) for vendor in ("anthropic", "openai")},
            deadlines={
                "analyst": settings.analyze_deadline,
                "writer": settings.write_deadline,
                "judge": settings.judge_deadline,
            },
            telemetry=self.telemetry,
        )

    def embedder(self, embedder: Embedder) -> Embedder:
        from backend.adapters.resilience import GuardedEmbedder

        return GuardedEmbedder(embedder, self.of("voyage"), self.settings.embed_deadline)

    def index(self, index: ChunkIndex) -> ChunkIndex:
        from backend.adapters.resilience import GuardedIndex

        return GuardedIndex(index, self.of("qdrant"), self.settings.search_deadline)
