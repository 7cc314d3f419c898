"""What the writer is to know of the person's voice, for one job.

Examples are indexed under the job they were written for, where that is known, so what is near a job is what was approved
for jobs like it. What is refused is not searched: all of it holds, for every job.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.voice import REFUSED, SHOWING, Voice, VoiceEntry, VoiceKind, safe
from backend.errors import VendorUnavailable
from backend.ports import ChunkIndex, Embedder, Point, Query, VoiceRepository

VOICE = "voice"
"""The group of the index."""
_ANCHORS, _APPROVED, _CHANGED = 8, 8, 8
_EXAMPLES, _REFUSED = 500, 5_000
_ABOUT = 2_000  # characters of a job


@dataclass(frozen=True)
class VoiceRetriever:
    repository: VoiceRepository
    embedder: Embedder
    index: ChunkIndex
    lexicon: Lexicon

    async def for_job(self, user_id: str, job: Job) -> Voice:
        """Of each kind the nearest to the job first, then the newest. Lines approved for quite other jobs are left out. Nothing
        is embedded for somebody who has given no examples."""
        refused = await self.repository.list(user_id, _REFUSED, kinds=REFUSED)
        entries = safe(await self.repository.list(user_id, _EXAMPLES, kinds=SHOWING))
        if not entries:
            return Voice(refused=tuple(refused))
        try:
            await self.index_entries(user_id, entries)
            near = await self._near(user_id, about(job))
        except VendorUnavailable:
            near = {}  # the newest will do: which of them are near the job is a nicety

        def chosen(kind: VoiceKind, most: int, *, only_near: bool = False) -> list[VoiceEntry]:
            mine = [e for e in entries if e.kind == kind and (e.id in near or not only_near)]
            return sorted(mine, key=lambda entry: -near.get(entry.id, 0.0))[:most]

        return Voice(
            anchors=tuple(entry.text for entry in chosen("anchor", _ANCHORS)),
            approved=tuple(entry.text for entry in chosen("approved", _APPROVED, only_near=True)),
            changed=tuple((entry.text, entry.replacement) for entry in chosen("edited", _CHANGED)),
            refused=tuple(refused),
        )

    async def index_entries(self, user_id: str, entries: Sequence[VoiceEntry]) -> int:
        """Make sure that these can be found; embeds only those that are new. Returns how many were."""
        texts = {_point_id(entry): _indexed_text(entry) for entry in entries if entry.kind in SHOWING}
        missing = sorted(await self.index.missing(user_id, VOICE, list(texts))) if texts else []
        if missing:
            vectors = await self.embedder.embed([texts[id_] for id_ in missing], "document")
            bm25 = self.lexicon.bm25
            points = [
                Point(id_, VOICE, "personality", vector, bm25.vector(texts[id_]))
                for id_, vector in zip(missing, vectors, strict=True)
            ]
            await self.index.put(user_id, points)
        return len(missing)

    async def reindex(self, user_id: str) -> int:
        """Make the index hold this person's examples and no others; how many there are."""
        entries = await self.repository.list(user_id, _EXAMPLES, kinds=SHOWING)
        await self.index_entries(user_id, entries)
        await self.index.drop(user_id, VOICE, keep=[_point_id(entry) for entry in entries])
        return len(entries)

    async def _near(self, user_id: str, text: str) -> dict[str, float]:
        """Ids of entries with their cosine to the job, if it is not below the floor."""
        (vector,) = await self.embedder.embed([text], "query")
        query = Query(vector, self.lexicon.bm25.vector(text))
        (found,) = await self.index.search(user_id, [query], groups=(VOICE,), lens="personality", limit=_EXAMPLES)
        return {hit.id.partition(":")[0]: hit.score for hit in found.dense if hit.score >= self.embedder.floor}


def about(job: Job) -> str:
    """A job as an entry keeps it."""
    return f"{job.title}\n{job.text}".strip()[:_ABOUT]


def _indexed_text(entry: VoiceEntry) -> str:
    return entry.about or entry.shown


def _point_id(entry: VoiceEntry) -> str:
    """Derived from content, too: what was said of an edit may be said anew."""
    return f"{entry.id}:{sha256(_indexed_text(entry).encode()).hexdigest()[:16]}"
