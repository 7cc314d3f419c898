"""The front matter of a note: the few fields that we know, read by line. Not YAML as a whole: a note needs none of it, and
aliases that unfold without end are part of it."""

import re

_FENCE = "---"
_FIELD = re.compile(r"([A-Za-z][\w-]{0,40})[ \t]*:(?:[ \t]+(.*))?")
_KNOWN = ("source", "lens", "chunk_type", "company", "role", "start_date", "end_date", "technologies")
_LONGEST = 200  # characters of a value
_MOST_LINES = 100


class InvalidNote(ValueError):
    """A label that cannot be read; the message says which."""


def split_labels(text: str) -> tuple[dict[str, str | tuple[str, ...]], str]:
    """The labels that we know, and the note without its front matter. Other fields are passed over."""
    lines = text.split("\n")
    if lines[0].strip() != _FENCE:
        return {}, text
    end = next((n for n, line in enumerate(lines[1:_MOST_LINES], 1) if line.strip() in (_FENCE, "...")), 0)
    if not end:
        return {}, text
    labels: dict[str, str | tuple[str, ...]] = {}
    name = ""
    for line in lines[1:end]:
        stripped = line.strip()
        if stripped.startswith("- ") and name == "technologies":
            labels[name] = (*_listed(labels.get(name, ())), _plain(stripped[2:]))
        elif match := _FIELD.fullmatch(stripped):
            name = match[1].lower().replace("-", "_")
            if name in _KNOWN:
                value = _plain(match[2] or "")
                labels[name] = _listed(value) if name == "technologies" else value
    for name, found in labels.items():
        if any(len(part) > _LONGEST for part in ([found] if isinstance(found, str) else found)):
            raise InvalidNote(f"{name}: longer than {_LONGEST} characters")
    if len(labels.get("technologies", ())) > _MOST_LINES:
        raise InvalidNote(f"technologies: more than {_MOST_LINES}")
    return {name: found for name, found in labels.items() if found}, "\n".join(lines[end + 1 :])


def _listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    parts = value.removeprefix("[").removesuffix("]").split(",")
    return tuple(part for raw in parts if (part := _plain(raw)))


def _plain(value: str) -> str:
    """Without the comment and the quotes."""
    value = value.strip()
    if value[:1] in ("'", '"') and value.find(value[0], 1) > 0:
        return value[1 : value.find(value[0], 1)].strip()
    return value.partition(" #")[0].strip()
