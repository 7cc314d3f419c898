"""Markdown notes and blog posts -> chunks of some 40 to 180 words.

A chunk never reaches over a heading and never cuts a sentence. Labels come from the front matter:

    ---
    source: blog
    lens: facts
    company: Kvitto Pay
    technologies: [Python, PostgreSQL]
    ---
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import ValidationError

from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.markdown_blocks import Block, blocks
from backend.domain.note_labels import InvalidNote, split_labels
from backend.domain.text import clean, words
from backend.domain.whole_sentences import whole_sentences

FEWEST, MOST = 40, 180  # words
MAX_CHARACTERS = 8_000  # of one chunk
_LETTERS_PER_WORD = 8  # what writes no spaces is measured by its length
_LABELS = ("source", "lens", "chunk_type")


class NoteChunks(NamedTuple):
    """What became of a note. `left_out` counts what is no prose, by what it is ("code", "image", "open task", …)."""

    chunks: tuple[Chunk, ...]
    left_out: dict[str, int]


def note_chunks(text: str, defaults: Chunk) -> NoteChunks:
    """The chunks of one note, in its order, equal ones once. `defaults` has the labels it has unless it says otherwise;
    its text is not used. InvalidNote if a label is none that we know."""
    labels, body = split_labels(clean(text))
    labelled = _labelled(defaults, labels)
    found, left_out = blocks(body)
    parts = [part for section in _sections(found) for part in _packed(section)]
    too_long = sum(len(part) > MAX_CHARACTERS for part in parts)
    counts = Counter(left_out) + Counter({"sentence without an end": too_long})
    kept = dict.fromkeys(part for part in parts if len(part) <= MAX_CHARACTERS and words(part))
    return NoteChunks(tuple(labelled.model_copy(update={"text": part}) for part in kept), dict(counts))


def _labelled(defaults: Chunk, labels: dict[str, str | tuple[str, ...]]) -> Chunk:
    values = defaults.model_dump()
    for name, value in labels.items():
        (values if name in _LABELS else values["metadata"])[name] = value
    try:
        values["metadata"] = ChunkMetadata.model_validate(values["metadata"])
        return Chunk.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise InvalidNote(f"{first['loc'][-1]}: {first['msg']}, not {first['input']!r}") from error


def _sections(found: Iterable[Block]) -> Iterator[list[Block]]:
    section: list[Block] = []
    for block in found:
        if block.kind == "heading":
            yield section
            section = []
        else:
            section.append(block)
    yield section


def _packed(section: Iterable[Block]) -> Iterator[str]:
    """The section's paragraphs and list items, put together until they are long enough."""
    packed: list[list[str]] = []
    size, open_ = 0, False
    for unit in _units(section):
        more = _size(unit)
        if open_ and size + more <= MOST:
            packed[-1].append(unit)
            size += more
        else:
            packed.append([unit])
            size = more
        open_ = size < FEWEST or unit.endswith(":")  # what announces a list stays with it
    if len(packed) > 1 and sum(map(_size, packed[-1])) < FEWEST:
        last = packed.pop()
        if sum(map(_size, (*packed[-1], *last))) <= MOST:
            packed[-1] += last
        else:
            packed.append(last)
    return ("\n".join(units) for units in packed)


def _units(section: Iterable[Block]) -> Iterator[str]:
    """Paragraphs and items; those that are too long in pieces of whole sentences."""
    for block in section:
        if _size(block.text) <= MOST:
            yield block.text
            continue
        piece: list[str] = []
        for sentence in whole_sentences(block.text):
            if piece and _size(" ".join((*piece, sentence))) > MOST:
                yield " ".join(piece)
                piece = []
            piece.append(sentence)
        yield " ".join(piece)


def _size(text: str) -> int:
    """In words."""
    return max(len(words(text)), len(text) // _LETTERS_PER_WORD if text.count(" ") * 12 < len(text) else 0)
