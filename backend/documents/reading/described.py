"""How an entry's prose and highlights are kept in a stored document, and under which names extra sections may go."""

from collections.abc import Mapping
from typing import Any

from backend.domain import stored_shape
from backend.domain.text import clean


def described(entry: Mapping[str, Any]) -> dict[str, Any]:
    """`prose` and `highlights` as one `description` whose "- " lines are the highlights.

    Where that would not be read back as the same (prose that begins with a dash, say), they are kept apart.
    """
    values = {key: value for key, value in entry.items() if key not in ("prose", "highlights") and value}
    prose, highlights = str(entry.get("prose") or ""), [str(text) for text in entry.get("highlights") or []]
    description = "\n".join([*([prose] if prose else []), *(f"- {text}" for text in highlights)])
    expected = [*([(None, prose)] if prose else []), *((clean(text), None) for text in highlights)]
    parts = stored_shape.split_description(description)
    read_prose = clean("\n".join(raw for raw, text in parts if text is None))
    found = [*([(None, read_prose)] if read_prose else []), *((text, None) for _, text in parts if text is not None)]
    if not description:
        return values
    if found == expected:
        return values | {"description": description}
    return values | ({"summary": prose} if prose else {}) | ({"highlights": highlights} if highlights else {})


def free_title(title: str) -> str:
    """A section's title as a key that no known field has."""
    taken = {alias for aliases in stored_shape.SECTIONS.values() for alias in aliases}
    title = title or "Other"
    if title in taken or title.startswith(("_", "$")) or stored_shape.read({title: ["x"]}).extras == ():
        return title.strip("_$").capitalize() or "Other"
    return title
