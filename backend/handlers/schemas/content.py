"""The content library on the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.content import Chunk, ChunkMetadata, ChunkType, Lens, Source
from backend.domain.note_chunks import MAX_CHARACTERS

Label = Annotated[str, Field(max_length=200)]


class MetadataIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    company: Label = ""
    role: Label = ""
    start_date: Annotated[str, Field(max_length=40)] = ""
    end_date: Annotated[str, Field(max_length=40)] = ""
    technologies: tuple[Annotated[str, Field(max_length=100)], ...] = Field(default=(), max_length=100)


class Labels(BaseModel):
    """How a chunk may be used and found. Only `lens: facts` can support a claim."""

    model_config = ConfigDict(extra="forbid")

    chunk_type: ChunkType = "achievement"
    source: Source = "manual"
    lens: Lens = "facts"
    metadata: MetadataIn = MetadataIn()

    def chunk(self, text: str = "") -> Chunk:
        about = ChunkMetadata.model_validate(self.metadata.model_dump())
        return Chunk(text=text, chunk_type=self.chunk_type, source=self.source, lens=self.lens, metadata=about)


class ChunkIn(Labels):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "text": "Mentored two junior engineers through weekly code reviews",
                    "chunk_type": "achievement",
                    "metadata": {"company": "Kvitto Pay", "role": "Software Engineer"},
                }
            ]
        },
    )

    text: str = Field(max_length=MAX_CHARACTERS)


class ChunkOut(BaseModel):
    """`id` derives from all the rest: what changes gets another."""

    id: str
    text: str
    chunk_type: ChunkType
    source: Source
    lens: Lens
    metadata: ChunkMetadata


class NearOut(BaseModel):
    """A chunk that says nearly the same: `value` is a cosine (meaning) or the share of words in common (words)."""

    chunk: ChunkOut
    by: Literal["meaning", "words"]
    value: float


class SavedChunk(ChunkOut):
    """`created` is false if it was there already, to the letter."""

    created: bool
    near_duplicates: list[NearOut] = []
    warnings: list[str] = []


class NearOf(BaseModel):
    id: str
    near_duplicates: list[NearOut]


class SavedChunks(BaseModel):
    """The chunks that are new, how many were there already, and which of the new ones say nearly what others do. `left_out`
    counts what of notes is no prose, such as code and images."""

    items: list[ChunkOut]
    unchanged: int
    near_duplicates: list[NearOf] = []
    left_out: dict[str, int] = {}
    warnings: list[str] = []


class ChunkPage(BaseModel):
    items: list[ChunkOut]
    next_cursor: str | None = None


class Filters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: Source | None = None
    chunk_type: ChunkType | None = None
    lens: Lens | None = None


class SearchIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    query: str = Field(max_length=4_000)
    filters: Filters = Filters()
    limit: int = Field(default=10, ge=1, le=100)


class FoundOut(BaseModel):
    """`score` is the two rankings fused, 1 for what is first in both; `dense` (meaning) and `sparse` (words) are cosines,
    null where a ranking has not got it."""

    chunk: ChunkOut
    score: float
    dense: float | None
    sparse: float | None


class SearchOut(BaseModel):
    items: list[FoundOut]


class SeedIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    resume_id: str = Field(max_length=64)


class NoteIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(default="note", max_length=200)
    text: str = Field(max_length=200_000)


class NotesIn(BaseModel):
    """Markdown, with the labels of its front matter; `labels` are for notes that do not say otherwise."""

    model_config = ConfigDict(extra="forbid")

    notes: list[NoteIn] = Field(min_length=1, max_length=50)
    labels: Labels = Labels(chunk_type="skill_context", source="blog")


class ReindexedOut(BaseModel):
    chunks: int
    embedded: int


class DuplicateOut(BaseModel):
    """`value` is the share of words and pairs of words that both have."""

    first: ChunkOut
    second: ChunkOut
    value: float


class DuplicatesOut(BaseModel):
    items: list[DuplicateOut]
