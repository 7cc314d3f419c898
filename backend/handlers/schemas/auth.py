from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Credentials(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"email": "maya@example.com", "password": "a long passphrase"}]}
    )

    email: str = Field(max_length=254)
    password: str = Field(max_length=1_000)


class RefreshRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    refresh_token: str = Field(max_length=4_000)


class Registered(BaseModel):
    id: str
    email: str


class Me(BaseModel):
    """`email` is empty where an identity provider vouches for somebody without saying their address."""

    id: str
    email: str
    role: Literal["user", "admin"]


class TokenPair(BaseModel):
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's name
