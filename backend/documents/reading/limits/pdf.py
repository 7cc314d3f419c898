"""A PDF, before it is read: no programs in it, no files in it, no streams that unpack without end.

The bytes are walked from object to object without following a reference, so a loop of references costs nothing here.
What stands in packed object streams is unpacked and looked at too. In an encrypted file those cannot be seen into; the
extractor, which runs no scripts and opens no attachments, then meets whatever is there under the sandbox's limits.
"""

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from backend.documents.reading.limits.pdf_names import find_forbidden
from backend.errors import InvalidInput

MAX_OBJECTS = 100_000
MAX_STREAM, MAX_TOTAL = 30 * 1024 * 1024, 150 * 1024 * 1024
MAX_OBJECT_STREAMS = 16 * 1024 * 1024
MAX_PIXELS = 100_000_000
"""A page of A4 scanned at 600 dots an inch has 35 million."""
MAX_PACKED_LZW = 256 * 1024
"""LZW unpacks up to 1,400:1 and has been out of use since 1996; a page of text takes a few thousand bytes."""

_OBJECT = re.compile(rb"(?<![0-9])[0-9]{1,10}\s{1,9}[0-9]{1,5}\s{1,9}obj(?![a-z])")
_STREAM = re.compile(rb">>\s{0,9}stream(?:\r\n|\n|\r)")
_LENGTH = re.compile(rb"/Length\s{1,9}([0-9]{1,9})(?!\s{1,9}[0-9]{1,5}\s{1,9}R)")
_FILTER = re.compile(rb"/(?:Filter|F)\s{0,9}(\[[^\]]{0,2000}\]|/\w+)")
_FILTER_NAME = re.compile(rb"/(\w+)")
_NUMBER = re.compile(rb"/(N|Width|Height|W|H)\s{1,9}([0-9]{1,18})")
_NESTED = re.compile(rb"(?:(?:\[|<<)\s*+(?:/[^\s/<>\[\](){}%]++\s*+)?+)++")
_MAX_NESTED = 200
_HEADER = 4096
"""Bytes before a stream in which its dictionary is looked for."""
_CHUNK = 256 * 1024


class _Stream(NamedTuple):
    head: bytes
    start: int
    end: int


def check_pdf(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    if b"%%EOF" not in data[-4096:] and b"%%EOF" not in data.rstrip(b"\x00 \t\r\n")[-4096:]:
        raise InvalidInput("The PDF breaks off before its end. Save it, or download it, once more and send it again.")
    objects = 0
    for objects, _ in enumerate(_OBJECT.finditer(data), 1):
        if objects > MAX_OBJECTS:
            _too_many_objects()
    if not objects:
        raise InvalidInput("The PDF holds no objects, so nothing can be read from it. Export it anew.")
    _check_streams(data, objects)


def _check_streams(data: bytes, objects: int) -> None:
    from_streams = place = 0
    budget = _Budget()
    outside: list[bytes] = []
    encrypted = b"/Encrypt" in data
    for stream in _streams(data):
        outside.append(data[place : stream.start])
        place = stream.end
        _check_pixels(stream.head)
        kept = b"ObjStm" in stream.head and not encrypted
        content = _decoded(data, stream, budget, keep=kept)
        if kept:
            objects += max([int(number) for key, number in _NUMBER.findall(stream.head) if key == b"N"], default=0)
            from_streams += len(content)
            if objects > MAX_OBJECTS or from_streams > MAX_OBJECT_STREAMS:
                _too_many_objects()
            _check_region(content)
    outside.append(data[place:])
    _check_region(b"\n".join(outside))


def _check_region(region: bytes) -> None:
    if any(run[0].count(b"[") + run[0].count(b"<<") > _MAX_NESTED for run in _NESTED.finditer(region)):
        raise InvalidInput("The PDF nests lists hundreds of levels deep, as no program does. Export it anew.")
    if reason := find_forbidden(region):
        raise InvalidInput(f"The PDF {reason}. Print it to a new PDF and send that.")


def _streams(data: bytes) -> Iterator[_Stream]:
    place = 0
    while found := _STREAM.search(data, place):
        start = found.end()
        before = data[max(place, start - _HEADER) : start]
        head = before[max(before.rfind(b" obj"), before.rfind(b"\nobj"), 0) :]
        yield _Stream(head, start, end := _end_of(data, head, start))
        place = max(end, start)


def _end_of(data: bytes, head: bytes, start: int) -> int:
    """Where the stream ends: by its length where that is right, else at the next `endstream`."""
    if length := _LENGTH.search(head):
        end = start + int(length[1])
        if data[end : end + 12].lstrip().startswith(b"endstream"):
            return end
    end = data.find(b"endstream", start)
    return end if end >= 0 else len(data)


def _check_pixels(head: bytes) -> None:
    if b"/Image" not in head:
        return
    sides = {key[:1]: int(number) for key, number in _NUMBER.findall(head) if key != b"N"}
    if sides.get(b"W", 0) * sides.get(b"H", 0) > MAX_PIXELS:
        raise InvalidInput(
            f"The PDF holds a picture of more than {MAX_PIXELS // 1_000_000} million dots. Scan it at 300 dots an inch."
        )


class _Budget:
    """What may still be unpacked: of one stream, at every layer of its packing, and of the whole file."""

    def __init__(self) -> None:
        self._total = MAX_TOTAL
        self._stream = MAX_STREAM

    def next_stream(self) -> None:
        self._stream = MAX_STREAM

    def spend(self, size: int) -> None:
        self._stream -= size
        self._total -= size
        if self._stream < 0 or self._total < 0:
            raise InvalidInput(
                f"The PDF unpacks to more than {MAX_STREAM:,} bytes in one stream or {MAX_TOTAL:,} in all, "
                "which no resume needs. Print it to a new PDF."
            )


def _decoded(data: bytes, stream: _Stream, budget: _Budget, *, keep: bool) -> bytes:
    """What the stream unpacks to, if that is to be kept; else nothing, but its size is checked all the same."""
    found = _FILTER.search(stream.head)
    filters = _FILTER_NAME.findall(found[1]) if found else []
    if any(name in (b"LZWDecode", b"LZW") for name in filters) and stream.end - stream.start > MAX_PACKED_LZW:
        raise InvalidInput("The PDF packs a large stream in a way that is out of use. Print it to a new PDF.")
    if len(filters) > 4:
        raise InvalidInput("The PDF packs a stream into itself more than four times over. Print it to a new PDF.")
    pieces: Iterator[bytes] = iter((data[stream.start : stream.end],))
    for name in filters:
        if name not in (b"FlateDecode", b"Fl"):
            break  # pictures and text encodings, none of which multiply much
        pieces = _inflated(pieces, budget)
    budget.next_stream()
    kept = [piece if keep else b"" for piece in pieces]
    return b"".join(kept)


def _inflated(packed: Iterator[bytes], budget: _Budget) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    for piece in packed:
        rest = piece
        while rest and not inflater.eof:
            try:
                content = inflater.decompress(rest, _CHUNK)
            except zlib.error:
                return  # a reader stops here too
            rest = inflater.unconsumed_tail
            budget.spend(len(content))
            if content:
                yield content


def _too_many_objects() -> None:
    raise InvalidInput(
        f"The PDF holds more than {MAX_OBJECTS:,} objects, which no resume needs. Print it to a new PDF."
    )
