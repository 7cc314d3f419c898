"""A person's content library, curated by that person alone."""

from fastapi import APIRouter, Response

from backend.domain.content import Chunk, ChunkType, Lens, Source
from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.content import (
    ChunkIn,
    ChunkOut,
    ChunkPage,
    DuplicateOut,
    DuplicatesOut,
    FoundOut,
    NearOf,
    NearOut,
    NotesIn,
    ReindexedOut,
    SavedChunk,
    SavedChunks,
    SearchIn,
    SearchOut,
    SeedIn,
)
from backend.ports import ChunkFilter
from backend.services.content_library import Added
from backend.services.library_search import Near

router = APIRouter(prefix="/content", tags=["content"])


@router.post("", status_code=201, responses=problems(401, 422, 503))
async def create_chunk(body: ChunkIn, user: User, container: Deps, response: Response) -> SavedChunk:
    """Store a chunk and make it searchable. Near-duplicates are shown, never dropped."""
    saved = _saved(await container.content.add(user, [body.chunk(body.text)]))
    response.headers["Location"] = f"/content/{saved.id}"
    return saved


@router.get("", responses=problems(401, 422, 503))
async def list_chunks(
    user: User,
    container: Deps,
    source: Source | None = None,
    chunk_type: ChunkType | None = None,
    lens: Lens | None = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> ChunkPage:
    """In no order that means anything, but always the same."""
    found = await container.content.list(user, limit + 1, cursor, ChunkFilter(source, chunk_type, lens))
    page, more = paged(found, limit)
    return ChunkPage(items=[_out(chunk) for chunk in page], next_cursor=more.id if more else None)


@router.post("/search", responses=problems(401, 422, 503))
async def search_chunks(body: SearchIn, user: User, container: Deps) -> SearchOut:
    """By meaning and by words, best first, as a tailoring searches."""
    where = ChunkFilter(body.filters.source, body.filters.chunk_type, body.filters.lens)
    found = await container.content.search(user, body.query, where, body.limit)
    return SearchOut(
        items=[FoundOut(chunk=_out(f.chunk), score=f.score, dense=f.dense, sparse=f.sparse) for f in found]
    )


@router.post("/seed", status_code=201, responses=problems(401, 404, 422, 503))
async def seed_from_resume(body: SeedIn, user: User, container: Deps) -> SavedChunks:
    """Make chunks of a stored resume: roles, achievements, skills, education and projects."""
    return _all_saved(await container.content.seed(user, body.resume_id))


@router.post("/import", status_code=201, responses=problems(401, 422, 503))
async def import_notes(body: NotesIn, user: User, container: Deps) -> SavedChunks:
    """Make chunks of Markdown notes and blog posts, some 40 to 180 words each. All of them or none."""
    notes = [(note.name, note.text) for note in body.notes]
    return _all_saved(await container.content.take_notes(user, notes, body.labels.chunk()))


@router.post("/reindex", responses=problems(401, 422, 503))
async def reindex_chunks(user: User, container: Deps) -> ReindexedOut:
    """Make the vector index hold exactly what is stored; embeds only what it lacks."""
    found = await container.content.reindex(user)
    return ReindexedOut(chunks=found.chunks, embedded=found.embedded)


@router.get("/duplicates", responses=problems(401, 422, 503))
async def list_duplicates(user: User, container: Deps) -> DuplicatesOut:
    """All pairs that say nearly the same in nearly the same words, the most alike first, at most 1,000."""
    pairs = await container.content.duplicates(user)
    return DuplicatesOut(items=[DuplicateOut(first=_out(a), second=_out(b), value=p.value) for a, b, p in pairs])


@router.get("/{chunk_id}", responses=problems(401, 404, 422, 503))
async def get_chunk(chunk_id: str, user: User, container: Deps) -> ChunkOut:
    return _out(await container.content.get(user, chunk_id))


@router.put("/{chunk_id}", responses=problems(401, 404, 422, 503))
async def replace_chunk(chunk_id: str, body: ChunkIn, user: User, container: Deps) -> SavedChunk:
    """Put another in its place. Ids derive from content, so what changed comes back with a new one; the old one is gone."""
    return _saved(await container.content.replace(user, chunk_id, body.chunk(body.text)))


@router.delete("/{chunk_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_chunk(chunk_id: str, user: User, container: Deps) -> None:
    await container.content.delete(user, chunk_id)


def _out(chunk: Chunk) -> ChunkOut:
    return ChunkOut(id=chunk.id, **{name: getattr(chunk, name) for name in Chunk.model_fields})


def _near(found: tuple[Near, ...]) -> list[NearOut]:
    return [NearOut(chunk=_out(near.chunk), by=near.by, value=near.value) for near in found]


def _saved(added: Added) -> SavedChunk:
    created = bool(added.chunks)
    (stored,) = added.chunks or added.unchanged
    near = _near(added.near.get(stored.id, ()))
    return SavedChunk(**_out(stored).model_dump(), created=created, near_duplicates=near, warnings=list(added.warnings))


def _all_saved(added: Added) -> SavedChunks:
    return SavedChunks(
        items=[_out(chunk) for chunk in added.chunks],
        unchanged=len(added.unchanged),
        near_duplicates=[NearOf(id=id_, near_duplicates=_near(near)) for id_, near in added.near.items()],
        left_out=added.left_out,
        warnings=list(added.warnings),
    )
