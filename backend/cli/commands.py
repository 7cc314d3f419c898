"""All commands. Thin: they read files, open the container, and show what comes back.

Everything heavy is imported inside the commands, so that `tailor --help` answers at once.
"""

import typer

from backend.cli import documents, run, server, verify, worker

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Tailor a resume to a job."
)
for command in (
    run.run,
    verify.verify,
    documents.parse,
    documents.audit,
    documents.export,
    server.serve,
    worker.worker,
    server.reindex,
    server.rekey,
):
    app.command()(command)


@app.callback()
def root() -> None:
    """Tailor a resume to a job, with nothing in it that you did not write."""


def main() -> None:
    app()
