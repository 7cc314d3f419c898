"""A WebSocket of the application, without a network."""

import asyncio
import json
from typing import Any

from fastapi import FastAPI


async def talk(
    app: FastAPI, path: str, token: str | None, seconds: float = 3.0
) -> tuple[list[dict[str, Any]], int | None]:
    """What is told to somebody who connects and sends a token, and the code it is closed with."""
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"})
    incoming.put_nowait(
        {"type": "websocket.receive", "text": json.dumps({"token": token} if token is not None else {})}
    )
    told: list[dict[str, Any]] = []
    closed: list[int] = []

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            told.append(json.loads(message["text"]))
        if message["type"] == "websocket.close":
            closed.append(message.get("code", 1000))

    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
        "subprotocols": [],
    }
    scope |= {"scheme": "ws", "server": ("tailor.test", 80), "client": ("127.0.0.1", 1), "root_path": "", "app": app}
    async with asyncio.timeout(seconds):
        await app(scope, incoming.get, send)
    return told, closed[0] if closed else None
