"""What a file is, by its content."""

import json
import random

import pytest

from backend.documents.reading.sniff import kind_of
from backend.errors import InvalidInput
from backend.tests.security import making


def _refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        kind_of(data)
    return refused.value.detail


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", making.pdf()),
        ("pdf", b"\r\n\x00 junk of a mail gateway\r\n" + making.pdf()),
        ("docx", making.docx()),
        ("docx", making.docx(main=making.MAIN.replace("document.main", "template.main"))),
        ("odt", making.odt()),
        ("rtf", making.rtf()),
        ("html", making.html()),
        ("html", b"\xef\xbb\xbf\n<!-- saved from url -->\n<HTML lang=en><body>Ada</body>"),
        ("html", b'<?xml version="1.0"?>\n<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"/>'),
        ("html", "<html><p>Ada</p></html>".encode("utf-16")),
        ("json", b' {"basics": {"name": "Ada"}}'),
        ("json", b'[{"name": "Ada"}]'),
        ("yaml", b"# my resume\ncv:\n  name: Ada\n"),
        ("yaml", b"design:\n  theme: classic\ncv:   # me\r\n\r\n  name: Ada\r\n"),
        ("markdown", b"# Ada\n\n## Experience\n"),
        ("markdown", b"[Ada](https://example.org) and **more**"),
        ("text", b"Ada Lovelace\nAnalyst"),
        ("text", "Ada Lovelace\nAnalystin, Köln".encode("cp1252")),
        ("text", "Ada Lovelace, Köln".encode("utf-16")),
        ("text", b"CV: see below\nAda"),
        ("text", b"Wrote a reader for %PDF-1.7 files\nAda"),
        ("text", b"MZ Johnson\n7z and BZh5 tools, ID3 tagger, OTTO GmbH"),
        ("text", b"<3 computing. Ada"),
    ],
)
def test_a_kind_shows_in_the_content(kind: str, data: bytes) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize("data", [b"", b"  \r\n\t", b"\xef\xbb\xbf", b"\x00" * 500])
def test_an_empty_file_is_named_so(data: bytes) -> None:
    assert _refusal(data).startswith("The file is empty")


def _office(main: str) -> bytes:
    return making.docx(main=f"application/vnd.{main}.main+xml")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (making.ole("WordDocument"), "old Word document (.doc)"),
        (making.ole("Workbook"), "Excel workbook (.xls)"),
        (making.ole("PowerPoint Document"), ".ppt"),
        (making.ole("EncryptionInfo", "EncryptedPackage"), "encrypted with a password"),
        (making.ole("nothing known"), "old Office format"),
        (_office("openxmlformats-officedocument.spreadsheetml.sheet"), "Excel workbook"),
        (_office("openxmlformats-officedocument.presentationml.presentation"), "PowerPoint"),
        (_office("ms-word.document.macroEnabled"), "macros"),
        (_office("ms-word.template.macroEnabledTemplate"), "macros"),
        (making.docx(main="application/xml"), "without a main document"),
        (making.zipped({"mimetype": "application/epub+zip"}), "EPUB"),
        (making.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "spreadsheet"),
        (making.zipped({"Index/Document.iwa": b"x"}), "Pages"),
        (making.zipped({"META-INF/MANIFEST.MF": b"x", "A.class": b"x"}), "program"),
        (making.zipped({"resume.pdf": making.pdf()}), "zip archive (resume.pdf"),
        (making.zipped({}), "empty zip"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "picture"),
        (b"\x1f\x8b\x08" + bytes(100), "packed archive"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(100), "packed archive"),
        (b"Rar!\x1a\x07\x01" + bytes(100), "packed archive"),
        (b"resume.txt".ljust(257, b"\x00") + b"ustar\x0000" + bytes(300), "packed archive"),
        (b"MZ\x90\x00\x03" + bytes(100), "program"),
        (b"\x7fELF\x02\x01" + bytes(100), "program"),
        (b"#!/bin/sh\nrm -rf /", "program"),
        (b"%!PS-Adobe-3.0\n", "PostScript"),
        (b"SQLite format 3\x00" + bytes(100), "no document"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', "XML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "XML"),
        (b"Ada\x00Lovelace", "nor text"),
    ],
)
def test_what_cannot_be_read_is_named_with_a_way_out(data: bytes, words: str) -> None:
    detail = _refusal(data)
    assert words in detail
    assert any(word in detail.lower() for word in ("send", "save", "export"))


def test_an_encrypted_opendocument_file_is_named_so() -> None:
    parts = making.odt_parts()
    parts["META-INF/manifest.xml"] = str(parts["META-INF/manifest.xml"]).replace(
        "/>", "><manifest:encryption-data /></x>"
    )
    assert "encrypted with a password" in _refusal(making.zipped(parts))


@pytest.mark.parametrize(
    "data",
    [
        making.pdf() + making.docx(),
        b"<html><script>1</script><!--\n" + making.pdf(),
        b"MZ" + bytes(60) + making.pdf(),
        making.zipped({"a": making.pdf()}, stored=["a"]),
        making.docx(extra={"mimetype": "application/vnd.oasis.opendocument.text"}),
        b"Ada Lovelace\n" + making.docx(),
        making.html() + making.docx(),
    ],
)
def test_a_file_that_is_two_things_is_refused(data: bytes) -> None:
    _refusal(data)


@pytest.mark.parametrize("data", [making.docx(), making.odt()])
def test_a_cut_off_archive_is_refused_wherever_it_is_cut(data: bytes) -> None:
    for end in (5, 40, len(data) // 2, len(data) - 30, len(data) - 1):
        _refusal(data[:end])


def test_any_bytes_have_a_kind_or_a_reason() -> None:
    rng = random.Random(7)
    heads = [b"", b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"<html>", b"cv:\n  ", b"{", making.ole("x"), making.docx()[:300]]
    for _ in range(500):
        data = rng.choice(heads) + rng.randbytes(rng.randrange(400))
        try:
            kind_of(data)
        except InvalidInput as refused:
            assert json.dumps(refused.detail)
