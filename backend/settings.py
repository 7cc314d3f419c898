"""Settings: the only reader of the environment. Every name is documented in .env.example and the README."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.security.encryption import KeyRing, key_from

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
    admin_email: str = ""
    encryption_key: SecretStr | None = None
    """32 random bytes as base64. With it, what people keep is sealed in the database."""
    encryption_previous_keys: list[SecretStr] = []
    access_token_minutes: int = Field(default=60, ge=1)
    refresh_token_days: int = Field(default=30, ge=1)
    tailor_rate_limit: str = "5/minute"
    auth_rate_limit: str = "10/minute"
    rate_limit_storage: str = "memory://"
    body_limit: int = Field(default=2_000_000, ge=1_000)
    """Bytes."""
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

    @field_validator(
        "anthropic_api_key",
        "openai_api_key",
        "voyage_api_key",
        "mongodb_uri",
        "qdrant_api_key",
        "encryption_key",
        mode="before",
    )
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @cached_property
    def has_language_model(self) -> bool:
        """Whether every role has what its model string needs: a key, or an OpenAI-compatible server of one's own."""
        return all(self._reachable(name) for name in (self.analyst_model, self.writer_model, self.judge_model))

    def _reachable(self, model: str) -> bool:
        vendor = model.partition(":")[0]
        if vendor == "openai":
            return self.openai_api_key is not None or self.openai_base_url is not None
        return vendor == "anthropic" and self.anthropic_api_key is not None

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
