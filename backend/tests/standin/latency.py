"""How long a vendor takes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Latency:
    """Seconds to the first byte, and seconds for each output token after it (an embedding has none)."""

    first_byte: float = 0.0
    per_output_token: float = 0.0


Latencies = Mapping[str, Latency]
"""A part of a model's name -> its latency. The first match holds; `""` is part of every name, so it goes last."""

NONE = Latency()


def latency_of(model: str, latencies: Latencies) -> Latency:
    """The latency of a model; none at all when no entry matches its name."""
    return next((latency for part, latency in latencies.items() if part in model), NONE)
