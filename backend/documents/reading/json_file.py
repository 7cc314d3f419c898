"""Text -> a JSON object, with errors that name the line."""

import json
from typing import Any, NoReturn

from backend.errors import InvalidInput

MAX_DEPTH = 50


def json_object(text: str) -> dict[str, Any]:
    _check_depth(text)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        # Half of a surrogate pair is legal in JSON but cannot be stored or sent on.
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"The JSON cannot be read: {error.msg} at line {error.lineno}, column {error.colno}. "
            "Mend that place and send it again."
        ) from error
    except UnicodeEncodeError as error:
        raise InvalidInput(
            "The JSON holds half of a character (a lone \\ud800-\\udfff). Remove it and send it again."
        ) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise InvalidInput("The JSON holds a number that is too long. Shorten it and send it again.") from error
    if not isinstance(value, dict):
        raise InvalidInput(
            f"The JSON is a {_KINDS.get(type(value), 'single value')}, not an object. "
            'Send one resume: an object such as {"contact": {…}, "work_experience": […]} or a JSON Resume.'
        )
    return value


_KINDS = {list: "list", str: "text", int: "number", float: "number"}


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidInput(f"The JSON holds {name}, which JSON does not know. Write null or a number instead.")


def _check_depth(text: str) -> None:
    """Before parsing, because the parser itself recurses."""
    depth, line, in_string, escaped = 0, 1, False, False
    for char in text:
        if char == "\n":
            line += 1
        if in_string:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                in_string = False
        elif char == '"':
            in_string = True
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise InvalidInput(
                    f"The JSON is nested more than {MAX_DEPTH} levels deep at line {line}. Flatten it and send it again."
                )
        elif char in "]}":
            depth -= 1
