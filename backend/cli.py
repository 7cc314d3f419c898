"""The `tailor` command. Thin: it reads files, opens the container, and shows what comes back.

Everything heavy is imported inside the commands, so that `tailor --help` answers at once.
"""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend import cli_documents, cli_worker
from backend.cli_common import fail, read_bytes, read_resume

if TYPE_CHECKING:
    from backend.documents.writing.formats import Format
    from backend.domain.content import Chunk
    from backend.domain.job import Job
    from backend.domain.tailoring import Options, Tailoring
    from backend.ports import Progress
    from backend.settings import Settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Tailor a resume to a job."
)
LOCAL_USER = "local"
app.command()(cli_documents.parse)
app.command()(cli_documents.audit)
app.command()(cli_documents.export)
app.command()(cli_worker.worker)


@app.callback()
def root() -> None:
    """Tailor a resume to a job, with nothing in it that you did not write."""


@app.command()
def run(
    resume: Annotated[Path | None, typer.Option(help="Your resume, in any format; - for standard input")] = None,
    job: Annotated[
        Path | None, typer.Option(help="The job description: a text file, an address, or - for standard input")
    ] = None,
    library: Annotated[
        Path | None, typer.Option(help="More true things about your work: a JSON list of chunks")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write tailored.* to")] = Path("out"),
    formats: Annotated[
        str, typer.Option("--format", help="What to write: pdf, docx, html, md, txt, json, jsonresume, rendercv")
    ] = "pdf,docx,html,md,json",
    template: Annotated[str, typer.Option(help="classic, modern, compact or academic")] = "classic",
    pages: Annotated[int | None, typer.Option(help="The most pages that it may take: 1 to 5")] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Use the sample resume, job and library")] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change; write nothing")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The whole record as JSON on standard output")] = False,
    tone: Annotated[str, typer.Option(help="neutral, confident, warm or formal")] = "neutral",
    language: Annotated[str, typer.Option(help="Language to write in, such as en")] = "en",
    word_limit: Annotated[int | None, typer.Option(help="The most words the resume may have")] = None,
    focus: Annotated[list[str] | None, typer.Option(help="An area to bring forward; may be repeated")] = None,
    max_attempts: Annotated[int, typer.Option(help="1 to 5")] = 3,
    threshold: Annotated[float, typer.Option(help="Good enough, 0 to 1")] = 0.8,
    model: Annotated[str | None, typer.Option(help="The writer, such as anthropic:claude-sonnet-4-6")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose")] = False,
) -> None:
    """Tailor one resume to one job, here and now; nothing is stored but what is written to --out."""
    from pydantic import ValidationError

    from backend.domain.tailoring import Options
    from backend.errors import TailorError

    try:
        wanted = _formats(formats)
        options = Options.model_validate(
            {
                "tone": tone,
                "language": language,
                "word_limit": word_limit,
                "focus_areas": focus or (),
                "max_attempts": max_attempts,
                "threshold": threshold,
                "model": model,
            }
        )
        tailoring = asyncio.run(_run(*_inputs(resume, job, library, sample), options, as_json))
        if as_json:
            typer.echo(tailoring.model_dump_json(indent=2))
        written = [] if preview else _write(tailoring, out, wanted, template, pages)
    except ValidationError as error:
        problem = error.errors()[0]
        fail(f"--{'.'.join(str(part) for part in problem['loc']).replace('_', '-')}: {problem['msg']}", debug=debug)
    except TailorError as error:
        fail(error.detail, debug=debug)
    except OSError as error:
        fail(f"{error.filename or 'A file'}: {error.strerror}", debug=debug)
    if not as_json:
        from backend.cli_view import show_written

        show_written(written)


@app.command()
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
    from backend.errors import InvalidInput, TailorError

    try:
        if jsonl:
            raise typer.Exit(_verify_lines())
        if original is None or tailored is None:
            raise InvalidInput("Give the original and the tailored resume: tailor verify ORIGINAL TAILORED.")
        from backend.container import verifications

        documents = read_resume(original), read_resume(tailored)
        result = verifications().verify(*documents, _library(library))
    except TailorError as error:
        fail(error.detail)
    except OSError as error:
        fail(f"{error.filename or 'A file'}: {error.strerror}")
    if as_json:
        typer.echo(result.model_dump_json(indent=2))
    else:
        from backend.cli_view import show_comparison

        show_comparison(result)
    raise typer.Exit(0 if result.truthful else 1)


@app.command()
def serve(
    port: Annotated[int | None, typer.Option(help="The port to listen on (default: PORT, else 8000)")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on (default: HOST, else 127.0.0.1)")] = None,
) -> None:
    """Run the API."""
    import uvicorn

    from backend.app import create_app
    from backend.observability.logs import configure

    settings = _settings()
    configure(settings.logs)
    uvicorn.run(
        create_app(settings),
        host=host or settings.host,
        port=settings.port if port is None else port,
        timeout_graceful_shutdown=4,  # who follows a run would keep us; they connect again elsewhere
        log_config=None,
        access_log=False,  # it would tell what people search for; ours tells routes
    )


@app.command()
def reindex() -> None:
    """Rebuild the vector index from MongoDB: embeds what is new, drops what is gone."""
    from backend.errors import TailorError

    try:
        asyncio.run(_reindex())
    except TailorError as error:
        fail(error.detail)


@app.command()
def rekey() -> None:
    """Wrap everybody's key with ENCRYPTION_KEY anew, after it has changed. No document is touched."""
    from backend.container import rewrap_keys
    from backend.errors import TailorError

    try:
        count = asyncio.run(rewrap_keys(_settings()))
    except TailorError as error:
        fail(error.detail)
    typer.echo(f"{count} keys wrapped anew; ENCRYPTION_PREVIOUS_KEYS may be emptied.")


async def _run(
    document: dict[str, object], job: "Job", library: "list[Chunk]", options: "Options", quiet: bool
) -> "Tailoring":
    from backend.container import open_pipeline
    from backend.pipeline.run import TailoringRequest

    async with open_pipeline(_settings()) as pipeline:
        request: TailoringRequest = TailoringRequest(LOCAL_USER, "resume", document, job, options)

        async def go(progress: "Progress") -> "Tailoring":
            await pipeline.chunks.put(LOCAL_USER, library)
            await pipeline.retriever.index_chunks(LOCAL_USER, library)
            return await pipeline.run(request, progress)

        if quiet:
            from backend.pipeline.tailoring_pipeline import silent

            return await go(silent)
        from backend.cli_view import live_progress, show

        with live_progress() as progress:
            tailoring = await go(progress)
        show(tailoring)
        return tailoring


async def _reindex() -> None:
    from backend.container import open_container

    async with open_container(_settings()) as container:
        for user_id in await container.parts.resumes.users():
            after = None
            count = 0
            while page := await container.parts.resumes.list(user_id, 50, after):
                for stored in page:
                    await container.resumes.index(user_id, stored)
                count += len(page)
                after = page[-1].id
            library = await container.content.reindex(user_id)
            await container.voice.reindex(user_id)
            typer.echo(f"{user_id}: {count} resumes, {library.chunks} chunks")


def _inputs(
    resume: Path | None, job: Path | None, library: Path | None, sample: bool
) -> "tuple[dict[str, object], Job, list[Chunk]]":
    from backend.data import SAMPLES
    from backend.domain.job import Job
    from backend.errors import InvalidInput

    if sample:
        resume = resume or SAMPLES / "resume.json"
        job = job or SAMPLES / "job.txt"
        library = library or SAMPLES / "library.json"
    if resume is None or job is None:
        raise InvalidInput("Give --resume FILE and --job FILE, or --sample to see it work on an example.")
    if str(resume) == "-" and str(job) == "-":
        raise InvalidInput("Only one of --resume and --job can be read from standard input.")
    document = read_resume(resume)
    address = str(job).replace("https:/", "https://", 1).replace("http:/", "http://", 1)  # a Path holds one slash
    if address.startswith(("http://", "https://")):
        from backend.container import job_at

        return document, asyncio.run(job_at(address)), _library(library)
    return document, Job(text=read_bytes(job).decode("utf-8", errors="replace")), _library(library)


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


def _library(path: Path | None) -> "list[Chunk]":
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


def _formats(names: str) -> "list[Format]":
    from backend.documents.writing.formats import format_named

    return [format_named(name) for name in names.split(",") if name.strip()]


def _write(tailoring: "Tailoring", out: Path, formats: "list[Format]", template: str, pages: int | None) -> list[Path]:
    import json

    from backend.documents.writing.formats import KINDS, write
    from backend.domain.stored_shape import read

    resume = read(tailoring.tailored_resume)
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name in formats:
        path = out / f"tailored.{KINDS[name].ending}"
        if name == "json":  # with the fields that we have no model for
            path.write_text(
                json.dumps(tailoring.tailored_resume, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
            )
        else:
            made = write(resume, name, template, pages=pages)
            path.write_bytes(made.data)
            if made.dropped or made.warnings:
                cli_documents.tell(made, path)
        written.append(path)
    return written


def _settings() -> "Settings":
    from pydantic import ValidationError

    from backend.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]).upper()
        fail(f"The setting {name} is not usable: {first['msg']}. See .env.example.")


def main() -> None:
    app()
