"""MongoDB or its embedded twin, and what erases from it."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

from backend.container.parts import Dependency
from backend.container.vendors import secret_of
from backend.errors import VendorUnavailable
from backend.settings import Settings

log = logging.getLogger("tailor")


async def open_mongo(settings: Settings, stack: AsyncExitStack) -> tuple[Any, Dependency]:
    from backend.adapters.mongo import Mongo

    uri = secret_of(settings.mongodb_uri)
    if uri is None:
        from backend.adapters.embedded.mongo_server import EmbeddedMongo

        folder = settings.data_dir / "mongo"
        folder.mkdir(parents=True, exist_ok=True)
        server = EmbeddedMongo(folder)
        uri = await server.open()
        stack.push_async_callback(server.close)
    mongo = Mongo(uri, settings.mongodb_database)
    stack.push_async_callback(mongo.close)
    embedded = settings.mongodb_uri is None
    try:
        await mongo.prepare()
    except VendorUnavailable as error:
        log.warning("The indexes of MongoDB could not be made: %s", error.detail)
    name = "nx-27017 in a local folder" if embedded else "mongodb"
    return mongo, Dependency("database", name, embedded=embedded, check=mongo.check)


def make_scrubber(settings: Settings) -> Callable[[], Awaitable[None]]:
    """Takes what was deleted out of the files of those databases that are embedded."""
    from backend.adapters.embedded.scrubbing import Scrubber

    embedded = {"mongo": settings.mongodb_uri is None, "qdrant": settings.qdrant_url is None}
    return Scrubber([settings.data_dir / name for name, ours in embedded.items() if ours])
