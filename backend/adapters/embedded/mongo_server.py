"""MongoDB's wire protocol over SQLite (nx-27017), in this process on a loopback port: the same driver code runs on it."""

import asyncio
from pathlib import Path

from nx_27017.handler import NeoSQLiteHandler
from nx_27017.server import handle_client


class EmbeddedMongo:
    """Starts with `open`, which gives the URI to connect to. It has no transactions over several documents."""

    def __init__(self, folder: Path | None) -> None:
        """Files go to `folder`; None keeps all in memory."""
        self._handler = NeoSQLiteHandler(data_dir=str(folder) if folder else "memory")
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"mongodb://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        if self._server:
            self._server.close()
            for client in self._clients:
                client.cancel()
            await asyncio.gather(*self._clients, return_exceptions=True)
        self._handler.close_all()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None:
            return
        self._clients.add(task)
        try:
            await handle_client(reader, writer, self._handler)
        except asyncio.CancelledError:
            pass  # closing; a cancelled connection task would be reported as an error
        finally:
            self._clients.discard(task)
