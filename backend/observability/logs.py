"""The form of logs. Each line says which request and run it is of; none says what an error says.

Why errors' messages are left out: a library's message may quote what it was given, such as a line of a resume. Their types
and where they were raised are enough to find the fault, with the request's id.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Final, Literal, TextIO

from backend.observability.context import REQUEST_ID, RUN_ID

LogFormat = Literal["text", "json"]
QUIET: Final = ("httpx", "httpx2", "httpcore", "httpcore2", "qdrant_client", "asyncio")
"""Libraries that log much. Those that quote what they store or send are kept quiet by their adapters, whoever logs."""
ExcInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class JsonLines(logging.Formatter):
    """One JSON object a line. What is given as `extra={"fields": {...}}` is added."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in _where().items() if value}
        fields = getattr(record, "fields", None)
        if isinstance(fields, Mapping):
            line |= fields
        if record.exc_info and record.exc_info[1]:
            line["error"], line["at"] = fault(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(logging.Formatter):
    """For people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        where = " ".join(f"{name}={value}" for name, value in _where().items() if value)
        line = f"{record.levelname} {record.name}: {record.getMessage()}" + (f" [{where}]" if where else "")
        if record.exc_info and record.exc_info[1]:
            kind, places = fault(record.exc_info)
            line += "".join(f"\n    {place}" for place in places) + f"\n  {kind}"
        return line


def fault(raised: ExcInfo) -> tuple[str, list[str]]:
    """The types of an error and of what caused it, and where it was raised, innermost last."""
    kinds: list[str] = []
    error = raised[1]
    while error is not None and len(kinds) < 5:
        kinds.append(type(error).__name__)
        error = error.__cause__
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in extract_tb(raised[2])]
    return " from ".join(kinds), places[-20:]


def configure(form: LogFormat, stream: TextIO | None = None) -> None:
    """For a process that is ours: our own log and warnings of libraries, to standard error."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _where() -> dict[str, str]:
    return {"request_id": REQUEST_ID.get(), "run_id": RUN_ID.get()}
