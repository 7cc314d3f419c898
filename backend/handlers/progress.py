"""Following a run: server-sent events, or a WebSocket."""

import asyncio
import json
from contextlib import aclosing, suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import StreamingResponse

from backend.container import Container
from backend.errors import NotFound, TailorError, Unauthenticated
from backend.handlers.context import Deps, User
from backend.handlers.event_stream import RETRY, event_stream
from backend.handlers.problems import problems
from backend.ports import LoggedEvent
from backend.stopping import stopped

router = APIRouter(prefix="/tailorings", tags=["runs"])
FOLLOWED: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Events as they come"},
    204: {"description": "It has ended and you have heard all of it: do not connect again"},
}
_FIRST_MESSAGE = 10.0  # seconds
_PROTOCOL, _TOKEN_PROTOCOL = "tailor.progress", "bearer."
_UNAUTHENTICATED, _NOT_FOUND, _TRY_AGAIN, _DONE = 4401, 4404, 1012, 1000

LastEventId = Annotated[
    str | None, Header(alias="Last-Event-ID", max_length=64, description="Only what came after this event")
]


@router.get(
    "/{tailoring_id}/events",
    response_class=StreamingResponse,
    responses=FOLLOWED | problems(401, 404, 422, 503),
)
async def follow_events(tailoring_id: str, user: User, container: Deps, last_event_id: LastEventId = None) -> Response:
    """What happens to a run, as server-sent events: first what has happened so far, or what came after Last-Event-ID. A
    stream ends after a while with the event `reconnect`, and for good after the last event."""
    after = last_event_id or ""
    if await container.progress.over(user, tailoring_id, after):
        return Response(status_code=204)
    return event_stream(container.progress.follow(user, tailoring_id, after, container.settings.stream_lifetime))


@router.websocket("/{tailoring_id}/progress")
async def follow_progress(socket: WebSocket, tailoring_id: str) -> None:
    """What happens to a run, as JSON messages. The token comes as the subprotocol "bearer.TOKEN" beside "tailor.progress", or
    in the first message: {"token": ..., "last_event_id": ...}. {"type": "ping"} is answered by {"type": "pong"}."""
    container: Container | None = socket.app.state.container
    offered = socket.scope.get("subprotocols", [])
    await socket.accept(subprotocol=_PROTOCOL if _PROTOCOL in offered else None)
    with suppress(WebSocketDisconnect):
        if container is None:
            await _close(socket, _TRY_AGAIN, "not_configured", "This service is not configured.")
            return
        try:
            token, after = await _hello(socket, offered)
            user = await container.accounts.user_of(token)
            await container.progress.over(user, tailoring_id, "")
        except Unauthenticated as error:
            await _close(socket, _UNAUTHENTICATED, error.code, error.detail)
        except NotFound as error:
            await _close(socket, _NOT_FOUND, error.code, error.detail)
        except TailorError as error:
            await _close(socket, _TRY_AGAIN, error.code, error.detail)
        else:
            await _converse(socket, container, user, tailoring_id, after)


async def _hello(socket: WebSocket, offered: list[str]) -> tuple[str, str]:
    """The token, and the id of the last event heard."""
    token = next((name.removeprefix(_TOKEN_PROTOCOL) for name in offered if name.startswith(_TOKEN_PROTOCOL)), "")
    if token:
        return token, ""
    try:
        async with asyncio.timeout(_FIRST_MESSAGE):
            said = _read(await socket.receive_text())
    except (TimeoutError, KeyError) as error:
        raise Unauthenticated('Send {"token": ...} as the first message.') from error
    return str(said.get("token", "")), str(said.get("last_event_id", ""))[:64]


async def _converse(socket: WebSocket, container: Container, user: str, run_id: str, after: str) -> None:
    """Tell what happens and answer pings, until the run ends, the caller goes, or the stream has lived long enough."""
    sending = asyncio.create_task(_send(socket, container, user, run_id, after))
    hearing = asyncio.create_task(_hear(socket))
    try:
        await asyncio.wait({sending, hearing}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        outcomes = await stopped(sending, hearing)
    if isinstance(outcomes[0], TailorError):
        await _close(socket, _TRY_AGAIN, outcomes[0].code, outcomes[0].detail)


async def _send(socket: WebSocket, container: Container, user: str, run_id: str, after: str) -> None:
    lifetime = container.settings.stream_lifetime
    async with aclosing(container.progress.follow(user, run_id, after, lifetime)) as events:
        async for logged in events:
            if logged is None:
                await socket.send_text('{"type": "heartbeat"}')
                continue
            await socket.send_text(f'{{"type": "event", "id": {json.dumps(logged.id)}, "event": {_data(logged)}}}')
            if logged.event.last:
                await socket.close(_DONE)
                return
    await socket.send_text(f'{{"type": "reconnect", "after_ms": {RETRY}}}')
    await socket.close(_TRY_AGAIN, "connect again")


async def _hear(socket: WebSocket) -> None:
    """Ends when the caller goes, or sends what is no text."""
    with suppress(WebSocketDisconnect, KeyError):
        while True:
            if _read(await socket.receive_text()).get("type") == "ping":
                await socket.send_text('{"type": "pong"}')


async def _close(socket: WebSocket, number: int, code: str, detail: str) -> None:
    await socket.send_text(json.dumps({"type": "problem", "code": code, "detail": detail}))
    await socket.close(number, code)


def _read(text: str) -> dict[str, object]:
    """What a message says; nothing if it is no JSON object."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _data(logged: LoggedEvent) -> str:
    return logged.event.model_dump_json(exclude_none=True)
