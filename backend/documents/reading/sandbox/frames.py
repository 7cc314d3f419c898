"""How the service and a reader talk: a tag of one byte, a length of four, and so many bytes."""

import socket
import struct
from asyncio import IncompleteReadError, StreamReader
from typing import Final

from backend.domain.model import Model

PART: Final = b"P"
"""One argument of the job."""
GO: Final = b"G"
"""All arguments are sent."""
RESULT: Final = b"R"
REFUSED: Final = b"N"
"""The job refused the file; the content is the reason."""
BROKE: Final = b"B"
"""The job failed; the content says what at, for the log."""
MEMORY: Final = b"M"
DEPTH: Final = b"D"

NAME_BYTES: Final = 40
"""A job's name on the control socket, filled up with spaces."""
MAX_FRAME: Final = 32 * 1024 * 1024
_HEAD: Final = struct.Struct(">cI")


class Refusal(Model):
    """The content of a REFUSED frame."""

    code: str
    detail: str


def framed(tag: bytes, content: bytes = b"") -> bytes:
    return _HEAD.pack(tag, len(content)) + content


def receive(sock: socket.socket) -> tuple[bytes, bytes]:
    """The next frame. Raises ConnectionError when the other side is gone."""
    tag, size = _HEAD.unpack(_exactly(sock, _HEAD.size))
    if size > MAX_FRAME:
        raise ConnectionError("A frame is too long.")
    return tag, _exactly(sock, size)


def _exactly(sock: socket.socket, size: int) -> bytes:
    content = bytearray(size)
    view, place = memoryview(content), 0
    while place < size:
        count = sock.recv_into(view[place:])
        if not count:
            raise ConnectionError("The other side is gone.")
        place += count
    return bytes(content)


async def next_frame(reader: StreamReader) -> tuple[bytes, bytes] | None:
    """The next frame; None when the other side closed, or sends what no reader of ours would."""
    try:
        tag, size = _HEAD.unpack(await reader.readexactly(_HEAD.size))
        return (tag, await reader.readexactly(size)) if size <= MAX_FRAME else None
    except (IncompleteReadError, ConnectionError):
        return None
