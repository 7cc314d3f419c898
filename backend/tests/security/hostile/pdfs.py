"""PDFs: streams that unpack without end, loops, scripts, attachments, nonsense of every part."""

import zlib

from backend.tests.security import making
from backend.tests.security.hostile.case import Case
from backend.tests.security.hostile.office import TEMPLATES
from backend.tests.security.making import packed_stream, pdf, stream, zeros

_MEGABYTE = 1024 * 1024
_SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)


def _many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(10, 10 + count))
    pages = dict.fromkeys(range(10, 10 + count), _PAGE)
    return pdf({2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)} | pages)


def _nested_forms(depth: int, times: int) -> bytes:
    """Each form draws the next one several times over: times ** depth in all."""
    forms = {
        number: stream(
            b"/X Do " * times,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(10, 10 + depth)
    }
    last = {10 + depth: stream(making.page_content(), b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")}
    page = _PAGE.replace(b"/Font", b"/XObject << /X 10 0 R >> /Font")
    return pdf(forms | last | {3: page}, content=making.page_content() + b" /X Do")


def _encrypted() -> bytes:
    owner, user = b"<" + b"41" * 32 + b">", b"<" + b"42" * 32 + b">"
    return pdf(
        {6: b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O %s /U %s >>" % (owner, user)},
        trailer=b"/Encrypt 6 0 R /ID [<%s> <%s>]" % (b"43" * 16, b"43" * 16),
    )


def _cut(share: float) -> bytes:
    data = pdf()
    return data[: int(len(data) * share)]


def _content(content: bytes) -> bytes:
    return pdf(content=making.page_content() + b"\n" + content)


def _page(entries: bytes) -> bytes:
    return pdf({3: _PAGE.replace(b"/MediaBox [0 0 595 842]", entries)})


_FONT = b"<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor << /Type /FontDescriptor /FontName /A /FontFile2 6 0 R >> "

CASES = (
    Case("pdf: a stream of 100 MB", lambda: pdf({6: stream(zeros(100 * _MEGABYTE), b"/Filter /FlateDecode")}), "unpacks to more"),
    Case("pdf: page content of 100 MB in two layers", lambda: pdf({4: stream(zlib.compress(zeros(100 * _MEGABYTE)), b"/Filter [/FlateDecode /FlateDecode]")}), "unpacks to more"),
    Case("pdf: ten streams of 29 MB", lambda: pdf({n: stream(zeros(29 * _MEGABYTE), b"/Filter /FlateDecode") for n in range(6, 16)}), "unpacks to more"),
    Case("pdf: an object stream of 29 MB", lambda: pdf({6: packed_stream(b"1 " * 14 * _MEGABYTE, b"/Type /ObjStm /N 9 /First 9")}), "objects"),
    Case("pdf: page content of 25 MB of spaces", lambda: _content_packed(b" " * 25 * _MEGABYTE)),
    Case("pdf: packed 50 times over", lambda: pdf({6: packed_stream(b"a", layers=50)}), "four times"),
    Case("pdf: LZW of 1 MB", lambda: pdf({6: stream(b"\x80" * _MEGABYTE, b"/Filter /LZWDecode")}), "out of use"),
    Case("pdf: a million objects", lambda: pdf({6: b"1 0 obj\nendobj\n" * 600_000}), "objects"),
    Case("pdf: an object stream with two billion objects", lambda: pdf({6: packed_stream(b"", b"/Type /ObjStm /N 2000000000 /First 0")}), "objects"),
    Case("pdf: page tree in a loop", lambda: pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), "damaged"),
    Case("pdf: page tree with its parent as its child", lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>", 6: b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 1 >>"})),
    Case("pdf: two billion pages", lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"})),
    Case("pdf: minus one page", lambda: pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count -1 >>"})),
    Case("pdf: 5,000 pages", lambda: _many_pages(5_000), "pages"),
    Case("pdf: a length that refers to itself", lambda: pdf({4: b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"}), "."),
    Case("pdf: references in a ring", lambda: pdf({6: b"7 0 R", 7: b"6 0 R"}, page=b"/Annots 6 0 R /Rotate 7 0 R"), shows=("Ada Lovelace",)),
    Case("pdf: cross references that point at themselves", lambda: pdf(trailer=b"/Prev 0 /XRefStm 0"), shows=("Ada Lovelace",)),
    Case("pdf: lists 100,000 deep", lambda: pdf({6: b"[" * 100_000 + b"]" * 100_000}), "hundreds of levels"),
    Case("pdf: dictionaries 100,000 deep", lambda: pdf({6: b"<< /A " * 100_000 + b">>" * 100_000}), "hundreds of levels"),
    Case("pdf: lists in the page 100,000 deep", lambda: _content(b"[" * 100_000)),
    Case("pdf: graphics states 500,000 deep", lambda: _content(b"q " * 500_000)),
    Case("pdf: 30,000 marks of drawing", lambda: _content(b"0 0 m 9 9 l S " * 30_000), shows=("Ada Lovelace",)),
    Case("pdf: forms that draw each other 10 ** 12 times", lambda: _nested_forms(12, 10), "of memory"),
    Case("pdf: a form that draws itself", lambda: pdf({6: stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"), 3: _PAGE.replace(b"/Font", b"/XObject << /X 6 0 R >> /Font")}, content=making.page_content() + b" /X Do"), "of memory"),
    Case("pdf: 600,000 letters on a page", lambda: _content(b"BT /F1 1 Tf (%s) Tj ET " % (b"a" * 2_000) * 300)),
    Case("pdf: a script when opened", lambda: pdf({6: _SCRIPT}, catalog=b"/OpenAction 6 0 R"), "script"),
    Case("pdf: a script spelled with codes", lambda: pdf({6: _SCRIPT.replace(b"JavaScript", b"#4aava#53cript")}), "script"),
    Case("pdf: a script in an object stream", lambda: pdf({6: packed_stream(b"7 0 " + _SCRIPT, b"/Type /ObjStm /N 1 /First 4")}), "script"),
    Case("pdf: a script behind a false string", lambda: pdf({6: b"\\(% ) " + _SCRIPT}), "script"),
    Case("pdf: starts a program", lambda: pdf({6: b"<< /S /Launch /Win << /F (cmd.exe) >> >>"}, catalog=b"/OpenAction 6 0 R"), "program"),
    Case("pdf: an attached file", lambda: pdf({6: b"<< /Type /Filespec /EF << /F 7 0 R >> >>", 7: stream(b"MZ", b"/Type /EmbeddedFile")}), "attached file"),
    Case("pdf: an XFA form", lambda: pdf(catalog=b"/AcroForm << /XFA [(a) 6 0 R] >>"), "XFA"),
    Case("pdf: Flash", lambda: pdf({6: b"<< /Subtype /RichMedia >>"}), "Flash"),
    Case("pdf: a password", _encrypted, "password"),
    Case("pdf: a page of 10 ** 30 points", lambda: _page(b"/MediaBox [0 0 1e30 1e30]")),
    Case("pdf: a page of no size", lambda: _page(b"/MediaBox [0 0 0 0]")),
    Case("pdf: a page of nonsense size", lambda: _page(b"/MediaBox [/a (b) << >> null]")),
    Case("pdf: letters of 10 ** 9 points", lambda: _content(b"BT /F1 1000000000 Tf (huge) Tj ET"), shows=("Ada Lovelace",)),
    Case("pdf: letters far off the page", lambda: _content(b"BT /F1 9 Tf 1e38 -1e38 Td (far) Tj ET"), shows=("Ada Lovelace",)),
    Case("pdf: a picture of 10 ** 10 dots", lambda: pdf({6: stream(b"", b"/Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8")}), "million dots"),
    Case("pdf: a font of noise", lambda: pdf({5: _FONT + b">>", 6: stream(bytes(range(256)) * 50)})),
    Case("pdf: a font with widths of nonsense", lambda: pdf({5: _FONT + b"/FirstChar -9 /LastChar 2000000000 /Widths [1e99 (a) -1] >>", 6: stream(b"")})),
    Case("pdf: a character map without end", lambda: pdf({5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>", 6: stream(b"begincmap " + b"1 beginbfrange <0000> <FFFFFFFF> <0000> endbfrange " * 5_000)})),
    Case("pdf: templates in the text", lambda: pdf(content=making.page_content((*making.LINES, *TEMPLATES[2:4]))), shows=TEMPLATES[2:4]),
    Case("pdf: two headers", lambda: b"%PDF-1.4\n%PDF-9.9\n" + pdf(), shows=("Ada Lovelace",)),
    Case("pdf: only a header and an end", lambda: b"%PDF-1.7\n%%EOF\n", "no objects"),
    Case("pdf: no trailer", lambda: pdf().replace(b"trailer", b"nothing"), "damaged"),
    *(Case(f"pdf: cut off at {share:.0%}", lambda share=share: _cut(share), "breaks off") for share in (0.05, 0.2, 0.4, 0.6, 0.8, 0.99)),
)  # fmt: skip


def _content_packed(more: bytes) -> bytes:
    return pdf({4: packed_stream(making.page_content() + more)})
