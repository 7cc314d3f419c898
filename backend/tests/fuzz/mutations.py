"""Ways to damage a file: of its bytes, of its zipped parts, with words that its kind gives a meaning to."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Sequence

from backend.tests.security import making

_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"9" * 30,
    b"1e308",
    b"NaN",
    b"",
)
WORDS: dict[str, Sequence[bytes]] = {
    "pdf": (b" obj ", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"(", b")", b"1 0 R", b"2 0 R", b"3 0 R",
            b"/Kids", b"/Parent 2 0 R", b"/Count -1", b"/Length 0", b"/Filter /FlateDecode", b"/Type /Page", b"/Contents",
            b"Tj", b"Td 1e9 -1e9", b"BT", b"ET", b" Do", b"q ", b"Q ", b"cm", b"xref", b"trailer", b"/ToUnicode 4 0 R",
            b"/Rotate 90", b"/MediaBox [0 0 1e9 1e9]", b"/Annots [", b"%%EOF", b"/Resources", b"/Font << >>", b"\x00" * 9),
    "xml": (b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:tc>", b"</w:tc>", b"<w:r>", b"</w:r>", b"<w:t>", b"</w:t>", b"<w:sdt>",
            b'<w:gridSpan w:val="-9"/>', b'<w:gridSpan w:val="x"/>', b"<w:numPr/>", b'<w:numId w:val="99999999999"/>',
            b'<w:sz w:val="x"/>', b'<w:sz w:val=""/>', b'<w:color w:val="zz"/>', b'<w:ind w:left="1e9"/>', b"<w:br/>",
            b"<w:hyperlink/>", b'<w:hyperlink r:id="nope"/>', b"<w:fldChar/>", b"<w:txbxContent>", b"<w:pStyle/>", b"&amp;",
            b"&#0;", b"<text:p>", b"</text:p>", b'<text:s text:c="-1"/>', b'<text:s text:c="x"/>', b"<text:list>", b"<!--",
            b"-->", b"<![CDATA[", b"]]>", b' xml:space="preserve"', b' w:val=""', b"\xef\xbf\xbe", b"<text:tab/>"),
    "rtf": (b"{", b"}", b"\\par ", b"\\u-99999 ?", b"\\'zz", b"\\'e4", b"\\bin9 ", b"\\uc9 ", b"\\trowd", b"\\cell ", b"\\row ",
            b"{\\*\\x ", b"\\fs-1 ", b"\\f99 ", b"\\ls9 ", b"\\field", b"{\\fldinst HYPERLINK x}", b"\\upr", b"\\v ", b"\\ansicpg0 ",
            b"\\ansicpg99999 ", b"\\fcharset999 ", b"\\li-9999999999 ", b"\\\n"),
    "html": (b"<div>", b"</div>", b"<table>", b"<td colspan=-1>", b"<td rowspan=x>", b"<style>", b"</style>", b"<script>", b"<!--",
             b"&#x110000;", b"&#xd800;", b"&bogus;", b"<p style='font-size:1e99pt;color:#ggg'>", b"<li>", b"<a href='javascript:x'>",
             b"<svg>", b"<math>", b"<template>", b"<meta charset=utf-7>", b"<base href=x>", b"<br/>", b"</p>", b"<h1>", b"\x00"),
    "text": (b"#", b"**", b"- ", b"\t", b"\r", b"\x00", b"](", b"[", b"|", b"---\n", b"2019 - ", b"Present", b"@", b"://", b"\xe2\x80\xae",
             b"\xff", b"\n\n\n", b"Experience\n", b"Skills: ", b"99/9999", b"{", b"}", b": ", b'"', b"'", b"*a", b"&a ", b"null", b"!!",
             b"? ", b"> ", b"| ", b"\\ud800", b"1e999", b"true", b"[]", b"{}", b"\xf0\x9f\x98\x80"),
}  # fmt: skip
_PARTS = {"docx": "xml", "odt": "xml", "markdown": "text", "json": "text", "yaml": "text"}
_NUMBER = re.compile(rb"-?\d+")
_VALUE = re.compile(rb"""=["']([^"'<>&:/]*)["']""")
_LEAF = re.compile(rb"<([a-z]+:[a-zA-Z]+)(?:\s[^<>]*)?(?:/>|>(?:[^<]|<[a-z]+:[a-zA-Z]+(?:\s[^<>]*)?/>)*</\1>)")
_GAP = re.compile(rb"><(?![?!])")
_STREAM = re.compile(rb"(/FlateDecode[^>]{0,200}>>\s*stream\r?\n)(.+?)(\r?\nendstream)", re.DOTALL)


def mutated(data: bytes, kind: str, others: Sequence[bytes], rng: random.Random) -> bytes:
    """One to four kinds of damage. Zips are mostly opened first, and PDFs' packed streams often, so that the damage gets
    past the checksum and into what is read."""
    if kind in ("docx", "odt") and rng.random() < 0.85:
        return _rezipped(data, kind, rng)
    if kind == "pdf" and rng.random() < 0.4:
        data = _repacked(data, rng)
    words = WORDS[_PARTS.get(kind, kind)]
    for _ in range(rng.choice((1, 1, 2, 4))):
        data = _damaged(data, words, others, rng)
    return data


def _damaged(data: bytes, words: Sequence[bytes], others: Sequence[bytes], rng: random.Random) -> bytes:
    if not data:
        return rng.choice(words)
    file = bytearray(data)
    at = rng.randrange(len(file))
    match rng.randrange(9):
        case 0:  # bits
            for _ in range(rng.choice((1, 3, 20))):
                file[rng.randrange(len(file))] ^= 1 << rng.randrange(8)
        case 1:  # bytes
            file[at : at + rng.choice((1, 2, 8))] = rng.randbytes(rng.choice((1, 2, 8)))
        case 2:  # cut off
            del file[at:]
        case 3:  # a piece lost
            del file[at : at + rng.choice((1, 10, 100, 1_000))]
        case 4:  # a piece twice, or many times
            file[at:at] = file[at : at + rng.choice((5, 50, 500))] * rng.choice((1, 1, 2, 30))
        case 5:  # another file's piece
            other = rng.choice(others)
            start = rng.randrange(len(other))
            file[at : at + rng.choice((0, 100))] = other[start : start + rng.choice((10, 100, 2_000))]
        case 6:  # another number
            if found := list(_NUMBER.finditer(data[at : at + 2_000])):
                place = rng.choice(found)
                file[at + place.start() : at + place.end()] = rng.choice(_NUMBERS)
        case _:  # words of the kind
            for _ in range(rng.choice((1, 2, 10))):
                at = rng.randrange(len(file) + 1)
                file[at:at] = rng.choice(words) * rng.choice((1, 1, 1, 50))
    return bytes(file)


def _rezipped(data: bytes, kind: str, rng: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = list(parts)
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice([*names, *[n for n in names if n in ("word/document.xml", "content.xml")] * 5])
        match rng.randrange(12):
            case 0:
                parts.pop(name, None)
            case 1:
                parts[name] = parts.get(rng.choice(names), b"")
            case step if step < 9:
                parts[name] = _well_formed(parts.get(name, b""), rng)
            case _:
                parts[name] = _damaged(parts.get(name, b""), WORDS["xml"], list(parts.values()) or [b"x"], rng)
    parts = {name: content or b" " for name, content in parts.items()}
    return making.zipped(parts, stored=("mimetype",) if kind == "odt" else ())


def _well_formed(data: bytes, rng: random.Random) -> bytes:
    """XML that is still XML, and says something that no program would."""
    for _ in range(rng.choice((1, 2, 5))):
        values, elements, gaps = list(_VALUE.finditer(data)), list(_LEAF.finditer(data)), list(_GAP.finditer(data))
        match rng.randrange(4):
            case 0 if values:
                found, new = rng.choice(values), rng.choice((*_NUMBERS, b"x", rng.choice(values)[1]))
                data = data[: found.start(1)] + new + data[found.end(1) :]
            case 1 if elements:
                found = rng.choice(elements)
                data = data[: found.start()] + data[found.end() :]
            case 2 if elements and gaps:
                found, at = rng.choice(elements), rng.choice(gaps).end() - 1
                data = data[:at] + found[0] * rng.choice((1, 2, 20)) + data[at:]
            case _ if gaps:
                at = rng.choice(gaps).end() - 1
                whole = [word for word in WORDS["xml"] if word.endswith(b"/>") and b":" in word]
                prefix = b"<w:" if b"<w:" in data else b"<text:"
                fit = [word for word in whole if word.startswith(prefix) and b"r:id" not in word]
                data = data[:at] + (rng.choice(fit) if fit else b"") + data[at:]
    return data


def _repacked(data: bytes, rng: random.Random) -> bytes:
    """A PDF with one of its packed streams damaged inside."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return data
    found = rng.choice(streams)
    try:
        content = zlib.decompress(found[2])
    except zlib.error:
        return data
    content = _damaged(content, WORDS["pdf"], [data], rng)
    return data[: found.start(2)] + zlib.compress(content) + data[found.end(2) :]
