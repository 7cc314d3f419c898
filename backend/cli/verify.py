"""`tailor verify`: a tailored resume, from any tool, against its original."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from backend.cli.common import failing_plainly, read_library, read_resume


def verify(
    original: Annotated[Path | None, typer.Argument(help="The resume it was made from, in any format")] = None,
    tailored: Annotated[Path | None, typer.Argument(help="The tailored resume, from any tool")] = None,
    library: Annotated[Path | None, typer.Option(help="More true things: a JSON list of chunks")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON on standard output")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, original, tailored, library?} lines from standard input")
    ] = False,
) -> None:
    """Check that every claim of a tailored resume is in its original. Exit 1 when one is unsupported."""
    from backend.errors import InvalidInput

    with failing_plainly("A file"):
        if jsonl:
            raise typer.Exit(_verify_lines())
        if original is None or tailored is None:
            raise InvalidInput("Give the original and the tailored resume: tailor verify ORIGINAL TAILORED.")
        from backend.container import verifications

        documents = read_resume(original), read_resume(tailored)
        result = verifications().verify(*documents, read_library(library))
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        from backend.cli.view import show_comparison

        show_comparison(result)
    raise typer.Exit(0 if result.truthful else 1)


def _verify_lines() -> int:
    """One line in, one line out, in order; a line that cannot be read gets an error of its own. 1 if any claim is unsupported."""
    import json

    from pydantic import TypeAdapter

    from backend.container import verifications
    from backend.documents.reading import read_resume_file
    from backend.domain.content import Chunk
    from backend.errors import TailorError

    service, chunks, worst = verifications(), TypeAdapter(list[Chunk]), 0

    def document(value: object) -> dict[str, object]:
        return read_resume_file((value if isinstance(value, str) else json.dumps(value)).encode())

    for line in sys.stdin:
        if not line.strip():
            continue
        name = None
        try:
            row = json.loads(line)
            name = row.get("id")
            library = chunks.validate_python(row.get("library") or [])
            result = service.verify(document(row["original"]), document(row["tailored"]), library)
            output = {"id": name, "truthful": result.truthful, "claims": [c.model_dump() for c in result.claims]}
            worst = max(worst, int(not result.truthful))
        except (TailorError, ValueError, KeyError, AttributeError, TypeError) as error:
            output = {
                "id": name,
                "error": error.detail if isinstance(error, TailorError) else f"not a usable line: {error}",
            }
            worst = max(worst, 1)
        typer.echo(json.dumps(output, ensure_ascii=False))
    return worst
