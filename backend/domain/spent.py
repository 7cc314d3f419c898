"""What one call of a model cost."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spent:
    """Cached tokens are part of the input tokens. Money is in US dollars, None if unknown."""

    model: str
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    instead_of: str = ""
    """The model that should have answered, where another had to."""
