"""What the commands share: reading files, and ending with a word on what to do."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from backend.domain.content import Chunk
    from backend.domain.parsed import ParsedResume
    from backend.settings import Settings

_DATA = ("json", "yaml")
_PLAIN = (*_DATA, "markdown", "text")


def read_bytes(path: Path) -> bytes:
    return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()


def read_resume(path: Path, *, ask: bool = False) -> dict[str, Any]:
    """The stored document in a file of any kind. What it hides is told on standard error. With `ask`, a language model is
    asked about what the rules are unsure of, if the settings name one."""
    from backend.documents.reading import read_resume_file
    from backend.documents.reading.sniff import kind_of

    data = read_bytes(path)
    if data and kind_of(data) in (_DATA if ask else _PLAIN):
        return read_resume_file(data)
    parsed = parse_file(data, ask=ask)
    for note in (
        *parsed.warnings,
        *(f"hidden text left out ({h.how}, {h.place}): {h.text[:80]}" for h in parsed.hidden),
    ):
        typer.secho(f"tailor: {path}: {note}", err=True, fg=typer.colors.YELLOW)
    return parsed.document


def parse_file(data: bytes, *, ask: bool = False) -> "ParsedResume":
    from backend.documents.reading.sandbox import read_file

    settings = settings_or_fail() if ask else None
    return asyncio.run(_parsed(settings, data)) if settings and settings.has_language_model else read_file(data)


async def _parsed(settings: "Settings", data: bytes) -> "ParsedResume":
    from backend.container import open_parsing

    async with open_parsing(settings) as parsing:
        return await parsing.read("local", data)


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


@contextmanager
def failing_plainly(nameless: str = "The file", *, debug: bool = False) -> Iterator[None]:
    """Ends with a word on what users can mend: what we refuse, and files that cannot be opened."""
    from backend.errors import TailorError

    try:
        yield
    except TailorError as error:
        fail(error.detail, debug=debug)
    except OSError as error:
        fail(f"{error.filename or nameless}: {error.strerror}", debug=debug)


def settings_or_fail(**given: Any) -> "Settings":
    from pydantic import ValidationError

    from backend.settings import Settings

    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        fail(f"The setting {name} is not usable: {first['msg']}. See .env.example.")
