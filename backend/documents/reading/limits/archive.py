"""A zip's table of contents, read strictly and without unpacking: every part in its place, none on top of another.

Readers of zips differ in what they make of a malformed one, and that is how one file becomes two. Here a part must be
told the same way by the central directory and by its own header, or the file is refused.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from backend.errors import InvalidInput

MAX_PARTS = 2_000
MAX_TOTAL, MAX_PART = 60 * 1024 * 1024, 30 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 120, 1024 * 1024
"""Deflate can reach 1,032:1. Office XML, the most repetitive of what people send, stays below 40:1; three times that is
left as room, and parts under a megabyte are too small to harm."""

_END, _CENTRAL, _LOCAL = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_END_SHAPE, _CENTRAL_SHAPE, _LOCAL_SHAPE = "<4s4H2LH", "<4s6H3L5H2L", "<4s5H3L2H"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW = 0x1, 0x8
_CHUNK = 256 * 1024


class Part(NamedTuple):
    """One part: where its packed bytes stand in the file, and how large it says it is."""

    name: str
    start: int
    packed: int
    size: int
    deflated: bool
    crc: int


class _Entry(NamedTuple):
    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def end_of_directory(data: bytes) -> int:
    """Where the closing record of a zip stands that runs to the very end of the bytes; -1 if there is none."""
    place = len(data)
    for _ in range(8):  # the four bytes may stand in a comment too
        place = data.rfind(_END, max(0, len(data) - 65_557), place)
        if place < 0:
            return -1
        if len(data) - place >= 22 and place + 22 + struct.unpack_from("<H", data, place + 20)[0] == len(data):
            return place
    return -1


def parts_of(data: bytes) -> tuple[Part, ...]:
    """The parts in the order of the directory. Raises InvalidInput when anything is off."""
    entries = list(_entries(data, *_directory(data)))
    names = [entry.name.lower() for entry in entries]
    if len(set(names)) < len(names):
        raise InvalidInput("The file holds two parts of the same name, so readers would disagree on it. Save it anew.")
    parts = tuple(_part(data, entry) for entry in entries)
    _check_overlap(parts, entries)
    _check_sizes(parts)
    return parts


def unpacked(data: bytes, part: Part, at_most: int = MAX_PART) -> bytes:
    """The first `at_most` bytes of a part."""
    pieces, size = [], 0
    for piece in unpacking(data, part):
        pieces.append(piece)
        size += len(piece)
        if size >= at_most:
            break
    return b"".join(pieces)[:at_most]


def unpacking(data: bytes, part: Part) -> Iterator[bytes]:
    """A part's bytes, piece by piece; never more than it says it has, and as its checksum says."""
    checksum = 0
    for piece in _inflated(data, part) if part.deflated else _stored(data, part):
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if checksum != part.crc:
        raise InvalidInput(f"{part.name} is not what its checksum says. The file is damaged; save it anew.")


def _stored(data: bytes, part: Part) -> Iterator[bytes]:
    for start in range(part.start, part.start + part.size, _CHUNK):
        yield data[start : min(start + _CHUNK, part.start + part.size)]


def _inflated(data: bytes, part: Part) -> Iterator[bytes]:
    packed = memoryview(data)[part.start : part.start + part.packed]
    inflater, size, feed = zlib.decompressobj(-15), 0, 0
    rest = b""
    while not inflater.eof:
        if not rest:
            rest = bytes(packed[feed : feed + _CHUNK])
            feed += _CHUNK
        try:
            piece = inflater.decompress(rest, _CHUNK)
        except zlib.error as error:
            raise InvalidInput(
                f"{part.name} in the file cannot be unpacked. Save the file anew and send it again."
            ) from error
        rest = inflater.unconsumed_tail
        size += len(piece)
        if size > part.size:
            raise InvalidInput(f"{part.name} unpacks to more than it says it has. The file was tampered with.")
        if piece:
            yield piece
        elif not rest and feed >= part.packed and not inflater.eof:
            _broken_off()
    if size != part.size:
        raise InvalidInput(f"{part.name} unpacks to less than it says it has. The file is damaged; save it anew.")


def _directory(data: bytes) -> tuple[int, int]:
    """Where the central directory begins and ends."""
    end = end_of_directory(data)
    if end < 0:
        _broken_off()
    _, disk, start_disk, here, count, size, start, _ = struct.unpack_from(_END_SHAPE, data, end)
    if disk or start_disk or here != count:
        raise InvalidInput("The file is one piece of a split archive. Put it together and send the document in it.")
    if start == 0xFFFFFFFF or size == 0xFFFFFFFF or count == 0xFFFF:
        raise InvalidInput("The file is a zip64 archive, which a document of this size never is. Save it anew.")
    if start + size != end:
        raise InvalidInput(
            "The file has bytes before, or after, the zipped document in it. Open it in your editor and save it anew."
        )
    if count > MAX_PARTS or data.count(_CENTRAL, start, end) > MAX_PARTS:
        raise InvalidInput(f"The file has more than {MAX_PARTS:,} parts, which no resume needs. Send the resume alone.")
    return start, end


def _entries(data: bytes, start: int, end: int) -> Iterator[_Entry]:
    while start < end:
        if end - start < 46 or data[start : start + 4] != _CENTRAL:
            raise InvalidInput("The file's table of contents is damaged. Save the document anew and send it again.")
        fields = struct.unpack_from(_CENTRAL_SHAPE, data, start)
        _, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, _, offset = fields
        yield _Entry(data[start + 46 : start + 46 + name], flags, method, crc, packed, size, offset)
        start += 46 + name + extra + comment


def _part(data: bytes, entry: _Entry) -> Part:
    name = _name(entry)
    if entry.flags & _ENCRYPTED:
        raise InvalidInput("The file is encrypted with a password. Save it without one and send it again.")
    if entry.method not in (_STORED, _DEFLATED):
        raise InvalidInput(f"{name} in the file is packed in a way documents do not use. Save the file anew.")
    if len(data) - entry.offset < 30 or data[entry.offset : entry.offset + 4] != _LOCAL:
        raise InvalidInput(f"{name} is not where the file says it is. The file is damaged; save it anew.")
    _, _, flags, method, _, _, crc, packed, size, length, extra = struct.unpack_from(_LOCAL_SHAPE, data, entry.offset)
    start = entry.offset + 30 + length + extra
    follows = bool(flags & _SIZES_FOLLOW)
    # 0xffffffff says that the size stands in an extra field; the directory's word is then taken, and held to later.
    same_sizes = (packed, size) == (entry.packed, entry.size) or 0xFFFFFFFF in (packed, size) or (follows and not size)
    same_name = data[entry.offset + 30 : entry.offset + 30 + length] == entry.name
    if not (same_name and same_sizes and method == entry.method and (crc == entry.crc or follows)):
        raise InvalidInput(
            f"{name} is described in two ways in the file, so readers would disagree on it. Save it anew."
        )
    if flags & _ENCRYPTED:
        raise InvalidInput("The file is encrypted with a password. Save it without one and send it again.")
    if start + entry.packed > len(data):
        _broken_off()
    if method == _STORED and entry.packed != entry.size:
        raise InvalidInput(f"{name} has two sizes in the file. The file is damaged; save it anew.")
    return Part(name, start, entry.packed, entry.size, method == _DEFLATED, entry.crc)


def _name(entry: _Entry) -> str:
    try:
        name = entry.name.decode("utf-8" if entry.flags & 0x800 else "cp437")
    except UnicodeDecodeError as error:
        raise InvalidInput("A part of the file has a name that cannot be read. Save the file anew.") from error
    steps = name.replace("\\", "/").split("/")
    if not name or name.startswith(("/", "\\")) or ".." in steps or ":" in steps[0] or "\x00" in name:
        raise InvalidInput(
            f"A part of the file is named {name[:80]!r}, a place outside it. The file was tampered with."
        )
    return name


def _check_overlap(parts: tuple[Part, ...], entries: list[_Entry]) -> None:
    reached = 0
    for offset, part in sorted((entry.offset, part) for entry, part in zip(entries, parts, strict=True)):
        if offset < reached:
            raise InvalidInput("Two parts of the file share the same bytes: it is a zip bomb, not a document.")
        reached = part.start + part.packed


def _check_sizes(parts: tuple[Part, ...]) -> None:
    for part in parts:
        if part.size > MAX_PART:
            raise InvalidInput(
                f"{part.name} unpacks to {part.size:,} bytes; a part may have {MAX_PART:,}. Remove pictures."
            )
        if part.size > RATIO_FROM and part.size > MAX_RATIO * part.packed:
            raise InvalidInput(
                f"{part.name} is packed more than {MAX_RATIO}:1, as only a zip bomb is. Save the document anew."
            )
    if (total := sum(part.size for part in parts)) > MAX_TOTAL:
        raise InvalidInput(f"The file unpacks to {total:,} bytes; it may have {MAX_TOTAL:,}. Remove pictures.")


def _broken_off() -> NoReturn:
    raise InvalidInput("The file breaks off before its end. Save it, or download it, once more and send it again.")
