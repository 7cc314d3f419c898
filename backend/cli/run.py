"""`tailor run`: one resume, one job, here and now."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli.common import fail, failing_plainly, read_bytes, read_library, read_resume, settings_or_fail
from backend.cli.documents import tell

if TYPE_CHECKING:
    from backend.documents.writing.formats import Format
    from backend.domain.content import Chunk
    from backend.domain.job import Job
    from backend.domain.tailoring import Options, Tailoring
    from backend.ports import Progress

LOCAL_USER = "local"


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

    with failing_plainly("A file", debug=debug):
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
    if not as_json:
        from backend.cli.view import show_written

        show_written(written)


async def _run(
    document: dict[str, object], job: "Job", library: "list[Chunk]", options: "Options", quiet: bool
) -> "Tailoring":
    from backend.container import open_pipeline
    from backend.pipeline.run import TailoringRequest

    async with open_pipeline(settings_or_fail()) as pipeline:
        request: TailoringRequest = TailoringRequest(LOCAL_USER, "resume", document, job, options)

        async def go(progress: "Progress") -> "Tailoring":
            await pipeline.chunks.put(LOCAL_USER, library)
            await pipeline.retriever.index_chunks(LOCAL_USER, library)
            return await pipeline.run(request, progress)

        if quiet:
            from backend.pipeline.tailoring_pipeline import silent

            return await go(silent)
        from backend.cli.view import live_progress, show

        with live_progress() as progress:
            tailoring = await go(progress)
        show(tailoring)
        return tailoring


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
    document = read_resume(resume, ask=True)
    address = str(job).replace("https:/", "https://", 1).replace("http:/", "http://", 1)  # a Path holds one slash
    if address.startswith(("http://", "https://")):
        from backend.container import job_at

        return document, asyncio.run(job_at(address)), read_library(library)
    return document, Job(text=read_bytes(job).decode("utf-8", errors="replace")), read_library(library)


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
                tell(made, path)
        written.append(path)
    return written
