"""Check a tailored resume, from any tool, against its original."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.comparison import Comparer, Comparison
from backend.domain.content import Chunk
from backend.domain.grounding import Grounder
from backend.domain.stored_shape import read
from backend.pipeline.intake import read_resume
from backend.ports import Clock


@dataclass(frozen=True)
class Verifications:
    grounder: Grounder
    clock: Clock

    def verify(
        self, original: Mapping[str, Any], tailored: Mapping[str, Any], library: Sequence[Chunk] = ()
    ) -> Comparison:
        comparer = Comparer(self.grounder, self.clock.now().date())
        return comparer.compare(read_resume(original), read(tailored), library)
