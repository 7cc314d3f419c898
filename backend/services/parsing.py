"""Resumes out of files: read by rules, and where those are unsure, looked at again by a language model."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.documents.reading.refining import Doubts, Placement, doubts_of, refined
from backend.documents.reading.sandbox import Sandbox
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import ParsedResume
from backend.errors import TailorError
from backend.pipeline.metering import Budget, MeteredModel
from backend.ports import Clock, Ids, LanguageModel
from backend.services.usage import Usages
from backend.tasks.parse_resume import ParseResume

_NAMED = 6  # paths in a warning
_UNSURE = "The rules were unsure of some of this resume"


@dataclass(frozen=True)
class Parsing:
    """`model` is None where rules are all there is. With `usages`, what a call costs counts for the person whose resume it
    is; without, it is bounded by `budget` alone."""

    sandbox: Sandbox
    model: LanguageModel | None
    lexicon: Lexicon
    clock: Clock
    ids: Ids
    budget: Budget = field(default=Budget(tokens=20_000, cost=0.2))
    usages: Usages | None = None

    async def read(self, user_id: str, data: bytes) -> ParsedResume:
        """The resume in a file. At most one call of a model, of some 6,000 characters; when it fails, what the rules read
        stands, with a warning. Raises InvalidInput for a file that is refused."""
        return await self.refine(user_id, await self.sandbox.read(data))

    async def refine(self, user_id: str, parsed: ParsedResume) -> ParsedResume:
        """As `read`, of what the rules have read already."""
        doubts = doubts_of(parsed)
        if doubts is None or not doubts.lines:
            return parsed
        if self.model is None:
            return _noting(parsed, f"{_UNSURE}, and no language model is set up to look again: check what is marked.")
        try:
            async with self._lent(user_id, self.model) as model:
                answer = await model.run(_task(parsed, doubts, self.ids.marker()))
        except TailorError as error:
            return _noting(
                parsed, f"{_UNSURE}, and no language model could look again: check what is marked. ({error.detail})"
            )
        placements = [Placement(p.path, p.line, p.text) for p in answer.output.placements]
        result = refined(parsed, doubts, placements, self.lexicon)
        return _noting(result.parsed, _told(result.placed))

    @asynccontextmanager
    async def _lent(self, user_id: str, model: LanguageModel) -> AsyncIterator[LanguageModel]:
        bounded = MeteredModel(model, self.budget, self.clock)
        if self.usages is None:
            yield bounded
            return
        async with self.usages.run(user_id, bounded, "parsing") as meter:
            yield meter.model


def _task(parsed: ParsedResume, doubts: Doubts, marker: str) -> ParseResume:
    lines = tuple(parsed.text[line.start : line.end].strip() for line in doubts.lines)
    return ParseResume(lines, tuple((known.path, known.value, known.open) for known in doubts.known), marker)


def _told(placed: tuple[str, ...]) -> str:
    if not placed:
        return f"{_UNSURE}; a language model looked again and found nothing to add: check what is marked."
    some = ", ".join(placed[:_NAMED]) + (f" and {len(placed) - _NAMED} more" if len(placed) > _NAMED else "")
    return f"{_UNSURE}; a language model placed {some}, in the file's own words. Check them."


def _noting(parsed: ParsedResume, warning: str) -> ParsedResume:
    return parsed.model_copy(update={"warnings": (*parsed.warnings, warning)})
