"""retrieve: which of the person's own lines bear on the job, and on each requirement.

The resume's lines and the library are ranked by meaning and by words; both rankings are fused. What is below the floor in
both is not offered as evidence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from backend.domain.content import Chunk, Evidence, Lens, chunk_evidence, resume_evidence
from backend.domain.injection import instructs
from backend.domain.job import Job, JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.plan import Match
from backend.domain.ranking import fuse
from backend.domain.resume import Resume
from backend.errors import VendorUnavailable
from backend.pipeline.degrading import Losses
from backend.pipeline.word_search import WordSearch
from backend.ports import ChunkIndex, ChunkRepository, Embedder, Hit, Point, Query, Rankings

LIBRARY = "library"
SPARSE_FLOOR = 0.1
_PER_JOB, _PER_REQUIREMENT = 40, 8
_JOB_TEXT = 4_000  # characters; an embedder reads no further, and what matters is said by then


@dataclass(frozen=True)
class EvidenceMatrix:
    """`evidence` by id; per requirement the matches, best first; for the whole job the fused score of each line."""

    evidence: dict[str, Evidence]
    matches: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    for_job: dict[str, float] = field(default_factory=dict)
    orders: tuple[str, ...] = ()
    """Lines of the library that instruct machines, and were left out for it."""


@dataclass(frozen=True)
class IndexedResume:
    """Whose resume, under which group it is indexed, and its lines, also by the id they have there; equal lines share one."""

    user_id: str
    group: str
    resume: Resume
    lines: tuple[Evidence, ...]
    by_id: dict[str, list[Evidence]]
    words: WordSearch | None = None
    """Set where the embedder or the index is down: what is searched in their place."""


@dataclass(frozen=True)
class EvidenceRetriever:
    embedder: Embedder
    index: ChunkIndex
    chunks: ChunkRepository
    lexicon: Lexicon

    async def index_resume(self, user_id: str, group: str, resume: Resume) -> IndexedResume:
        """Make sure that every line of the resume can be found; embeds only those that are new."""
        indexed = self._lines(user_id, group, resume)
        await self._index(user_id, group, {id_: (items[0].text, "facts") for id_, items in indexed.by_id.items()})
        return indexed

    async def open_resume(self, user_id: str, group: str, resume: Resume, losses: Losses) -> IndexedResume:
        """As `index_resume`; where the embedder or the index is down, ready to be searched by words alone."""
        try:
            return await self.index_resume(user_id, group, resume)
        except VendorUnavailable as error:
            return await self._by_words(self._lines(user_id, group, resume), losses, error)

    async def index_chunks(self, user_id: str, chunks: Sequence[Chunk]) -> int:
        """Make sure that these chunks can be found; returns how many were new."""
        return await self._index(user_id, LIBRARY, {chunk.id: (chunk.text, chunk.lens) for chunk in chunks})

    def _lines(self, user_id: str, group: str, resume: Resume) -> IndexedResume:
        lines = tuple(usable(resume_evidence(resume)))
        by_id: dict[str, list[Evidence]] = {}
        for item in lines:
            by_id.setdefault(line_id(item.text), []).append(item)
        return IndexedResume(user_id, group, resume, lines, by_id)

    async def _by_words(self, indexed: IndexedResume, losses: Losses, error: VendorUnavailable) -> IndexedResume:
        """The same resume, with its lines and the library's facts, read from the repository, to be searched in memory."""
        library = {chunk.id: chunk.text for chunk in await self.chunks.all(indexed.user_id) if chunk.lens == "facts"}
        own = {id_: items[0].text for id_, items in indexed.by_id.items()}
        words = await WordSearch.over(self.lexicon.bm25, library | own)
        losses.note("words_only", f"Your lines were searched by their words alone, not by meaning: {error.detail}")
        return replace(indexed, words=words)

    async def _index(self, user_id: str, group: str, texts: Mapping[str, tuple[str, Lens]]) -> int:
        """Embed and put those of the texts, by id, that the group does not have; returns how many."""
        missing = sorted(await self.index.missing(user_id, group, list(texts)))
        if missing:
            vectors = await self.embedder.embed([texts[id_][0] for id_ in missing], "document")
            points = []
            for id_, vector in zip(missing, vectors, strict=True):
                text, lens = texts[id_]
                points.append(Point(id_, group, lens, vector, self.lexicon.bm25.vector(text)))
            await self.index.put(user_id, points)
        return len(missing)

    async def for_job(self, indexed: IndexedResume, job: Job, losses: Losses | None = None) -> Rankings:
        """The coarse ranking, by the job as a whole. Needs no analysis, so it runs beside it."""
        return (await self._search(indexed, [f"{job.title}\n{job.text}"[:_JOB_TEXT]], _PER_JOB, losses))[0]

    async def for_requirements(
        self, indexed: IndexedResume, coarse: Rankings, analysis: JobAnalysis, losses: Losses | None = None
    ) -> EvidenceMatrix:
        """One batched query for all requirements, then the texts of the library chunks that were found."""
        texts = [requirement.text for requirement in analysis.requirements]
        rankings = await self._search(indexed, texts, _PER_REQUIREMENT, losses) if texts else []
        found = {hit.id for ranking in (coarse, *rankings) for hit in (*ranking.dense, *ranking.sparse)}
        wanted = sorted(found - indexed.by_id.keys())
        library = chunk_evidence(await self.chunks.get_many(indexed.user_id, wanted) if wanted else (), indexed.resume)
        by_id = dict(indexed.by_id) | {item.id: [item] for item in usable(library)}
        evidence = {item.id: item for item in (*indexed.lines, *usable(library))}

        def matches(ranking: Rankings, limit: int) -> list[Match]:
            halves = [[hit.id for hit in ranking.dense], [hit.id for hit in ranking.sparse]]
            by_words = not ranking.dense and losses is not None and "words_only" in losses.noted
            fused = fuse(halves[1:] if by_words else halves)
            ranked = sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
            return [Match(evidence=e.id, score=round(s, 4)) for id_, s in ranked for e in by_id.get(id_, ())]

        return EvidenceMatrix(
            evidence=evidence,
            matches={
                requirement.id: tuple(matches(ranking, _PER_REQUIREMENT))
                for requirement, ranking in zip(analysis.requirements, rankings, strict=True)
            },
            for_job={match.evidence: match.score for match in matches(coarse, _PER_JOB)},
            orders=tuple(item.text for item in library if instructs(item.text)),
        )

    async def _search(
        self, indexed: IndexedResume, texts: Sequence[str], limit: int, losses: Losses | None
    ) -> list[Rankings]:
        """With `losses`, by words alone where the embedder or the index is down."""
        if indexed.words is None:
            try:
                return await self._by_both(indexed, texts, limit)
            except VendorUnavailable as error:
                if losses is None:
                    raise
                indexed = await self._by_words(indexed, losses, error)
        found = indexed.words.search(texts, limit) if indexed.words else []
        return [Rankings((), _above(ranking.sparse, SPARSE_FLOOR)) for ranking in found]

    async def _by_both(self, indexed: IndexedResume, texts: Sequence[str], limit: int) -> list[Rankings]:
        vectors = await self.embedder.embed(texts, "query")
        queries = [Query(vector, self.lexicon.bm25.vector(t)) for vector, t in zip(vectors, texts, strict=True)]
        found = await self.index.search(
            indexed.user_id, queries, groups=(indexed.group, LIBRARY), lens="facts", limit=limit
        )
        return [Rankings(_above(r.dense, self.embedder.floor), _above(r.sparse, SPARSE_FLOOR)) for r in found]


def line_ids(resume: Resume) -> set[str]:
    """The ids under which a resume's lines are indexed."""
    return {line_id(item.text) for item in usable(resume_evidence(resume))}


def usable(evidence: Iterable[Evidence]) -> Iterator[Evidence]:
    """Without the lines that instruct machines: they are evidence of nothing, and no model gets to read them."""
    return (item for item in evidence if not instructs(item.text))


def line_id(text: str) -> str:
    return "l-" + sha256(text.encode()).hexdigest()[:24]


def _above(hits: Sequence[Hit], floor: float) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.score >= floor)
