"""The commands that need the server's settings and stores: serve, reindex, rekey."""

import asyncio
from typing import Annotated

import typer

from backend.cli.common import fail, settings_or_fail


def serve(
    port: Annotated[int | None, typer.Option(help="The port to listen on (default: PORT, else 8000)")] = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on (default: HOST, else 127.0.0.1)")] = None,
) -> None:
    """Run the API."""
    import uvicorn

    from backend.app import create_app
    from backend.observability.logs import configure

    settings = settings_or_fail()
    configure(settings.logs)
    uvicorn.run(
        create_app(settings),
        host=host or settings.host,
        port=settings.port if port is None else port,
        timeout_keep_alive=75,  # longer than callers do: one that we close just as they send again is an error to them
        timeout_graceful_shutdown=4,  # who follows a run would keep us; they connect again elsewhere
        log_config=None,
        access_log=False,  # it would tell what people search for; ours tells routes
    )


def reindex() -> None:
    """Rebuild the vector index from MongoDB: embeds what is new, drops what is gone."""
    from backend.errors import TailorError

    try:
        asyncio.run(_reindex())
    except TailorError as error:
        fail(error.detail)


def rekey() -> None:
    """Wrap everybody's key with ENCRYPTION_KEY anew, after it has changed. No document is touched."""
    from backend.container import rewrap_keys
    from backend.errors import TailorError

    try:
        count = asyncio.run(rewrap_keys(settings_or_fail()))
    except TailorError as error:
        fail(error.detail)
    typer.echo(f"{count} keys wrapped anew; ENCRYPTION_PREVIOUS_KEYS may be emptied.")


async def _reindex() -> None:
    from backend.container import open_container

    async with open_container(settings_or_fail()) as container:
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
