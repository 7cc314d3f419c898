"""The stand-in as a server: inside a test's event loop, or as a process of its own."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import uvicorn
import uvloop
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from backend.tests.standin.answers import Responder, Script
from backend.tests.standin.app import App
from backend.tests.standin.faults import Fault, VoyageFault
from backend.tests.standin.latency import Latencies

HOST = "127.0.0.1"


class _Connection(HttpToolsProtocol):
    """uvicorn's connection, which an application may also close without an answer."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {"standin.drop": {"now": self.transport.abort, "end": self.transport.close}}


class StandIn(App):
    """Serves while it is entered: `async with StandIn() as vendor: ...`.

    uvicorn's own `Server` is left out: it takes over the process's signals and polls to notice that it has to stop.
    """

    def __init__(
        self,
        responder: Responder | None = None,
        latency: Latencies | None = None,
        *,
        dimension: int = 1024,
        record: bool = True,
        port: int = 0,
    ) -> None:
        super().__init__(responder, latency, dimension=dimension, record=record)
        self._port = port
        self._state = ServerState()
        self._listener: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port it listens on; once entered, never 0."""
        return self._port

    @property
    def url(self) -> str:
        """The base URL for `anthropic`."""
        return f"http://{HOST}:{self._port}"

    @property
    def v1(self) -> str:
        """The base URL for `openai` and `voyageai`."""
        return f"{self.url}/v1"

    def answer(self, *answers: str | Mapping[str, Any] | Sequence[Any] | Fault, system: str = "") -> None:
        """Script the next model calls, or with `system`, the next ones whose system text contains it.

        Anything that is neither text nor a fault is sent as JSON. A responder that is not a script is replaced.
        """
        if not isinstance(self.responder, Script):
            self.responder = Script()
        known = (answer if isinstance(answer, str | Fault) else json.dumps(answer) for answer in answers)
        self.responder.add(*known, system=system)

    def fail_voyage(self, *faults: VoyageFault) -> None:
        """Let the next embeddings and rerank calls fail with these, in order; the ones after them succeed."""
        coming = iter(faults)
        self.voyage = lambda _: next(coming, None)

    async def away(self, seconds: float) -> None:
        """Refuse connections for a while, having broken those that there are."""
        await self.__aexit__(None, None, None)
        await asyncio.sleep(seconds)
        await self.__aenter__()

    async def __aenter__(self) -> Self:
        config = uvicorn.Config(
            self,
            loop="uvloop",
            http=_Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=60,  # a client that pauses must not lose its connection in the middle of a measurement
        )
        config.load()
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: _Connection(config, self._state, {}), HOST, self._port, backlog=4096
        )
        self._port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listener is None:
            return
        self._listener.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        # An aborted connection tells its task in the next turn of the loop, and every wait ends with it.
        while self._state.connections or self._state.tasks:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0)
        await self._listener.wait_closed()
        self._listener = None


def refused_url() -> str:
    """A base URL that refuses connections.

    Port 1 is nobody's in practice; a port that was just closed could be given to the next server that starts.
    """
    return f"http://{HOST}:1"


def serve_forever(
    port: int = 0,
    responder: Responder | None = None,
    latency: Latencies | None = None,
    *,
    dimension: int = 1024,
    record: bool = False,
) -> None:
    """Be the main function of a subprocess: print the port on a line of its own, serve until SIGTERM or SIGINT."""

    async def serve() -> None:
        stopped = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
        async with StandIn(responder, latency, dimension=dimension, record=record, port=port) as stand_in:
            sys.stdout.write(f"{stand_in.port}\n")
            sys.stdout.flush()
            await stopped.wait()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
