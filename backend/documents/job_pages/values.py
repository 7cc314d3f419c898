"""Values of somebody else's JSON, taken for what they should be and never for more."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Any
_DEEPEST, _MOST = 12, 5_000


def loaded(text: str) -> Json:
    """The JSON in a text, control characters in strings allowed; None where it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def said(value: Json, *names: str) -> str:
    """The first text or number found under one of the names; "" if there is none."""
    for name in names:
        found = mapping(value).get(name)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if isinstance(found, int | float) and not isinstance(found, bool):
            return plain_number(found)
    return ""


def mapping(value: Json) -> Mapping[str, Json]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def part(value: Json, name: str) -> Mapping[str, Json]:
    return mapping(mapping(value).get(name))


def many(value: Json) -> list[Json]:
    """A list as it is, anything else as a list of one, nothing as none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def plain_number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def objects(value: Json) -> Iterator[Mapping[str, Json]]:
    """Every object in a value, outer ones first, as far as it is of a sane size."""
    queue: list[tuple[Json, int]] = [(value, 0)]
    for _ in range(_MOST):
        if not queue:
            return
        found, depth = queue.pop(0)
        if isinstance(found, Mapping):
            yield found
        if depth < _DEEPEST:
            inner = found.values() if isinstance(found, Mapping) else found if isinstance(found, list) else ()
            queue += [(item, depth + 1) for item in inner if isinstance(item, Mapping | list)]
