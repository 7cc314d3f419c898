"""The lines of a section with entries -> one block per entry: the lines of its heading, and what stands below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from backend.documents.reading import vocabulary
from backend.documents.reading.body import INNER_LABEL, joined
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import DATE_LABELS, URL, headline, labelled, split

_META_LABELS = (
    frozenset(DATE_LABELS)
    | frozenset(
        """company employer organization organisation client title position role designation location place url link website
    name institution school university degree field major area""".split()
    )
    | {"job title", "field of study"}
)
_NEAR = 4  # lines


@dataclass(slots=True)
class Block:
    """`parents` are heading lines shared with the blocks before: an employer with several positions."""

    header: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    parents: list[Line] = field(default_factory=list)


def blocks_of(lines: Sequence[Line], *, marked: bool) -> list[Block]:
    lines = [line for line in joined(lines, marked=marked) if line.text]
    headings = [line for line in lines if line.kind == "heading" and not INNER_LABEL.match(line.text)]
    if not headings:
        return _unmarked(lines)
    top = min(line.level for line in headings)
    first = next(index for index, line in enumerate(lines) if line in headings)
    result = _unmarked(lines[:first]) if first else []
    group: list[Line] = []
    for line in lines[first:]:
        if line.kind == "heading" and line.level == top and group:
            result.extend(_under_heading(group, top, marked=marked))
            group = []
        group.append(line)
    return [*result, *_under_heading(group, top, marked=marked)]


def _under_heading(lines: Sequence[Line], top: int, *, marked: bool) -> list[Block]:
    """One entry, or several where deeper headings below the first one name positions."""
    deeper = [
        index
        for index, line in enumerate(lines)
        if line.kind == "heading" and line.level > top and not INNER_LABEL.match(line.text)
    ]
    headless = deeper[:1] == [0]  # what stands before the first heading of the outer level
    starts = [*([] if headless else [0]), *deeper, len(lines)]
    parts = [_with_header(lines[a:b], marked=marked) for a, b in pairwise(starts)]
    if headless or not deeper:
        return parts
    parent, *children = parts
    children[0].body[:0] = parent.body
    for child in children:
        child.parents = parent.header
    return children


def _with_header(lines: Sequence[Line], *, marked: bool) -> Block:
    end = 1
    pieces = len(split(headline(lines[0].text).text))
    while end < len(lines) and end < 8 and _is_meta(lines[end], pieces):
        pieces += len(split(headline(lines[end].text).text))
        end += 1
    return Block(header=list(lines[:end]), body=list(lines[end:]))


def _is_meta(line: Line, pieces: int) -> bool:
    """Whether a line below an entry's heading still belongs to it."""
    if line.kind != "text":
        return False
    text = line.text
    if (pair := labelled(text)) and pair[0] in _META_LABELS:
        return True
    rest, date = headline(text)
    if len(rest) > 100 or (rest.endswith((".", ";", ":")) and not _is_abbreviated(rest)):
        return False
    if date or vocabulary.is_place(text) or (URL.fullmatch(text)):
        return True
    if line.emphasised or line.strong:
        return len(text) <= 80
    return not line.gap and pieces < 2 and is_header_like(line)


def squeezed(text: str) -> str:
    """With a wide gap, as between columns, made narrow."""
    return re.sub(r"\s{4,}", "   ", text)


def _is_abbreviated(text: str) -> bool:
    return re.search(r"\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|Dept|Univ|U\.S|U\.K|[A-Z])\.$", text) is not None


def is_header_like(line: Line) -> bool:
    """A short line that could be part of an entry's heading, not a sentence."""
    text = squeezed(line.text)
    if line.kind == "bullet" or not text or len(text) > 110 or len(text.split()) > 14 or INNER_LABEL.match(text):
        return False
    if text[-1] in ".;,:!?" and not _is_abbreviated(text):
        return False
    return not text[0].islower() and not re.match(
        r"(?:technologies|tech stack|environment|tools)\s*:", text, re.IGNORECASE
    )


def anchors_of(lines: Sequence[Line]) -> list[int]:
    """Lines with the date of an entry."""
    found: list[int] = []
    for index, line in enumerate(lines):
        if line.kind != "text" or len(text := squeezed(line.text)) > 160:
            continue
        rest, date = headline(text)
        sentence = rest.endswith(".") and not _is_abbreviated(rest)
        if found and index - found[-1] <= _NEAR and rest.lower() in DATE_LABELS:
            continue  # "Duration Jan 2014 to Jun 2015", below a heading that said so already
        # A name such as "tidvakt" may begin small where it stands out by other means.
        named = not rest[:1].islower() or line.strong
        if date and len(rest) <= 110 and not sentence and named:
            found.append(index)
    return found


def _unmarked(lines: Sequence[Line]) -> list[Block]:
    anchors = anchors_of(lines)
    if not anchors and (raised := _raised(lines)):
        lines, anchors = raised, anchors_of(raised)
    if not anchors:
        return _undated(lines)
    up = anchors[0] if anchors[0] <= 3 and all(is_header_like(line) for line in lines[: anchors[0]]) else 0
    spans: list[tuple[int, int]] = []
    for number, anchor in enumerate(anchors):
        if spans and anchor < spans[-1][1]:
            continue
        floor = spans[-1][1] if spans else 0
        begin = heading_above(lines, anchor, floor, up)
        following = anchors[number + 1] if number + 1 < len(anchors) else len(lines)
        spans.append((begin, _downwards(lines, begin, anchor, following, up)))
    blocks = _undated(lines[: spans[0][0]])
    ends = [begin for begin, _ in spans[1:]] + [len(lines)]
    for (begin, middle), end in zip(spans, ends, strict=True):
        blocks.append(Block(header=list(lines[begin:middle]), body=list(lines[middle:end])))
    return _with_parents(blocks)


def _raised(lines: Sequence[Line]) -> list[Line] | None:
    """Where the outermost bullets carry the dates, they are the headings."""
    outer = min((line.indent for line in lines if line.kind == "bullet"), default=None)
    if outer is None:
        return None
    raised = [
        replace(line, kind="text", gap=True) if line.kind == "bullet" and line.indent == outer else line
        for line in lines
    ]
    tops = sum(1 for line in lines if line.kind == "bullet" and line.indent == outer)
    return raised if 2 * len(anchors_of(raised)) > tops else None


def _named(lines: Sequence[Line]) -> int:
    """How many pieces other than dates and places a heading has so far."""
    pieces = [piece for line in lines for piece in split(headline(line.text).text)]
    return sum(1 + _names_two(piece) for piece in pieces if not vocabulary.is_place(piece))


def _names_two(piece: str) -> bool:
    """Whether a piece holds title and employer: "Engineer, Acme", but not "Engineer, Platform"."""
    head, comma, tail = piece.partition(",")
    unit = vocabulary.title_score(head) >= 3 and set(vocabulary.plain_words(tail)) <= vocabulary.DEPARTMENTS
    return bool(comma) and not unit and not vocabulary.is_place(tail.strip())


def heading_above(lines: Sequence[Line], anchor: int, floor: int, up: int) -> int:
    """Where the heading around a dated line begins. `up` is how many lines stand above the section's first date."""
    begin = anchor
    while begin > floor and is_header_like(lines[begin - 1]):
        above = lines[begin - 1]
        taken = anchor - begin
        if taken < up:
            # Over a blank line only while the heading lacks a part, as when each part stands alone.
            if lines[begin].gap and _named(lines[begin : anchor + 1]) >= 2:
                break
        elif (
            taken or lines[begin].gap or _named(lines[begin : anchor + 1]) >= 2 or not (above.gap or begin - 1 == floor)
        ):
            break
        begin -= 1
    return begin


def _downwards(lines: Sequence[Line], begin: int, anchor: int, following: int, up: int) -> int:
    end = anchor + 1
    limit = min(following - up, anchor + 3) if following < len(lines) else anchor + 3
    while end < min(limit, len(lines)):
        line = lines[end]
        named = _named(lines[begin:end])
        place = vocabulary.is_place(line.text)
        if not is_header_like(line) or len(squeezed(line.text)) > 90 or (line.gap and named):
            break
        titled = any(vocabulary.title_score(squeezed(above.text)) for above in lines[begin:end])
        subtitle = line.emphasised and end == anchor + 1 and not lines[anchor].emphasised and not line.gap
        if named >= 2 and not place and not subtitle and (titled or vocabulary.title_score(line.text) < 3):
            break
        end += 1
    return end


def _with_parents(blocks: list[Block]) -> list[Block]:
    """ "Acme, 2015–2023" straight above "Senior Engineer, 2020–2023": the first names the employer of those below."""
    result: list[Block] = []
    parents: list[Line] = []
    for index, block in enumerate(blocks):
        text = headline(block.header[0].text).text if block.header else ""
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        names_employer = text and not vocabulary.title_score(text) and len(block.header) == 1
        if names_employer and not block.body and below and below.header and _is_position(below):
            parents = block.header
            continue
        if not _is_position(block):
            parents = []
        block.parents = parents
        result.append(block)
    return result


def _is_position(block: Block) -> bool:
    """Whether the heading names a title and nothing else."""
    texts = [headline(line.text).text for line in block.header]
    return (
        len(texts) == 1 and vocabulary.title_score(texts[0]) >= 3 and len(split(texts[0])) == 1 and "," not in texts[0]
    )


def _undated(lines: Sequence[Line]) -> list[Block]:
    blocks: list[Block] = []
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        fresh = previous is None or previous.kind == "bullet" or (line.gap and _begins_entry(line))
        if line.kind == "text" and fresh and is_header_like(line):
            blocks.append(Block(header=[line]))
        elif not blocks:
            blocks.append(Block(body=[line]))
        elif (
            not blocks[-1].body and blocks[-1].header and not line.gap and len(blocks[-1].header) < 3
            and is_header_like(line) and _named(blocks[-1].header) < 2
        ):  # fmt: skip
            blocks[-1].header.append(line)
        else:
            blocks[-1].body.append(line)
    return blocks


def _begins_entry(line: Line) -> bool:
    return vocabulary.title_score(line.text) > 0 or vocabulary.company_score(line.text) > 0
