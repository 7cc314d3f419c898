"""Files made by hand: the smallest package around a body that is given as XML."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = ("styles", "numbering", "comments", "footnotes", "endnotes", "theme", "header1", "header2", "footer1")
_ODT = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
)  # fmt: skip
_ODT += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", *, inner: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def table(*rows: tuple[str, ...], properties: str = "", cell: str = "") -> str:
    """A table whose cells are given as text (one paragraph) or as XML."""
    made = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr>{cell}</w:tcPr>{c if c.startswith('<') else paragraph(c)}</w:tc>" for c in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{made}</w:tbl>"


def docx(
    body: str, *, links: dict[str, str] | None = None, core: str = "", background: str = "", **parts: str
) -> bytes:
    """A Word document; `parts` are the contents of further parts ("styles", "header1"), which have ids of their names."""
    files: dict[str, str | bytes] = {
        "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml", False)}),
        "word/document.xml": f"<w:document {W} {_MORE}>{background}<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {name: (name.rstrip("12"), f"{name}.xml", False) for name in parts}
            | {ident: ("hyperlink", address, True) for ident, address in (links or {}).items()}
        ),
    }
    roots = {"header1": "hdr", "header2": "hdr", "footer1": "ftr"}
    for name, content in parts.items():
        assert name in _KINDS
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = (
            content if content.startswith("<a:theme") else f"<w:{root} {W} {_MORE}>{content}</w:{root}>"
        )
    if core:
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/">{core}</cp:coreProperties>'
        )
    return zipped(files)


def _relations(entries: dict[str, tuple[str, str, bool]]) -> str:
    made = "".join(
        f'<Relationship Id="{ident}" Type="{_RELATION}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for ident, (kind, target, outside) in entries.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'


def odt(
    body: str, *, automatic: str = "", styles: str = "", masters: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """An OpenDocument text; `automatic` are styles of content.xml, `styles` and `masters` parts of styles.xml."""
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            f"<office:document-content {_ODT}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {_ODT}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
        ),
    }
    if meta:
        files["meta.xml"] = f"<office:document-meta {_ODT}><office:meta>{meta}</office:meta></office:document-meta>"
    if manifest:
        files["META-INF/manifest.xml"] = f"<manifest:manifest {_ODT}>{manifest}</manifest:manifest>"
    return zipped(files)


def text_style(name: str, properties: str, family: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {properties}/></style:style>'
    )


def rtf(body: str, *, head: str = "") -> bytes:
    """RTF with two fonts (a text one, Symbol) and colours 1 black, 2 white, 3 dark blue, 4 almost white."""
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset2 Symbol;}"
        r"{\f2\fnil\fcharset204 Arial CYR;}{\f3\fnil\fcharset128 MS Mincho;}}"
        r"{\colortbl;\red0\green0\blue0;\red255\green255\blue255;\red0\green0\blue96;\red250\green250\blue250;}"
        rf"{head}\pard\plain\f0\fs22 {body}" + "}"
    ).encode("cp1252")
