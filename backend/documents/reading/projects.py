"""Project entries."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from backend.documents.reading import vocabulary
from backend.documents.reading.blocks import Block, blocks_of
from backend.documents.reading.body import INNER_LABEL, TECHNOLOGIES, body_of, joined, listed
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import DATE_LABELS, URL, dated, headline, split, take_labelled, trimmed

_LABELS = DATE_LABELS | {
    "name": "name", "project": "name", "role": "role", "url": "url", "link": "url", "website": "url", "demo": "url",
    "repository": "url", "repo": "url", "github": "url", "source": "url", "code": "url",
}  # fmt: skip
_NAMED = re.compile(r"([^:]{2,60}):\s+(\S.*)$")
_NAME_DASH = re.compile(r"(.{2,60}?)\s(?:[–—]|--?)\s(\S.*)$")


def project_entries(lines: Sequence[Line], *, marked: bool) -> list[dict[str, Any]]:
    lines = joined(lines, marked=marked)
    if lines and all(line.kind == "bullet" for line in lines):
        return [_project(block, marked=marked) for block in _bulleted(lines)]
    return [_project(block, marked=marked) for block in _blocks(lines, marked=marked)]


def _bulleted(lines: Sequence[Line]) -> list[Block]:
    """Each outermost bullet is a project, the bullets below it are its highlights."""
    outer = min(line.indent for line in lines)
    blocks: list[Block] = []
    for line in lines:
        if line.indent == outer or not blocks:
            blocks.append(Block(header=[replace(line, kind="text")]))
        else:
            blocks[-1].body.append(line)
    return blocks


def _blocks(lines: Sequence[Line], *, marked: bool) -> list[Block]:
    """As in any section, but a project's heading may be as little as a name above bullets or after a blank line."""
    blocks: list[Block] = []
    for block in blocks_of(lines, marked=marked):
        if block.header and block.header[0].kind == "heading":
            blocks.append(block)
            continue
        current = Block(header=block.header)
        blocks.append(current)
        for index, line in enumerate(block.body):
            above = block.body[index - 1] if index else None
            below = block.body[index + 1] if index + 1 < len(block.body) else None
            apart = line.gap or (above is not None and above.kind == "bullet")
            if line.kind == "text" and apart and (above or not current.header) and _could_be_name(line, below):
                current = Block(header=[line])
                blocks.append(current)
            else:
                current.body.append(line)
    return [block for block in blocks if block.header or block.body]


def _could_be_name(line: Line, below: Line | None) -> bool:
    if TECHNOLOGIES.match(line.text) or INNER_LABEL.match(line.text) or URL.fullmatch(line.text):
        return False
    if _NAMED.match(line.text) or _NAME_DASH.match(line.text):
        return True
    followed = below is not None and (below.kind == "bullet" or not below.gap)
    return followed and len(line.text) <= 80 and not line.text.endswith((".", ";", ","))


def _project(block: Block, *, marked: bool) -> dict[str, Any]:
    values, lines = take_labelled([*block.parents, *block.header], _LABELS)
    values = dated(values)
    prose: list[str] = []
    technologies: list[str] = []
    for line in lines:
        if line.text == values.get("name"):
            continue
        text, date = headline(line.text)
        if date and not values.keys() & {"start_date", "end_date"}:
            values |= {k: v for k, v in (("start_date", date.start), ("end_date", date.end)) if v}
        elif date:
            text = line.text
        if (match := URL.search(text)) and "url" not in values and ("/" in match.group() or match.group() == text):
            values["url"] = match.group()
            text = trimmed(text[: match.start()] + text[match.end() :])
        _assign(text, line, values, prose, technologies)
    below, rest = take_labelled(
        block.body, {k: v for k, v in _LABELS.items() if v in ("role", "url") and v not in values}
    )
    values |= below
    rest = _first_lines(rest, values)
    body = body_of(rest, marked=marked)
    return {
        **values,
        "prose": "\n".join([*prose, *([body.prose] if body.prose else [])]),
        "highlights": body.highlights,
        "technologies": technologies + body.technologies,
    }


def _first_lines(lines: list[Line], values: dict[str, str]) -> list[Line]:
    """Takes a role and an address that stand alone straight below the heading; gives back the other lines."""
    number = 0
    for line in lines:
        if line.kind != "text":
            break
        if "url" not in values and URL.fullmatch(line.text):
            values["url"] = line.text
        elif "role" not in values and not number and _is_role(line.text):
            values["role"] = line.text
        else:
            break
        number += 1
    return lines[number:]


def _named_and_role(text: str) -> tuple[str, str] | None:
    """ "tidvakt, Maintainer" and "Misdirection, Team lead, Designer" as name and role."""
    name, *roles = text.split(", ")
    return (name, ", ".join(roles)) if roles and all(map(_is_role, roles)) else None


def _is_role(text: str) -> bool:
    return vocabulary.title_score(text) >= 3 and len(text.split()) <= 5 and not text.endswith((".", ":"))


def _assign(text: str, line: Line, values: dict[str, str], prose: list[str], technologies: list[str]) -> None:
    if line.kind != "heading" and "name" not in values:
        if match := _NAMED.match(text) or (_NAME_DASH.match(text) if "|" not in text else None):
            name, role = _named_and_role(text) or (text, "")
            if (whole := _NAMED.match(name)) and _is_subtitle(whole[2]):
                values |= {"name": name} | ({"role": role} if role else {})
                return
            values["name"] = trimmed(match[1])
            text = match[2]
            if len(text.split()) > 4 or text.endswith("."):
                prose.append(text)
                return
        elif len(text) > 120:
            prose.append(text)
            return
    for piece in split(text):
        if "name" not in values:
            if "role" not in values and (pair := _named_and_role(piece)):
                piece, values["role"] = pair
            values["name"], described = _without_stack(piece)
            technologies.extend(described)
        elif "role" not in values and _is_role(piece):
            values["role"] = piece
        elif len(items := listed(piece)) >= 2 and all(len(item.split()) <= 3 for item in items) and not technologies:
            technologies.extend(items)
        else:
            prose.append(piece)


def _is_subtitle(text: str) -> bool:
    """ "A Tile Editor" of "Mosaic: A Tile Editor", which is one name."""
    words = text.split()
    return 2 <= len(words) <= 5 and words[0] in ("A", "An", "The") and all(word[0].isupper() for word in words)


def _without_stack(text: str) -> tuple[str, list[str]]:
    """ "Chat (React, Node.js)" as ("Chat", ["React", "Node.js"])."""
    match = re.fullmatch(r"(.+?)\s*[(\[]([^()\[\]]+,[^()\[\]]+)[)\]]", text)
    return (match[1], listed(match[2])) if match else (text, [])
