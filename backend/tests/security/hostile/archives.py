"""Zip bombs, lying archives, polyglots, and what is not a document at all."""

import struct
import zipfile
import zlib
from io import BytesIO

from backend.tests.security import making
from backend.tests.security.hostile.case import Case

_NAME = "word/document.xml"


def _with_zeros(megabytes: int) -> bytes:
    parts = making.docx_parts() | {"word/media/a.bmp": b"x"}
    packed, size = making.zeros(megabytes * 1024 * 1024, raw=True), megabytes * 1024 * 1024
    checksum = 0
    for _ in range(megabytes):
        checksum = zlib.crc32(bytes(1024 * 1024), checksum)
    return _raw_zip([(name, *_packed(str(content).encode())) for name, content in parts.items()]
                    + [("word/media/b.bmp", packed, size, checksum)])  # fmt: skip


def _packed(content: bytes) -> tuple[bytes, int, int]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(), len(content), zlib.crc32(content)


def _raw_zip(entries: list[tuple[str, bytes, int, int]], *, shared: bool = False) -> bytes:
    """A zip of packed entries; when `shared`, all directory entries point at the first one's bytes."""
    file, directory = bytearray(), bytearray()
    for name, packed, size, checksum in entries:
        offset = 0 if shared else len(file)
        fields = (20, 0, 8, 0, 0, checksum, len(packed), size, len(name), 0)
        if not (shared and file):
            file += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name.encode() + packed
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields, 0, 0, 0, 0, offset) + name.encode()
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(directory), len(file), 0)
    return bytes(file + directory + end)


def _overlapping() -> bytes:
    packed, size, checksum = _packed(bytes(900_000))
    return _raw_zip([("a.xml", packed, size, checksum)] * 500, shared=True)


def _quoted_overlap() -> bytes:
    """Each entry's data runs over the headers of the next: unpacks far beyond what a single pass would."""
    kernel = making.zipped({"kernel.xml": bytes(500_000)})
    inner = kernel[: kernel.index(b"PK\x01\x02")]
    outer = making.zipped({"a.xml": inner}, stored=["a.xml"])
    directory = outer.index(b"PK\x01\x02", outer.index(inner) + len(inner))
    second = bytearray(kernel[kernel.index(b"PK\x01\x02") : kernel.index(b"PK\x05\x06")])
    second[42:46] = struct.pack("<L", outer.index(inner))
    table = outer[directory : outer.index(b"PK\x05\x06")] + bytes(second)
    return outer[:directory] + table + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(table), directory, 0)


def _nested(levels: int) -> bytes:
    data = making.docx()
    for level in range(levels):
        data = making.docx(extra={f"word/level{level}.zip": data})
    return data


def _encrypted_entry() -> bytes:
    return making.patched(making.docx(), _NAME, central={8: b"\x01\x00"}, local={6: b"\x01\x00"})


def _zip64() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("a.xml", "w", force_zip64=True) as part:
        part.write(b"<a/>")
    data = bytearray(file.getvalue())
    data[-6:-2] = b"\xff\xff\xff\xff"
    return bytes(data)


def _lying_size() -> bytes:
    size = struct.pack("<L", 100)
    return making.patched(making.docx("<w:p/>" * 90_000), _NAME, central={24: size}, local={22: size})


def _symlink() -> bytes:
    return making.patched(
        making.docx(extra={"word/a.xml": "/etc/passwd"}), "word/a.xml", central={38: b"\x00\x00\xff\xa1"}
    )


CASES = (
    Case("zip: 40 MB of zeros in a picture", lambda: _with_zeros(40), "a part may have"),
    Case("zip: 2 GB of zeros", lambda: _raw_zip([("a.xml", making.zeros(2**20, raw=True), 2**31, 0)]), "a part may have"),
    Case("zip: 29 MB of zeros, packed 1000:1", lambda: _with_zeros(29), "120:1"),
    Case("zip: three parts of 25 MB", lambda: making.zipped(making.docx_parts() | {f"a{n}.bmp": bytes(25 * 2**20) for n in range(3)}), "120:1"),
    Case("zip: 60 parts of just under a megabyte", lambda: making.docx(extra={f"word/media/{n}": bytes(2**20 + 1 - 2**10) for n in range(62)}), "it may have"),
    Case("zip: 500 entries on one part's bytes", _overlapping, "same name"),
    Case("zip: quoted overlap", _quoted_overlap, "share the same bytes"),
    Case("zip: 5,000 parts", lambda: making.docx(extra={f"word/{n}.xml": "" for n in range(5_000)}), "2,000 parts"),
    Case("zip: a size that lies", _lying_size, "more than it says"),
    Case("zip: archives in archives, 20 deep", lambda: _nested(20), "another archive"),
    Case("zip: an encrypted part", _encrypted_entry, "password"),
    Case("zip: zip64", _zip64, "zip64"),
    Case("zip: a name that climbs out", lambda: making.docx(extra={"../../../../tmp/evil": "x"}), "outside"),
    Case("zip: an absolute name", lambda: making.docx(extra={"/etc/cron.d/evil": "x"}), "outside"),
    Case("zip: a name with backslashes", lambda: making.docx(extra={"..\\..\\evil.exe": "x"}), "outside"),
    Case("zip: a symbolic link", _symlink, "no XML"),
    Case("zip: the same name twice", lambda: making.docx(extra={"WORD/document.xml": "<a/>"}), "same name"),
    Case("zip: names that differ in header and directory", lambda: making.patched(making.docx(), _NAME, central={}, local={30: b"evil"}), "two ways"),
    Case("zip: junk before it", lambda: b"\x00junk" + making.docx(), "ends as a zip"),
    Case("zip: a plain archive with a program", lambda: making.zipped({"resume.exe": b"MZ"}), "zip archive"),
    Case("polyglot: PDF and zip", lambda: making.pdf() + making.docx(), "at once"),
    Case("polyglot: zip and PDF", lambda: making.zipped({"a": making.pdf()} | making.docx_parts(), stored=["a"]), "at once"),
    Case("polyglot: web page and PDF", lambda: b"<html><script>alert(1)</script><!--" + making.pdf(), "something else at once"),
    Case("polyglot: program and PDF", lambda: b"MZ\x90\x00" + bytes(60) + making.pdf(), "a program"),
    Case("polyglot: picture and zip", lambda: b"GIF89a/*" + bytes(50) + making.docx(), "a picture"),
    Case("polyglot: text and zip", lambda: b"Ada Lovelace\n" + making.docx(), "ends as a zip"),
    Case("polyglot: Word and OpenDocument", lambda: making.zipped(making.odt_parts() | making.docx_parts()), "at once"),
    Case("not a document: gzip bomb", lambda: b"\x1f\x8b\x08\x00" + bytes(6) + making.zeros(20 * 2**20, raw=True), "packed archive"),
    Case("not a document: an encrypted Office file", lambda: making.ole("EncryptionInfo", "EncryptedPackage"), "password"),
    Case("not a document: an old Word file", lambda: making.ole("WordDocument", "Macros"), ".doc"),
    Case("not a document: 11 MB", lambda: b"x" * (11 * 2**20), "a resume may have"),
    Case("not a document: nothing", lambda: b"", "empty"),
    Case("not a document: 5 MB of noise", lambda: bytes(range(256)) * 20_000, "nor text"),
)  # fmt: skip
