"""MongoDB's wire protocol over SQLite (nx-27017), in this process on a loopback port: the same driver code runs on it."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nx_27017.handler import NeoSQLiteHandler
from nx_27017.server import handle_client

_QUOTING = ("nx_27017", "neosqlite")
"""Loggers that quote what is stored, at DEBUG and at INFO, and warn of how they count."""


class _Handler(NeoSQLiteHandler):  # type: ignore[misc]  # it has no types
    """Commands run in threads, which go on when the client that sent them is gone: SQLite may be closed under none of them."""

    def __init__(self, folder: str) -> None:
        super().__init__(data_dir=folder)
        self._changed = threading.Condition()
        self._under_way = 0
        self._closing = False

    def _open_db_conn(self, db_name: str) -> Any:
        """What is deleted is overwritten, not only marked as free."""
        connection = super()._open_db_conn(db_name)
        connection.db.execute("PRAGMA secure_delete = ON")
        return connection

    def handle_command(self, msg: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """It keeps the id beside the document and looks for it inside: with an index of `_id` and more, nothing can be
        written. So such an index is made without; and one by which SQLite can walk in the order that is asked for."""
        wanted = [
            (str(document["$db"]), str(document["createIndexes"]), list(index["key"]))
            for _, document in msg["sections"]
            if isinstance(document, dict) and "createIndexes" in document
            for index in document.get("indexes", [])
            if len(index["key"]) > 1
        ]
        for _, document in msg["sections"]:
            for index in document.get("indexes", []) if isinstance(document, dict) else []:
                if len(index["key"]) > 1:
                    index["key"] = {name: order for name, order in index["key"].items() if name != "_id"}
        with self._one_more():
            answer: tuple[int, dict[str, Any]] = super().handle_command(msg)
            for database, collection, names in wanted:
                self._order(database, collection, names)
        return answer

    @contextmanager
    def _one_more(self) -> Iterator[None]:
        with self._changed:
            if self._closing:
                raise ConnectionResetError("the embedded MongoDB is closing")
            self._under_way += 1
        try:
            yield
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def close_all(self) -> None:
        """Waits for the commands under way, and takes no more."""
        with self._changed:
            self._closing = True
            self._changed.wait_for(lambda: not self._under_way)
        super().close_all()

    def _order(self, database: str, collection: str, names: list[str]) -> None:
        """The last field of a compound index, and the id if it has one."""
        last = [name for name in names if name != "_id"][-1]
        columns = [f"json_extract(data, '$.{last}')", *(["_id"] if "_id" in names else [])]
        named = f"order_{collection}_{last}"
        self.get_database(database).db.execute(
            f'CREATE INDEX IF NOT EXISTS "{named}" ON "{collection}"({", ".join(columns)})'
        )


class EmbeddedMongo:
    """Starts with `open`, which gives the URI to connect to. It has no transactions over several documents."""

    def __init__(self, folder: Path | None) -> None:
        """Files go to `folder`; None keeps all in memory."""
        for name in _QUOTING:
            logging.getLogger(name).setLevel(logging.ERROR)
        self._handler = _Handler(str(folder) if folder else "memory")
        self._server: asyncio.Server | None = None
        self._clients: set[asyncio.Task[None]] = set()

    async def open(self) -> str:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return f"mongodb://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        if self._server:
            await asyncio.sleep(0.02)  # for who is just connecting: asyncio leaks what it accepts after the end
            self._server.close()
            for client in self._clients:
                client.cancel()
            await asyncio.gather(*self._clients, return_exceptions=True)
        await asyncio.to_thread(self._handler.close_all)

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
            writer.close()
            self._clients.discard(task)
