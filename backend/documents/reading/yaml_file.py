"""Text -> a YAML mapping whose scalars are all texts, with errors that name the line. Aliases are refused: a few lines of
them can stand for gigabytes."""

import re
from typing import Any

import yaml

from backend.errors import InvalidInput

MAX_DEPTH, MAX_CHARACTERS = 50, 500_000
_NOTHING = ("null", "~", "Null", "NULL")


def is_resume_yaml(text: str) -> bool:
    """Whether a text is a RenderCV file: `cv:` on a line of its own, and indented keys below it."""
    return _CV.search(text) is not None


_CV = re.compile(r"^cv:[ \t]*(?:#[^\n]*)?\n(?:[ \t]*(?:#[^\n]*)?\n){0,20}[ ]+[a-z_]+:(?:[ \n]|$)", re.MULTILINE)


def yaml_object(text: str) -> dict[str, Any]:
    """The mapping in a YAML text. What is left empty, or is null, is left out. Raises InvalidInput."""
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            f"The YAML has {len(text):,} characters; a resume may have {MAX_CHARACTERS:,}. Send the resume alone."
        )
    try:
        _check(text)
        # The base loader makes texts, lists and mappings, nothing else.
        value = yaml.load(text, Loader=_LOADER)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        place = f" at line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InvalidInput(
            f"The YAML cannot be read: {error.problem}{place}. Mend that place and send it again."
        ) from error
    except yaml.YAMLError as error:
        raise InvalidInput(
            "The YAML holds a character that YAML does not allow. Remove it and send it again."
        ) from error
    if not isinstance(value, dict):
        raise InvalidInput("The YAML is no mapping. Send one resume, such as a RenderCV file with cv: at its top.")
    cleaned: dict[str, Any] = _cleaned(value)
    return cleaned


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _check(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            raise InvalidInput(f"The YAML uses an alias (*name) at line {line}. Write the value out and send it again.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise InvalidInput(
                    f"The YAML is nested more than {MAX_DEPTH} levels deep at line {line}. Flatten it and send it again."
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            str(key): item for key, raw in value.items() if (item := _cleaned(raw)) not in ("", None) and key != "<<"
        }
    if isinstance(value, list):
        return [item for raw in value if (item := _cleaned(raw)) not in ("", None)]
    return None if value in _NOTHING else str(value)
