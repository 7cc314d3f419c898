"""The embedded MongoDB as a process of its own: prints its URI, and serves until it is killed."""

import asyncio
import sys

from backend.adapters.embedded.mongo_server import EmbeddedMongo


async def serve() -> None:
    server = EmbeddedMongo(None)
    sys.stdout.write(f"{await server.open()}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
