"""What reads, writes and compares texts."""

from collections.abc import Sequence
from typing import Literal, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from backend.domain.model import Model
from backend.tasks.task import Answer, Task

Output = TypeVar("Output", bound=Model)
Vectors = NDArray[np.float32]
"""One row per text, each of unit length."""


class LanguageModel(Protocol):
    """Answers tasks. Raises VendorUnavailable when it cannot be reached, UnusableAnswer when what came back is of no use."""

    async def run(self, task: Task[Output], model: str | None = None) -> Answer[Output]:
        """`model` names another model than the one the task's role has by default."""
        ...


class Embedder(Protocol):
    """Texts to unit vectors. `floor` is the cosine below which two texts have nothing to do with each other. Two embedders
    with the same `name` give comparable vectors."""

    name: str
    size: int
    floor: float

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors: ...
