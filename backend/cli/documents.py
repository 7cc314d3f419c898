"""The commands about files: parse, audit, export. Thin, like `cli`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from backend.cli.common import fail, failing_plainly, parse_file, read_bytes, read_resume

if TYPE_CHECKING:
    from backend.documents.writing.formats import File


def parse(
    file: Annotated[
        Path, typer.Argument(help="PDF, DOCX, ODT, RTF, HTML, Markdown, text or data; - for standard input")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Where each field stood and how sure it is, as JSON")] = False,
) -> None:
    """Read a resume from any file, and say how well it was read."""
    with failing_plainly():
        parsed = parse_file(read_bytes(file), ask=True)
    if as_json:
        typer.echo(parsed.model_dump_json(indent=2))
        return
    from backend.cli.view_documents import show_parsed

    show_parsed(parsed)


def audit(
    file: Annotated[Path, typer.Argument(help="The resume, in any format; - for standard input")],
    job: Annotated[Path | None, typer.Option(help="The job description, a text file")] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Count only what does harm")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON on standard output")] = False,
) -> None:
    """What parsers and hurried readers stumble on in a resume. Exit 1 when something must be mended."""
    from backend.container import audits
    from backend.domain.job import Job

    with failing_plainly():
        parsed = parse_file(read_bytes(file))
        wanted = Job(text=read_bytes(job).decode("utf-8", errors="replace")) if job else None
        report = audits().of_file(parsed, wanted, "lenient" if lenient else "strict")
    if as_json:
        typer.echo(report.model_dump_json(indent=2))
    else:
        from backend.cli.view_documents import show_audit

        show_audit(report)
    raise typer.Exit(int(any(finding.severity == "error" for finding in report.findings)))


def export(
    resume: Annotated[Path, typer.Argument(help="The resume, in any format; - for standard input")],
    out: Annotated[Path, typer.Option("--output", "-o", help="The file to write; - for standard output")],
    format_name: Annotated[
        str | None, typer.Option("--format", help="pdf, docx, html, md, txt, json, jsonresume or rendercv")
    ] = None,
    template: Annotated[str, typer.Option(help="classic, modern, compact or academic")] = "classic",
    style: Annotated[str, typer.Option(help='JSON over the template\'s style, such as {"accent": "#333333"}')] = "{}",
    pages: Annotated[int | None, typer.Option(help="The most pages it may take: 1 to 5")] = None,
    lang: Annotated[str, typer.Option(help="The language it is in, such as en")] = "en",
) -> None:
    """Write a resume in another format or template."""
    import json
    import sys

    from backend.documents.writing.formats import format_named, write
    from backend.domain.stored_shape import read
    from backend.errors import InvalidInput

    try:
        looks: Any = json.loads(style)
    except json.JSONDecodeError as error:
        fail(f"--style is not JSON: {error.msg} at character {error.pos}.")
    with failing_plainly():
        if not isinstance(looks, dict):
            raise InvalidInput('--style must be a JSON object, such as {"accent": "#333333"}.')
        wanted = format_named(format_name or _ending(out))
        made = write(read(read_resume(resume)), wanted, template, looks, pages=pages, lang=lang)
        if str(out) == "-":
            sys.stdout.buffer.write(made.data)
        else:
            out.write_bytes(made.data)
    tell(made, out)


def tell(made: "File", out: Path) -> None:
    """On standard error: what was written, and what had to be left out."""
    size = f", {made.pages} page{'s' if made.pages > 1 else ''}" if made.pages else ""
    typer.echo(f"{out} ({len(made.data):,} bytes{size})", err=True)
    for line in made.dropped:
        typer.echo(f"  left out: {line.text} ({line.reason})", err=True)
    for warning in made.warnings:
        typer.secho(f"  {warning}", err=True, fg=typer.colors.YELLOW)


def _ending(out: Path) -> str:
    endings = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".md": "md", ".txt": "txt",
               ".json": "json", ".yaml": "rendercv", ".yml": "rendercv"}  # fmt: skip
    known = endings.get(out.suffix.lower())
    if known is None:
        fail("Say which format to write: --format pdf, docx, html, md, txt, json, jsonresume or rendercv.")
    return known
