"""The base of every domain value."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A value: frozen, compared by content, refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
