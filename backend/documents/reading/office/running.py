"""Headers and footers: what of them belongs to the text. Ways to reach a person often stand nowhere else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from backend.documents.reading.office.assembly import plain_lines
from backend.documents.reading.office.flow import Block, Paragraph, paragraphs_of
from backend.documents.reading.office.looks import hiding

_TOP = 8
_REACHES = re.compile(r"[\w.+-]+@[\w-]+\.\w+|https?://|www\.|linkedin\.com|github\.com|\+?\(?\d[\d\s().-]{7,}\d")


@dataclass(frozen=True, slots=True)
class Running:
    """A header or footer; `leads` says that it is the first page's header."""

    blocks: tuple[Block, ...]
    leads: bool = False


def with_running(body: Sequence[Block], parts: Sequence[Running]) -> list[Block]:
    """The body with the first page's header before it, and below that the lines of the other headers and footers that
    say how to reach the person where nothing else does. A line that the body begins with is not said twice."""
    if not any(part.blocks for part in parts):
        return list(body)
    own = plain_lines(body)
    top = {_bare(line) for line in own[:_TOP]}
    said = " ".join(own)
    result: list[Block] = []
    for part in sorted(parts, key=lambda part: not part.leads):
        lines = plain_lines(part.blocks)
        if (part.leads and not (lines and {_bare(line) for line in lines} <= top)) or (
            not part.leads and any(match not in said for line in lines for match in _REACHES.findall(line))
        ):
            result.extend(_without(part.blocks, top))
        said += " ".join(["", *lines])
    return [*result, Paragraph(), *body] if result else list(body)


def _without(blocks: Sequence[Block], top: set[str]) -> list[Block]:
    return [
        block
        for block in blocks
        if not isinstance(block, Paragraph) or _bare("".join(run.text for run in block.runs)) not in top
    ]


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def fonts_in(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The families that visible text is set in, the most used first."""
    used: dict[str, int] = {}
    for paragraph in paragraphs_of(blocks):
        for run in paragraph.runs:
            if run.look.font and run.text.strip() and hiding(run.look) is None:
                used[run.look.font] = used.get(run.look.font, 0) + len(run.text)
    return tuple(sorted(used, key=lambda font: -used[font]))
