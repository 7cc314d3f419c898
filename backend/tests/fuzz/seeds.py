"""What is mutated: a few files of each kind, made in code, and real PDFs where they are at hand."""

import json
from pathlib import Path

from backend.data import SAMPLES
from backend.documents.writing.markdown import markdown
from backend.domain.stored_shape import read
from backend.tests.security import making

SHARED = Path(__file__).parents[4] / "shared" / "data"

_TABLE = (
    "<w:tbl><w:tr>"
    + "<w:tc><w:p><w:r><w:rPr><w:b/><w:sz w:val='28'/></w:rPr><w:t>Python</w:t></w:r></w:p></w:tc>" * 2
    + "</w:tr></w:tbl>"
)
_LIST = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Did a thing</w:t></w:r></w:p>"
_BOX = "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
_LINK = "<w:p><w:hyperlink r:id='rId1'><w:r><w:rPr><w:vanish/></w:rPr><w:t>me</w:t></w:r></w:hyperlink></w:p>"
_STYLES = f"<w:styles xmlns:w='{making.W}'><w:style w:styleId='a' w:type='paragraph'><w:name w:val='heading 1'/><w:rPr><w:sz w:val='32'/></w:rPr></w:style></w:styles>"
_NUMBERING = f"<w:numbering xmlns:w='{making.W}'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
_RELATIONS = making.relationships(("hyperlink", "https://example.org", True), ("styles", "styles.xml", False), ("numbering", "numbering.xml", False))  # fmt: skip
_ODT = "<text:list><text:list-item><text:p>Did a thing<text:s text:c='3'/><text:tab/>x</text:p></text:list-item></text:list><text:h text:outline-level='1'>Education</text:h><text:p><text:a xlink:href='https://example.org'>me</text:a></text:p>"
_RTF = '{\\b Education}\\par\\trowd\\cellx4000\\cellx8000 BSc\\cell 2019\\cell\\row{\\field{\\*\\fldinst HYPERLINK "https://example.org"}{\\fldrslt me}}\\par\\u8364?\\\'e4{\\v hidden}\\pard\\li720\\bullet  item\\par'
_HTML = "<h2>Education</h2><table><tr><td>BSc</td><td>2019</td></tr></table><ul><li>Did a <b>thing</b><li>Other</ul><p style='color:white;font-size:1px'>hidden</p><a href='https://example.org'>me</a>"


def seeds() -> dict[str, list[bytes]]:
    """Files by kind."""
    sample = json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8"))
    text = "\n".join(making.LINES).encode()
    found = {
        "pdf": [making.pdf(), making.pdf({4: making.packed_stream(making.page_content())})],
        "docx": [
            making.docx(),
            making.docx(
                _TABLE + _LIST + _BOX + _LINK,
                extra={
                    "word/_rels/document.xml.rels": _RELATIONS,
                    "word/styles.xml": _STYLES,
                    "word/numbering.xml": _NUMBERING,
                },
            ),
        ],
        "odt": [making.odt(), making.odt(_ODT)],
        "rtf": [making.rtf(), making.rtf(_RTF)],
        "html": [making.html(), making.html(_HTML)],
        "json": [json.dumps(sample).encode(), b'{"basics": {"name": "Ada"}, "work": [{"name": "A", "startDate": "2019"}]}'],
        "yaml": [b"cv:\n  name: Ada\n  email: a@b.org\n  sections:\n    experience:\n      - company: A\n        position: B\n        start_date: 2019-01\n        highlights:\n          - Did\n"],
        "markdown": [markdown(read(sample)).encode()],
        "text": [text, b"\xff\xfe" + text.decode().encode("utf-16-le")],
    }  # fmt: skip
    found["pdf"] += [path.read_bytes() for path in sorted(SHARED.glob("resume_pdfs/*.pdf"))[::5]]
    found["yaml"] += [path.read_bytes() for path in sorted(SHARED.glob("rendercv_examples/**/*.yaml"))[:1]]
    return found
