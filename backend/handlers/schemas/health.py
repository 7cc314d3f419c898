from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    status: Literal["ok"]


class ReadinessItem(BaseModel):
    name: str
    vendor: str
    embedded: bool
    status: str
    detail: str = ""


class Readiness(BaseModel):
    status: Literal["ok", "unavailable", "not_configured"]
    missing: list[str]
    dependencies: list[ReadinessItem]
