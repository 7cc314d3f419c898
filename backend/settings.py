"""Settings: the only reader of the environment. Every name is documented in .env.example and the README."""

import re
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.domain.rate import Rate, RateName
from backend.security.encryption import KeyRing, key_from

_ORIGIN = re.compile(r"(https://[A-Za-z0-9.\[\]:-]+|http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?)/?")
MISSING_SECRET = "set JWT_SECRET to at least 32 random characters"  # noqa: S105 - says what to do


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    environment: Literal["development", "test", "production"] = "development"
    data_dir: Path = Path(".data")
    """Where the embedded MongoDB and Qdrant keep their files."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)

    jwt_secret: SecretStr | None = None
    jwt_previous_secrets: list[SecretStr] = []
    """Secrets that signed tokens which are still accepted; new ones are signed with JWT_SECRET."""
    oidc_issuer: str | None = None
    """An OpenID Connect provider whose access tokens are accepted, such as https://login.example.com/."""
    oidc_audience: str = "tailor"
    oidc_jwks_url: str | None = None
    """Where its keys are; found by discovery if not set."""
    oidc_client_id: str | None = None
    """Under which this service is known there; with it, people can sign in at GET /auth/oidc/login."""
    oidc_client_secret: SecretStr | None = None
    """None for a public client: PKCE is always used."""
    public_url: str | None = None
    """Where browsers reach this service, such as https://tailor.example.com."""
    admin_email: str = ""
    """The administrator's: the account of somebody whom the provider at OIDC_ISSUER vouches for, with this address verified.
    A password account counts only outside of production, where no provider is set."""
    encryption_key: SecretStr | None = None
    """32 random bytes as base64. With it, what people keep is sealed in the database."""
    encryption_previous_keys: list[SecretStr] = []
    access_token_minutes: int = Field(default=60, ge=1)
    refresh_token_days: int = Field(default=30, ge=1)
    tailor_rate_limit: str = "5/minute"
    runs_rate_limit: str = "30/minute"
    batches_rate_limit: str = "5/minute"
    auth_rate_limit: str = "10/minute"
    extract_rate_limit: str = "20/minute"
    body_limit: int = Field(default=2_000_000, ge=1_000)
    """Bytes."""
    batch_limit: int = Field(default=8_000_000, ge=1_000)
    """Bytes of a request that brings the jobs of a batch: 500 of 16,000."""
    upload_limit: int = Field(default=10_500_000, ge=1_000)
    """Bytes of a request that brings a file."""
    cors_origins: list[str] = []

    anthropic_api_key: SecretStr | None = None
    anthropic_base_url: str | None = None
    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None
    analyst_model: str = "anthropic:claude-haiku-4-5"
    writer_model: str = "anthropic:claude-sonnet-4-6"
    judge_model: str = "anthropic:claude-haiku-4-5"
    model_timeout: float = Field(default=60.0, gt=0)
    """Seconds."""
    model_retries: int = Field(default=2, ge=0, le=5)
    """After the first attempt, for what asking again can mend."""
    analyst_fallback: str | None = None
    writer_fallback: str | None = None
    judge_fallback: str | None = None
    """Models that are asked where the role's own cannot be had, as vendor:name."""
    retry_base: float = Field(default=0.5, ge=0)
    retry_most: float = Field(default=8.0, ge=0)
    """Seconds: the most before the first retry, which doubles with each, and the most before any."""
    breaker_failures: int = Field(default=10, ge=1)
    """A vendor that failed this often in a row is left alone"""
    breaker_rest: float = Field(default=15.0, gt=0)
    """for so many seconds,"""
    breaker_spent_rest: float = Field(default=60.0, gt=0)
    """and one where our limit of spending is reached for so many."""
    analyze_deadline: float = Field(default=90.0, gt=0)
    write_deadline: float = Field(default=120.0, gt=0)
    judge_deadline: float = Field(default=60.0, gt=0)
    embed_deadline: float = Field(default=20.0, gt=0)
    search_deadline: float = Field(default=10.0, gt=0)
    """Seconds for one question of each stage, over all attempts."""

    log_format: Literal["text", "json"] | None = None
    """If not set, JSON in production and text elsewhere."""
    metrics_token: SecretStr | None = None
    """The bearer token of /metrics; without it, /metrics is shown outside of production alone."""
    otlp_endpoint: str | None = None
    """The base URL of an OpenTelemetry collector, such as http://127.0.0.1:4318; without it nothing is sent."""
    otlp_headers: SecretStr | None = None
    """Sent along, as name=value,name=value."""
    otlp_share: float = Field(default=1.0, ge=0, le=1)
    """The share of traces that is kept."""

    voyage_api_key: SecretStr | None = None
    voyage_base_url: str | None = None
    voyage_model: str = "voyage-3.5"

    mongodb_uri: SecretStr | None = None
    mongodb_database: str = "portfolio"
    qdrant_url: str | None = None
    qdrant_api_key: SecretStr | None = None
    qdrant_collection: str = "tailor"

    writer_concurrency: int = Field(default=8, ge=1, le=64)
    run_token_budget: int = Field(default=400_000, ge=1_000)
    run_cost_budget: float = Field(default=1.0, gt=0)
    """US dollars."""
    run_deadline: float = Field(default=600.0, gt=0)
    """The most seconds that a run in the background may be worked on; a caller may ask for less."""
    run_lease: float = Field(default=15.0, gt=0)
    """Seconds after which a run is taken from a worker that says nothing."""
    runs_at_once: int = Field(default=8, ge=1, le=256)
    """Runs in the background that one process works on at a time."""
    economy_batches: bool = True
    """Whether a batch whose sender does not say goes through Anthropic's Message Batches, at half the price, where
    ANTHROPIC_API_KEY is set and a role's model is Claude."""
    economy_at_once: int = Field(default=500, ge=1, le=5_000)
    """Runs in the economy lane that one process holds at a time; nearly all of them wait, and RUNS_AT_ONCE work."""
    economy_lease: float = Field(default=120.0, gt=0)
    """As RUN_LEASE, for runs in the economy lane."""
    economy_deadline: float = Field(default=86_400.0, gt=0, le=86_400)
    """As RUN_DEADLINE, for runs in the economy lane."""
    economy_poll: float = Field(default=30.0, gt=0)
    """Seconds between questions whether a message batch has ended."""
    economy_quiet: float = Field(default=1.0, gt=0)
    economy_patience: float = Field(default=60.0, gt=0)
    """Seconds: what runs ask is sent as a batch when nothing was added for so long, and at the latest after so many."""
    drain_seconds: float = Field(default=5.0, ge=0)
    """How long a process that is told to stop waits for its runs before it hands them back."""
    stream_lifetime: float = Field(default=300.0, gt=0)
    """Seconds after which somebody who follows a run must connect again."""
    redis_url: SecretStr | None = None
    """With it, queue and progress are in Redis, and `tailor worker` processes do the work."""
    work_in_api: bool | None = None
    """Whether the API works on runs as well; if not set, only where there is no REDIS_URL."""

    monthly_budget: float | None = Field(default=None, gt=0)
    """US dollars that each person may spend in a calendar month (UTC); without it there is no limit."""

    @field_validator(
        "tailor_rate_limit", "runs_rate_limit", "batches_rate_limit", "auth_rate_limit", "extract_rate_limit"
    )
    @classmethod
    def _is_rate(cls, value: str) -> str:
        Rate.of(value)
        return value

    @field_validator("encryption_key")
    @classmethod
    def _is_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            key_from(value.get_secret_value())
        return value

    @field_validator("encryption_previous_keys")
    @classmethod
    def _are_keys(cls, values: list[SecretStr]) -> list[SecretStr]:
        for value in values:
            key_from(value.get_secret_value())
        return values

    def key_ring(self) -> KeyRing | None:
        """The keys that wrap people's keys; None when nothing is to be sealed."""
        if self.encryption_key is None:
            return None
        return KeyRing(
            tuple(key_from(k.get_secret_value()) for k in (self.encryption_key, *self.encryption_previous_keys))
        )

    @field_validator("jwt_secret")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < 32:
            raise ValueError(MISSING_SECRET)
        return value

    @field_validator("jwt_previous_secrets")
    @classmethod
    def _were_long_enough(cls, values: list[SecretStr]) -> list[SecretStr]:
        if any(len(value.get_secret_value()) < 32 for value in values):
            raise ValueError("each of JWT_PREVIOUS_SECRETS must have at least 32 characters; take the short ones out")
        return values

    @field_validator(
        "anthropic_api_key",
        "openai_api_key",
        "voyage_api_key",
        "redis_url",
        "mongodb_uri",
        "qdrant_api_key",
        "encryption_key",
        "analyst_fallback",
        "writer_fallback",
        "judge_fallback",
        "log_format",
        "metrics_token",
        "oidc_issuer",
        "oidc_client_id",
        "oidc_client_secret",
        "public_url",
        "otlp_endpoint",
        "otlp_headers",
        "monthly_budget",
        "work_in_api",
        mode="before",
    )
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def works_on_runs(self) -> bool:
        return self.redis_url is None if self.work_in_api is None else self.work_in_api

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        found = _ORIGIN.fullmatch(value) if value is not None else None
        if value is not None and found is None:
            raise ValueError("PUBLIC_URL must be an address such as https://tailor.example.com, http on loopback alone")
        return found[1] if found else None

    @property
    def own_url(self) -> str:
        """Where browsers reach this service, without a slash at its end."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    def missing_for_sign_in(self) -> str:
        """The settings without which nobody can sign in with an identity provider."""
        wanted = {"OIDC_ISSUER": self.oidc_issuer, "OIDC_CLIENT_ID": self.oidc_client_id}
        if self.is_production:
            wanted["PUBLIC_URL"] = self.public_url
        return ", ".join(name for name, value in wanted.items() if value is None)

    @property
    def password_admin(self) -> bool:
        """Whether the administrator may be known by a password alone."""
        return not self.is_production and self.oidc_issuer is None

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def logs(self) -> Literal["text", "json"]:
        return self.log_format or ("json" if self.is_production else "text")

    @property
    def models(self) -> dict[Literal["analyst", "writer", "judge"], str]:
        """Each role's model."""
        return {"analyst": self.analyst_model, "writer": self.writer_model, "judge": self.judge_model}

    def otlp_header_pairs(self) -> dict[str, str]:
        given = self.otlp_headers.get_secret_value() if self.otlp_headers else ""
        pairs = (pair.partition("=") for pair in given.split(",") if "=" in pair)
        return {name.strip(): value.strip() for name, _, value in pairs}

    @cached_property
    def has_language_model(self) -> bool:
        """Whether every role has what its model string needs: a key, or an OpenAI-compatible server of one's own."""
        return all(self._reachable(name) for name in (self.analyst_model, self.writer_model, self.judge_model))

    def _reachable(self, model: str) -> bool:
        vendor = model.partition(":")[0]
        if vendor == "openai":
            return self.openai_api_key is not None or self.openai_base_url is not None
        return vendor == "anthropic" and self.anthropic_api_key is not None

    @property
    def rates(self) -> dict[RateName, Rate]:
        """How often somebody may do what, by the names that the handlers count by."""
        return {
            "tailor": Rate.of(self.tailor_rate_limit),
            "runs": Rate.of(self.runs_rate_limit),
            "batches": Rate.of(self.batches_rate_limit),
            "auth": Rate.of(self.auth_rate_limit),
            "extract": Rate.of(self.extract_rate_limit),
        }

    def missing(self) -> list[str]:
        """The settings that a production service cannot do without."""
        wanted = {
            "JWT_SECRET": self.jwt_secret,
            "ANTHROPIC_API_KEY": self.has_language_model or None,
            "VOYAGE_API_KEY": self.voyage_api_key,
            "MONGODB_URI": self.mongodb_uri,
            "QDRANT_URL": self.qdrant_url,
        }
        return [name for name, value in wanted.items() if value is None]
