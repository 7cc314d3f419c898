"""The body of an answer, taken piece by piece and never more of it than allowed, as sent and as unpacked."""

import zlib
from typing import Final

from backend.adapters.web.refusals import INSTEAD, PageUnreadable

MAX_BYTES: Final = 3_000_000
ACCEPTED: Final = "gzip, deflate"
"""What we can unpack within limits."""
_GZIP_OR_ZLIB, _BARE = 47, -15


class Body:
    """Raises PageUnreadable as soon as the body is too large, or packed in a way we cannot unpack."""

    def __init__(self, encoding: str, at_most: int = MAX_BYTES) -> None:
        self._at_most, self._taken = at_most, 0
        self._content = bytearray()
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise PageUnreadable(f"The page is packed as {encoding[:40]!r}, which is not read here. {INSTEAD}")
        self._packed = encoding not in ("", "identity")
        self._unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)

    def take(self, piece: bytes) -> None:
        self._taken += len(piece)
        self._check(self._taken)
        self._content += self._unpacked(piece) if self._packed and piece else piece
        self._check(len(self._content))

    def content(self) -> bytes:
        if self._packed and self._taken and not self._unpacker.eof:
            raise PageUnreadable(f"The page broke off before its end. Try again. {INSTEAD}")
        return bytes(self._content)

    def _unpacked(self, piece: bytes) -> bytes:
        if self._unpacker.eof:  # what follows the end means nothing
            return b""
        first = not self._content and self._taken == len(piece)
        room = self._at_most - len(self._content) + 1
        try:
            return self._unpacker.decompress(piece, room)
        except zlib.error:
            if not first:
                raise _damaged() from None
        self._unpacker = zlib.decompressobj(_BARE)  # what some servers mean by "deflate"
        try:
            return self._unpacker.decompress(piece, room)
        except zlib.error:
            raise _damaged() from None

    def _check(self, size: int) -> None:
        if size > self._at_most:
            raise PageUnreadable(f"The page is larger than {self._at_most / 1e6:g} MB. {INSTEAD}")


def _damaged() -> PageUnreadable:
    return PageUnreadable(f"The page is damaged: it cannot be unpacked. {INSTEAD}")
