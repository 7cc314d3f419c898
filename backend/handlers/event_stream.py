"""Events as server-sent events."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from fastapi.responses import StreamingResponse

from backend.errors import TailorError
from backend.ports import LoggedEvent

RETRY = 2_000  # milliseconds
_RECONNECT = f'event: reconnect\ndata: {{"after_ms": {RETRY}}}\n\n'


def event_stream(events: AsyncGenerator[LoggedEvent | None]) -> StreamingResponse:
    """Ends after the last event, or else with the event `reconnect`."""
    return StreamingResponse(_lines(events), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def _lines(events: AsyncGenerator[LoggedEvent | None]) -> AsyncGenerator[str]:
    yield f"retry: {RETRY}\n\n"
    with suppress(TailorError):  # what is needed has gone away for a while: they hear the rest when they are back
        async with aclosing(events):
            async for logged in events:
                if logged is None:
                    yield ": still here\n\n"
                    continue
                name = f"id: {logged.id}\n" if logged.id else ""
                data = logged.event.model_dump_json(exclude_none=True)
                yield f"{name}event: {logged.event.kind}\ndata: {data}\n\n"
                if logged.event.last:
                    return
    yield _RECONNECT
