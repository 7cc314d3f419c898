"""A TCP proxy that delays, stalls, cuts and resets what passes through it."""

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

HOST = "127.0.0.1"
FAULTS = ("delay", "stall", "cut", "reset", "lose", "refuse")
_PORTS = {"mongodb": 27017, "redis": 6379, "http": 80}
_PIECE = 65_536
_OFTEN = 0.2
"""The share of pieces at which a connection is cut or reset, while that is the fault."""


class Wire:
    """Between whoever connects to `port` and a server. `fault` may be set at any time; "" passes all at once.

    delay: each piece comes 50 to 500 ms late. stall: nothing passes, and nothing breaks. cut: half of a piece passes, then the
    connection is closed. reset: it is reset (RST), with the piece lost. refuse: new connections are reset, and so are the old
    ones, at the moment it begins. lose: what is sent arrives, and the connection is reset in place of the answer.
    """

    def __init__(self, host: str, port: int, chance: random.Random) -> None:
        self._host, self._port, self._chance = host, port, chance
        self.port = 0
        self.broken = 0
        self._fault = ""
        self._well = asyncio.Event()
        self._well.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def to(cls, url: str, seed: int = 1) -> "AsyncIterator[Wire]":
        parts = urlsplit(url)
        wire = cls(parts.hostname or HOST, parts.port or _PORTS[parts.scheme], random.Random(f"{seed} {url}"))
        server = await asyncio.start_server(wire._taken, HOST, 0, backlog=1024)
        wire.port = server.sockets[0].getsockname()[1]
        try:
            yield wire
        finally:
            server.close()
            for task in wire._tasks:
                task.cancel()
            await asyncio.gather(*wire._tasks, return_exceptions=True)

    def instead_of(self, url: str) -> str:
        """The URL through this wire."""
        parts = urlsplit(url)
        return parts._replace(netloc=f"{HOST}:{self.port}").geturl()

    @property
    def fault(self) -> str:
        return self._fault

    @fault.setter
    def fault(self, name: str) -> None:
        self._fault = name
        if name == "stall":
            self._well.clear()
        else:
            self._well.set()
        if name == "refuse":
            self._reset(list(self._writers))

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._fault == "refuse":
            self._reset([writer])
            return
        await self._well.wait()
        try:
            there_reader, there_writer = await asyncio.open_connection(self._host, self._port)
        except OSError:
            self._reset([writer])
            return
        ends = (writer, there_writer)
        self._writers.update(ends)
        ways = [
            asyncio.create_task(self._pass(reader, there_writer, ends)),
            asyncio.create_task(self._pass(there_reader, writer, ends, back=True)),
        ]
        self._tasks.update(ways)
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._tasks.difference_update(ways)
            self._writers.difference_update(ends)
            for end in ends:
                end.close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        ends: Iterable[asyncio.StreamWriter],
        *,
        back: bool = False,
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                if self._fault == "delay":
                    await asyncio.sleep(self._chance.uniform(0.05, 0.5))
                await self._well.wait()
                if self._fault == "lose" and back and self._chance.random() < _OFTEN:
                    self._reset(ends)
                    return
                if self._fault in ("cut", "reset") and self._chance.random() < _OFTEN:
                    if self._fault == "reset":
                        self._reset(ends)
                        return
                    self.broken += 1
                    piece = piece[: len(piece) // 2]
                    writer.write(piece)
                    await writer.drain()
                    return
                writer.write(piece)
                await writer.drain()

    def _reset(self, ends: Iterable[asyncio.StreamWriter]) -> None:
        for end in ends:
            self.broken += 1
            plain = end.get_extra_info("socket")
            with suppress(OSError):  # gone already
                plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.transport.abort()
