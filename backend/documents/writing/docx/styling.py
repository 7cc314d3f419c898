"""A design and a style -> the parts of a Word document that say how it looks: its styles, its list, its page."""

from typing import NamedTuple

from backend.documents.writing.docx.designs import RULE, SOFT, TEXT, Design
from backend.documents.writing.style import FONTS, Style

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# How far apart a font's lines are by themselves, in font sizes; Word counts line spacing in these.
_NATURAL = {"Cambria": 1.172, "Calibri": 1.221, "Arial": 1.15, "Times New Roman": 1.15}
_PAPER = {"a4": (11906, 16838), "letter": (12240, 15840)}
_TWIPS_PER_MM = 56.6929


class Page(NamedTuple):
    """A page in twips (twentieths of a point)."""

    width: int
    height: int
    margin: int
    left: int

    @property
    def text_width(self) -> int:
        return self.width - self.left - self.margin


def page_of(design: Design, style: Style) -> Page:
    width, height = _PAPER[style.paper]
    margin = round(style.margin_mm * _TWIPS_PER_MM)
    return Page(width, height, margin, margin + round(design.inset * _TWIPS_PER_MM))


def section_xml(design: Design, style: Style) -> str:
    """The `w:sectPr` of the whole document."""
    page, accent = page_of(design, style), style.accent.lstrip("#")
    band = ""
    if design.band:
        line = f'w:val="single" w:sz="{round(design.band * 8)}" w:space="0" w:color="{accent}"'
        band = f'<w:pgBorders w:offsetFrom="page"><w:left {line}/></w:pgBorders>'
    return (
        f'<w:sectPr xmlns:w="{W}"><w:pgSz w:w="{page.width}" w:h="{page.height}"/>'
        f'<w:pgMar w:top="{page.margin}" w:right="{page.margin}" w:bottom="{page.margin}" w:left="{page.left}" '
        f'w:header="360" w:footer="360" w:gutter="0"/>{band}<w:cols w:space="720"/></w:sectPr>'
    )


def numbering_xml(design: Design, style: Style) -> str:
    """The one list there is, with the design's bullet."""
    color = {"soft": SOFT, "accent": style.accent.lstrip("#"), "text": TEXT}[design.marker_color]
    hanging = round(style.font_size * 20 * 1.1)
    font = FONTS[style.font].office
    return (
        f'{_HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
        f'<w:lvlText w:val="{design.marker}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{hanging}" w:hanging="{hanging}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}" w:hint="default"/><w:color w:val="{color}"/></w:rPr>'
        f'</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def styles_xml(design: Design, style: Style, lang: str) -> str:
    """Word's own styles where it has them (Title, Heading 1, List Bullet, ...), so that its outline, its navigation and
    other programs know what is what."""
    accent = style.accent.lstrip("#")
    font = FONTS[style.font].office
    line = round(240 * style.line_height / _NATURAL[font])

    def size(ems: float) -> str:
        halves = round(style.font_size * ems * 2)
        return f'<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'

    def gap(before: float = 0, after: float = 0) -> str:
        twips = [round(ems * style.spacing * style.font_size * 20) for ems in (before, after)]
        return f'<w:spacing w:before="{twips[0]}" w:after="{twips[1]}"/>'

    def color(value: str) -> str:
        return f'<w:color w:val="{value}"/>'

    centre = '<w:jc w:val="center"/>' if design.centred else ""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{page_of(design, style).text_width}"/></w:tabs>'
    kept = "<w:keepNext/><w:keepLines/>"
    border = ""
    if design.rule:
        rule, thickness = (accent, 4) if design.rule_color else (RULE, 5)
        border = f'<w:pBdr><w:{design.rule} w:val="single" w:sz="{thickness}" w:space="2" w:color="{rule}"/></w:pBdr>'
    name = "<w:b/><w:bCs/>" if design.name_bold else ""
    name += f"<w:{design.name_case}/>" if design.name_case else ""
    title = "<w:b/><w:bCs/>" if design.title_case != "smallCaps" else ""
    title += f"<w:{design.title_case}/>" if design.title_case else ""
    headline = "<w:i/><w:iCs/>" if design.headline_italic else "<w:b/><w:bCs/>" if design.rule == "top" else ""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{color(TEXT)}{size(1)}"
        f'<w:lang w:val="{lang}" w:eastAsia="{_eastern(lang)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
    )
    styles = (
        _paragraph("Normal", "Normal", "", "", base="", default=True),
        _paragraph(
            "Title", "Title", f"{kept}{gap()}{centre}", name + color(accent if design.name_accent else TEXT) + size(design.name_size)
        ),
        _paragraph(
            "Subtitle", "Subtitle", f"{kept}{gap(0.08)}{centre}",
            headline + color(accent if design.headline_accent else TEXT if design.centred else SOFT) + size(design.headline_size),
        ),
        _paragraph("ContactDetails", "Contact Details", f"{gap(design.contact_gap)}{centre}", size(design.contact_size)),
        _paragraph(
            "Heading1", "heading 1", f'{kept}{border}{gap(design.section_gap, design.title_gap)}<w:outlineLvl w:val="0"/>',
            title + color(accent) + size(design.title_size),
        ),
        _paragraph("Heading2", "heading 2", f'{kept}{tab}{gap(design.entry_gap)}<w:outlineLvl w:val="1"/>', ""),
        _paragraph("EntryDetails", "Entry Details", f"{kept}{tab}{gap()}", ""),
        _paragraph("BodyText", "Body Text", gap(design.head_gap), ""),
        _paragraph(
            "ListBullet", "List Bullet",
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{gap(0.12)}', "",
        ),
        _character("DefaultParagraphFont", "Default Paragraph Font", "", default=True),
        _character("Strong", "Strong", "<w:b/><w:bCs/>"),
        _character("Emphasis", "Emphasis", "<w:i/><w:iCs/>"),
        _character("Aside", "Aside", color(SOFT) + size(design.aside_size)),
        _character("Quiet", "Quiet", color(SOFT)),
        _character("Hyperlink", "Hyperlink", ""),
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>',
    )  # fmt: skip
    return f'{_HEAD}<w:styles xmlns:w="{W}">{defaults}{"".join(styles)}</w:styles>'


def _paragraph(ident: str, name: str, layout: str, look: str, *, base: str = "Normal", default: bool = False) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    first = ' w:default="1"' if default else ' w:customStyle="1"' if name in _CUSTOM else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{ident}"><w:name w:val="{name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{layout}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _character(ident: str, name: str, look: str, *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ' w:customStyle="1"' if name in _CUSTOM else ""
    return f'<w:style w:type="character"{first} w:styleId="{ident}"><w:name w:val="{name}"/><w:rPr>{look}</w:rPr></w:style>'


_CUSTOM = frozenset({"Contact Details", "Entry Details", "Aside", "Quiet"})


def _eastern(lang: str) -> str:
    """Which of the scripts that share characters the text is in; it decides how Word draws them."""
    known = {"ja": "ja-JP", "ko": "ko-KR", "zh": "zh-CN"}
    return lang if "-" in lang and lang[:2] in known else known.get(lang[:2], "zh-CN")
