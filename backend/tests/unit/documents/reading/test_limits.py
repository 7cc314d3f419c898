"""What a file may be: what people have passes, what attacks is refused with the reason, before any library opens it."""

import struct
import time
import zlib

import pytest

from backend.documents.reading.extraction import Kind
from backend.documents.reading.limits import MAX_BYTES, check
from backend.documents.reading.limits.archive import parts_of, unpacked
from backend.errors import InvalidInput
from backend.tests.security import making


def _refusal(kind: Kind, data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        check(kind, data)
    return refused.value.detail


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", making.pdf()),
        ("docx", making.docx()),
        ("odt", making.odt()),
        ("rtf", making.rtf()),
        ("html", making.html()),
        ("json", b'{"basics": {"name": "[[[{{{"}}'),
        ("yaml", b"cv:\n  name: Ada & Co\n  note: '*starred*' and &c.\n"),
        ("markdown", b"# Ada"),
        ("text", b"Ada"),
    ],
)
def test_an_ordinary_file_passes(kind: Kind, data: bytes) -> None:
    check(kind, data)


def test_a_file_may_have_ten_megabytes() -> None:
    assert "10,485,761 bytes" in _refusal("pdf", bytes(MAX_BYTES + 1))


def test_the_parts_of_an_archive_are_read_as_they_are() -> None:
    data = making.docx(extra={"word/big.xml": b"<a>" + b"x" * 700_000 + b"</a>"})
    parts = {part.name: part for part in parts_of(data)}
    assert unpacked(data, parts["word/big.xml"]) == b"<a>" + b"x" * 700_000 + b"</a>"
    assert unpacked(data, parts["word/big.xml"], 5) == b"<a>xx"


@pytest.mark.parametrize(
    "extra",
    [
        {"word/_rels/document.xml.rels": making.relationships(("hyperlink", "https://example.org", True))},
        {"word/_rels/settings.xml.rels": making.relationships(("attachedTemplate", "file:///C:\\Users\\a\\Resume.dotx", True))},
        {"word/_rels/settings.xml.rels": making.relationships(("attachedTemplate", "Normal.dotm", True))},
        {"word/_rels/settings.xml.rels": making.relationships(("attachedTemplate", "file:////Users/ada/t.dotx", True))},
        {"word/media/image1.png": b"\x89PNG", "word/media/image2.emz": b"\x1f\x8b\x08\x00"},
        {"word/media/image1.svg": b'<!DOCTYPE svg PUBLIC "x" "y"><svg/>'},
        {"word/embeddings/Microsoft_Excel_Sheet.xlsx": making.zipped({"xl/workbook.xml": "<a/>"})},
    ],
)  # fmt: skip
def test_what_real_documents_have_passes(extra: dict[str, bytes]) -> None:
    check("docx", making.docx(extra=extra))


def test_the_facts_about_a_document_are_xml_like_any_other_part() -> None:
    check("docx", making.docx(extra={"docProps/core.xml": b'<?xml version="1.0"?><a/>'}))
    assert "no XML" in _refusal("docx", making.docx(extra={"docProps/core.xml": b"junk"}))
    assert "DOCTYPE" in _refusal("docx", making.docx(extra={"docProps/core.xml": b"<!DOCTYPE a><a/>"}))


def test_links_and_an_empty_macro_library_of_an_opendocument_file_pass() -> None:
    link = '<text:a xlink:href="https://example.org">me</text:a><draw:image xlink:href="Pictures/1.png"/>'
    check("odt", making.odt(link, extra={"Basic/script-lc.xml": "<a/>", "Basic/Standard/script-lb.xml": "<a/>"}))


@pytest.mark.parametrize(
    "pdf",
    [
        making.pdf(catalog=b"/OpenAction [3 0 R /Fit]"),
        making.pdf(page=b"/Annots [<< /Subtype /Link /A << /S /URI /URI (https://x.org/JavaScript) >> >>]"),
        making.pdf(content=making.page_content(("Java/JavaScript/JS", "Launch \\(/Launch\\) of /EF products"))),
        making.pdf({6: b"<< /Title (Ada \\( /JavaScript \\) 100% \\) done) >>"}),
        making.pdf({6: b"<< /Title (nested (parentheses /Launch) fine) >> % /JavaScript in a comment"}),
        making.pdf({6: b"<< /JavaScripts 1 /LaunchPad 2 >>"}),
        making.pdf({6: making.stream(making.zeros(20 * 1024 * 1024), b"/Filter /FlateDecode")}),
    ],
)
def test_what_real_pdfs_have_passes(pdf: bytes) -> None:
    check("pdf", pdf)


SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (making.pdf({6: SCRIPT}, catalog=b"/OpenAction 6 0 R"), "script"),
        (making.pdf({6: SCRIPT.replace(b"JavaScript", b"J#61vaScri#70t")}), "script"),
        (making.pdf({6: b"<< /Title (\\() >> %(\n " + SCRIPT}), "script"),
        (making.pdf({6: b"<< /Title (\\\\) >> " + SCRIPT}), "script"),
        (making.pdf({6: b"<< /Title (never closed " + SCRIPT}), "script"),
        (making.pdf({6: b"\\(% ) " + SCRIPT}), "script"),
        (making.pdf({6: making.packed_stream(b"7 0 " + SCRIPT, b"/Type /ObjStm /N 1 /First 4")}), "script"),
        (making.pdf({6: making.packed_stream(b"7 0 " + SCRIPT, b"/Type /ObjStm /N 1 /First 4", layers=3)}), "script"),
        (making.pdf({6: b"<< /S /Launch /F (cmd.exe) >>"}), "program"),
        (making.pdf({6: b"<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>"}), "attached file"),
        (making.pdf({6: making.stream(b"MZ", b"/Type /EmbeddedFile")}), "attached file"),
        (making.pdf(catalog=b"/AcroForm << /XFA 6 0 R >>"), "XFA"),
        (making.pdf({6: making.stream(making.zeros(40 * 1024 * 1024), b"/Filter /FlateDecode")}), "unpacks to more"),
        (making.pdf({6: making.stream(zlib.compress(making.zeros(100 * 1024 * 1024)), b"/Filter [/FlateDecode /Fl]")}), "unpacks to more"),
        (making.pdf({6: making.packed_stream(b"x", layers=6)}), "more than four times"),
        (making.pdf({6: making.stream(b"", b"/Subtype /Image /Width 100000 /Height 100000")}), "million dots"),
        (making.pdf({6: making.stream(bytes(300_000), b"/Filter /LZWDecode")}), "out of use"),
        (making.pdf({6: b"[" * 5_000}), "hundreds of levels"),
        (making.pdf({6: b"<< /A " * 5_000}), "hundreds of levels"),
        (making.pdf({6: making.packed_stream(b"", b"/Type /ObjStm /N 200000 /First 4")}), "objects"),
        (making.pdf()[:-40], "breaks off"),
        (b"%PDF-1.7\n%%EOF", "no objects"),
    ],
)  # fmt: skip
def test_a_hostile_pdf_is_refused(pdf: bytes, words: str) -> None:
    assert words in _refusal("pdf", pdf)


def test_a_pdf_may_have_a_hundred_thousand_objects() -> None:
    assert "100,000 objects" in _refusal("pdf", making.pdf({6: b"1 0 obj endobj\n" * 100_001}))


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://evil.example/t.dotm"),
        ("attachedTemplate", "\\\\evil.example\\share\\t.dotm"),
        ("attachedTemplate", "file://evil.example/share/t.dotm"),
        ("attachedTemplate", "file:////evil/share/t.dotm"),
        ("oleObject", "https://evil.example/o"),
        ("image", "https://evil.example/track.png"),
        ("image", "file:///etc/passwd"),
        ("frame", "https://evil.example/"),
        ("subDocument", "https://evil.example/"),
        ("madeUp", "https://evil.example/"),
    ],
)
def test_a_document_that_loads_from_elsewhere_is_refused(kind: str, target: str) -> None:
    data = making.docx(extra={"word/_rels/document.xml.rels": making.relationships((kind, target, True))})
    assert "loads" in _refusal("docx", data)


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"WORD/VBAPROJECT.BIN": b"x"}, "macros"),
        ({"word/activeX/activeX1.xml": "<a/>"}, "ActiveX"),
        ({"word/embeddings/oleObject1.bin": making.ole("x")}, "embedded object"),
        ({"word/embeddings/a.docx": making.docx()}, "another archive"),
        ({"word/a.bin": b"7z\xbc\xaf\x27\x1c"}, "another archive"),
        ({"word/a.bin": b"MZ\x90\x00"}, "a program"),
        ({"word/a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "DOCTYPE"),
        ({"word/a.xml": '<!DOCTYPE a SYSTEM "http://evil.example/a.dtd"><a/>'}, "DOCTYPE"),
        ({"word/a.xml": '<!DOCTYPE a [<!ENTITY b "b">]><a/>'.encode("utf-16")}, "DOCTYPE"),
        ({"word/a.bin": '\n <!DOCTYPE a [<!ENTITY b "b">]><a/>'}, "DOCTYPE"),
        ({"word/a.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}, "encoding"),
        ({"word/a.xml": "<a><b></a>"}, "line 1"),
        ({"word/a.xml": "not XML"}, "no XML"),
        ({"word/a.xml": "<a>" * 201 + "</a>" * 201}, "levels deep"),
        ({"word/a.xml": "<a>" + "<b/>" * 80_001 + "</a>"}, "80,000 elements"),
        ({"word/a.xml": "<a xmlns='b'>" + "<p/>" * 5_001 + "</a>"}, "5,000 paragraphs"),
        ({"word/a.xml": "<a " + " ".join(f'b{n}=""' for n in range(200_000)) + "/>"}, "a tag of more than"),
        ({"word/../../etc/passwd": "x"}, "outside"),
        ({"/etc/passwd": "x"}, "outside"),
        ({"C:\\Windows\\a": "x"}, "outside"),
        ({f"word/p{n}.xml": "<a/>" for n in range(2_001)}, "2,000 parts"),
        ({"word/media/a.bmp": bytes(31 * 1024 * 1024)}, "a part may have"),
        ({"word/media/a.bmp": bytes(5 * 1024 * 1024)}, "more than 120:1"),
        ({"Word/Document.xml": "<a/>"}, "the same name"),
    ],
)
def test_a_hostile_document_is_refused(extra: dict[str, bytes], words: str) -> None:
    assert words in _refusal("docx", making.docx(extra=extra))


@pytest.mark.parametrize(
    ("body", "extra", "words"),
    [
        ("<text:span/>" * 30_001, {}, "30,000 elements"),
        ("", {"Basic/Standard/Module1.xml": "<a/>"}, "macros"),
        ("", {"Scripts/python/a.py": "print()"}, "macros"),
        ('<draw:image xlink:href="https://evil.example/a.png"/>', {}, "loads"),
        ('<draw:image xlink:href="../../../etc/passwd"/>', {}, "loads"),
        ('<text:section-source xlink:href="file:///etc/passwd"/>', {}, "loads"),
        ('<draw:object-ole xlink:href="./Object 1"/>', {"Object 1": making.ole("x")}, "embedded object"),
    ],
)
def test_a_hostile_opendocument_file_is_refused(body: str, extra: dict[str, bytes], words: str) -> None:
    assert words in _refusal("odt", making.odt(body, extra=extra))


def test_an_opendocument_file_without_content_is_refused() -> None:
    parts = making.odt_parts()
    del parts["content.xml"]
    assert "content.xml" in _refusal("odt", making.zipped(parts))


NAME = "word/document.xml"


@pytest.mark.parametrize(
    ("central", "local", "words"),
    [
        ({8: b"\x01\x00"}, {6: b"\x01\x00"}, "password"),
        ({10: b"\x63\x00"}, {8: b"\x63\x00"}, "packed in a way"),
        ({}, {30: b"WORD"}, "two ways"),
        ({24: struct.pack("<L", 99)}, None, "two ways"),
        ({24: struct.pack("<L", 99)}, {22: struct.pack("<L", 99)}, "more than it says"),
        ({24: struct.pack("<L", 9999)}, {22: struct.pack("<L", 9999)}, "less than it says"),
        ({16: b"abcd"}, {14: b"abcd"}, "checksum"),
        ({42: b"\x00\x00\x00\x00"}, None, "two ways"),
        ({42: b"\x05\x00\x00\x00"}, None, "not where"),
    ],
)
def test_an_archive_that_contradicts_itself_is_refused(
    central: dict[int, bytes], local: dict[int, bytes] | None, words: str
) -> None:
    assert words in _refusal("docx", making.patched(making.docx(), NAME, central=central, local=local))


def test_an_archive_with_anything_before_or_behind_it_is_refused() -> None:
    assert "before, or after" in _refusal("docx", b"junk" + making.docx())
    assert "breaks off" in _refusal("docx", making.docx() + b"junk")


def test_parts_that_share_their_bytes_are_refused() -> None:
    inner = making.zipped({"b.xml": "<b/>"})
    end = inner.index(b"PK\x01\x02")
    outer = making.zipped({"a.xml": inner[:end]}, stored=["a.xml"])
    start, directory = outer.index(inner[:end]), outer.index(b"PK\x01\x02", end)
    entry = bytearray(inner[end : inner.index(b"PK\x05\x06")])
    entry[42:46] = struct.pack("<L", start)
    table = outer[directory : outer.index(b"PK\x05\x06")] + bytes(entry)
    closing = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(table), directory, 0)
    assert "share the same bytes" in _refusal("docx", outer[:directory] + table + closing)


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("{\\object\\objemb{\\*\\objdata 0105}}", "embedded object"),
        ("{\\*\\template https://evil.example/t.dotm}", "template"),
        ("{" * 300 + "}" * 300, "200 deep"),
        ("{}" * 60_001, "60,000"),
        ("\\b " * 60_001, "60,000"),
        ("\\par " * 5_001, "5,000 paragraphs"),
        ("{", "breaks off"),
        ("}{\\rtf1 another", "after its end"),
    ],
)
def test_a_hostile_rtf_is_refused(inside: str, words: str) -> None:
    assert words in _refusal("rtf", making.rtf(inside))


def test_braces_that_are_text_or_raw_bytes_are_no_groups() -> None:
    check("rtf", making.rtf("\\{ \\} {\\pict\\bin3 {{{}"))


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        ("html", making.html("<div>" * 10_000), "levels deep"),
        ("html", making.html("<br>" * 8_001), "8,000 tags"),
        ("html", making.html(f"<p {' a=1' * 5_000}>"), "a tag of more"),
        ("html", making.html(f"<p style='{'a:b;' * 5_000}'>"), "a style of more"),
        ("html", b'<!DOCTYPE html [<!ENTITY a "b">]><html>&a;</html>', "entities"),
        ("html", '<!DOCTYPE html [<!ENTITY a "b">]><html/>'.encode("utf-16"), "entities"),
        ("html", making.html("x" * 2 * 1024 * 1024), "bytes of text"),
        ("json", b"[" * 51, "50 levels deep at line 1"),
        ("json", b'{"a":\n' * 51, "50 levels deep at line 51"),
        ("json", b"[" + b"1," * 5_001 + b"1]", "5,000 values"),
        ("json", b'"' + b"x" * 600_000 + b'"', "bytes of text"),
        ("yaml", b"cv:\n" + b"  - a\n" * 5_001, "5,000 values"),
        ("yaml", b"cv:\n  a: &a [x, x]\n  b: [*a, *a]\n", "repeats"),
        ("yaml", b"cv:\n  a: !!python/object/apply:os.system [ls]\n", "objects of a program"),
        ("yaml", b"cv:\n  a: " + b"[" * 51, "50 levels deep"),
        ("yaml", b"cv:\n  " + b"- " * 60 + b"x", "50 levels deep"),
        ("yaml", b"cv:\n" + b" " * 300 + b"x: 1", "50 levels deep"),
        ("text", b"x" * (2 * 1024 * 1024 + 1), "bytes of text"),
    ],
)
def test_a_hostile_text_is_refused(kind: Kind, data: bytes, words: str) -> None:
    assert words in _refusal(kind, data)


def test_a_page_of_unclosed_paragraphs_is_not_deep() -> None:
    check(
        "html", making.html("<p>x<li>y<tr><td>z<br>" * 1_000 + "</div>" * 1_000 + "<div><span>x</span></div>" * 1_000)
    )


def test_a_picture_in_a_page_may_be_long() -> None:
    check("html", making.html(f'<img alt="me" src="data:image/png;base64,{"A" * 500_000}">'))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("docx", making.docx("<w:p/>" * 1_000_000)),
        ("odt", making.odt("<text:p/>" * 1_000_000)),
        ("pdf", making.pdf({6: b"[" * 199 + b"x" + (b"[" * 199 + b"x") * 20_000})),
        ("pdf", making.pdf({6: b"( \\( /JavaScript " * 300_000})),
        ("pdf", making.pdf({6: b"<< >> stream\n" * 300_000})),
        ("rtf", making.rtf("{}" * 3_000_000)),
        ("html", b"<html>" + b"<" * 2_000_000),
        ("yaml", b"cv:\n" + b"&" * 1_000_000 + b" " * 1_000_000),
        ("yaml", b"cv:\n" + b" \t" * 1_000_000),
        ("json", b'{"a": "' + b"\\" * 2_000_000),
    ],
)  # fmt: skip
def test_no_check_takes_long(kind: Kind, data: bytes) -> None:
    began = time.process_time()
    try:
        check(kind, data)
    except InvalidInput as refused:
        assert refused.detail
    assert time.process_time() - began < 1
