"""What the commands share: reading files, and ending with a word on what to do."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from backend.domain.content import Chunk
    from backend.domain.parsed import ParsedResume
    from backend.settings import Settings

_PLAIN = ("json", "yaml", "markdown", "text")


def read_bytes(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()


def read_resume(path: Path) -> dict[str, Any]:
    """The stored document in a file of any kind. What it hides is told on standard error."""
    from backend.documents.reading import read_resume_file
    from backend.documents.reading.sniff import kind_of

    data = read_bytes(path)
    if data and kind_of(data) in _PLAIN:
        return read_resume_file(data)
    parsed = parse_file(data)
    for note in (
        *parsed.warnings,
        *(f"hidden text left out ({h.how}, {h.place}): {h.text[:80]}" for h in parsed.hidden),
    ):
        typer.secho(f"tailor: {path}: {note}", err=True, fg=typer.colors.YELLOW)
    return parsed.document


def parse_file(data: bytes) -> "ParsedResume":
    from backend.documents.reading.sandbox import read_file

    return read_file(data)


def read_library(path: Path | None) -> "list[Chunk]":
    from pydantic import TypeAdapter, ValidationError

    from backend.domain.content import Chunk
    from backend.errors import InvalidInput

    if path is None:
        return []
    try:
        return TypeAdapter(list[Chunk]).validate_json(read_bytes(path))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InvalidInput(f"{path} is not a library: {where}: {first['msg']}") from error


def fail(message: str, *, debug: bool = False) -> NoReturn:
    if debug:
        import traceback

        traceback.print_exc()
    typer.secho(f"tailor: {message}", err=True, fg=typer.colors.RED)
    raise typer.Exit(2)


def settings_or_fail(**given: Any) -> "Settings":
    from pydantic import ValidationError

    from backend.settings import Settings

    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        fail(f"The setting {name} is not usable: {first['msg']}. See .env.example.")
