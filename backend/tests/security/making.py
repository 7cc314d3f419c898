"""Small real files of every kind, made in code, with a place to put something hostile into each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
LINES = (
    "Ada Lovelace",
    "ada@example.org | London",
    "Experience",
    "Analyst, Analytical Engines Ltd, 2019 - 2023",
    "Wrote the first program for a machine that was never built",
    "Skills",
    "Python, Mathematics",
)


def zipped(parts: Mapping[str, str | bytes], *, stored: Sequence[str] = ()) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return file.getvalue()


def docx_parts(body: str = "", *, lines: Sequence[str] = LINES, main: str = MAIN) -> dict[str, str | bytes]:
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", False)),
        "word/document.xml": f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>{text}{body}</w:body>'
        "</w:document>",
    }


def docx(body: str = "", extra: Mapping[str, str | bytes] | None = None, **options: object) -> bytes:
    return zipped(docx_parts(body, **options) | dict(extra or {}))  # type: ignore[arg-type]


def relationships(*of: tuple[str, str, bool]) -> str:
    """(kind, target, external) each."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if external else ""}/>'
        for number, (kind, target, external) in enumerate(of, 1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def odt_parts(body: str = "", *, lines: Sequence[str] = LINES) -> dict[str, str | bytes]:
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("manifest", "manifest"))
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    text = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f'<manifest:manifest {spaces}><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/></manifest:manifest>',
        "content.xml": f"<office:document-content {spaces}><office:body><office:text>{text}{body}</office:text></office:body>"
        "</office:document-content>",
    }


def odt(body: str = "", extra: Mapping[str, str | bytes] | None = None, **options: object) -> bytes:
    return zipped(odt_parts(body, **options) | dict(extra or {}), stored=("mimetype",))  # type: ignore[arg-type]


def rtf(inside: str = "", *, lines: Sequence[str] = LINES) -> bytes:
    text = "\\par\n".join(lines)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {text}\\par\n{inside}}}".encode("cp1252")


def html(inside: str = "", *, lines: Sequence[str] = LINES) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f"<!DOCTYPE html><html><head><title>Resume</title></head><body>{text}{inside}</body></html>".encode()


def page_content(lines: Sequence[str] = LINES) -> bytes:
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET".encode("latin-1")


def pdf(
    extra: Mapping[int, bytes] | None = None,
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    content: bytes | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A page of text. `extra` are objects from number 6 on, or others in place of 1 (catalog) to 5 (font)."""
    shown = page_content() if content is None else content
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> %s >>"
        % page,
        4: stream(shown),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    } | dict(extra or {})
    file, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(file)
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(file), max(places) + 1
    file += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        file += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    file += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(file)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def packed_stream(content: bytes, entries: bytes = b"", *, layers: int = 1) -> bytes:
    for _ in range(layers):
        content = zlib.compress(content, 9)
    return stream(content, entries + b" /Filter [%s]" % (b"/FlateDecode " * layers))


def zeros(size: int, *, raw: bool = False) -> bytes:
    """So many zeros, deflated, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15 if raw else 15)
    block = b"\x00" * (1024 * 1024)
    pieces = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*pieces, packer.flush()])


def ole(*names: str) -> bytes:
    """The beginning of an old Office container whose directory has these names."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + directory


def patched(data: bytes, name: str, *, central: Mapping[int, bytes], local: Mapping[int, bytes] | None = None) -> bytes:
    """A zip with bytes of the entry `name` replaced, by offset in its central and local header."""
    file = bytearray(data)
    place = 0
    while (place := file.find(b"PK\x01\x02", place)) >= 0:
        length = struct.unpack_from("<H", file, place + 28)[0]
        if bytes(file[place + 46 : place + 46 + length]) == name.encode():
            offset = struct.unpack_from("<L", file, place + 42)[0]
            for at, new in central.items():
                file[place + at : place + at + len(new)] = new
            for at, new in (local or {}).items():
                file[offset + at : offset + at + len(new)] = new
        place += 4
    return bytes(file)
