"""The styles and lists of a Word document, resolved along what they are based on."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from backend.documents.reading.office.docx_looks import POINT, Form, Theme, W, number, shading, with_form, with_run
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.packages import local
from backend.documents.reading.office.style_names import heading_level

_DEFAULT_SIZE = 10.0
_DEPTH = 20
_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200, "noVBand": 0x400,
}  # fmt: skip


class Styles:
    """The styles part; every question about a style that is not there is answered as by an empty one."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self.theme = theme
        self._styles = {style.get(f"{W}styleId") or "": style for style in _children(root, "style")}
        self._defaults = {
            style.get(f"{W}type") or "": ident
            for ident, style in self._styles.items()
            if (style.get(f"{W}default") or "").lower() in ("1", "true", "on")
        }
        given = root.find(f"{W}docDefaults") if root is not None else None
        run = given.find(f"{W}rPrDefault/{W}rPr") if given is not None else None
        form = given.find(f"{W}pPrDefault/{W}pPr") if given is not None else None
        self._look = with_run(Look(size=_DEFAULT_SIZE), run, theme)
        self._form = with_form(Form(), form, theme)
        self._forms: dict[str, Form] = {}

    def form(self, ident: str) -> Form:
        """What a paragraph style says, with `outline` as the level of headings in it."""
        ident = ident if ident in self._styles else self._defaults.get("paragraph", "")
        if ident not in self._forms:
            form = replace(self._form, style=ident)
            for style in self._chain(ident):
                form = with_form(form, style.find(f"{W}pPr"), self.theme)
                if level := heading_level(_name(style)):
                    form = replace(form, outline=level)
            self._forms[ident] = form
        return self._forms[ident]

    def base_look(self, above: Look | None = None) -> Look:
        """The look before any style, on the ground of `above`."""
        return replace(self._look, ground=above.ground, hidden=above.hidden) if above else self._look

    def look(self, ident: str, look: Look, kind: str = "paragraph") -> Look:
        """`look` changed by a style of that kind ("paragraph", "character", "table"), or by the default one."""
        ident = ident if ident in self._styles else self._defaults.get(kind, "")
        for style in self._chain(ident):
            look = with_run(look, style.find(f"{W}rPr"), self.theme)
        return look

    def table_part(self, ident: str, shown: int, place: tuple[int, int], size: tuple[int, int], look: Look) -> Look:
        """`look` in the cell at `place` (row, column) of a table of `size`, whose `tblLook` is `shown`."""
        parts = _parts(shown, place, size)
        for style in self._chain(ident if ident in self._styles else self._defaults.get("table", "")):
            look = with_run(look, style.find(f"{W}rPr"), self.theme)
            for holder in [style, *(part for part in _children(style, "tblStylePr") if part.get(f"{W}type") in parts)]:
                for name in ("tblPr", "trPr", "tcPr"):
                    if ground := shading(holder.find(f"{W}{name}"), self.theme):
                        look = replace(look, ground=ground)
                if holder is not style:
                    look = with_run(look, holder.find(f"{W}rPr"), self.theme)
        return look

    def _chain(self, ident: str) -> list[etree._Element]:
        """The style and what it is based on, the base first."""
        chain: list[etree._Element] = []
        while ident in self._styles and len(chain) < _DEPTH:
            chain.append(self._styles[ident])
            based = chain[-1].find(f"{W}basedOn")
            ident = (based.get(f"{W}val") or "") if based is not None else ""
        return chain[::-1]


class Lists:
    """The numbering part: where the items of each list begin."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract = {item.get(f"{W}abstractNumId") or "": item for item in _children(root, "abstractNum")}
        self._by_style = {
            link.get(f"{W}val"): item for item in self._abstract.values() for link in _children(item, "styleLink")
        }
        self._numbers = {item.get(f"{W}numId") or "": item for item in _children(root, "num")}

    def item(self, ident: str, level: int) -> float | None:
        """Points before the items of a list at a level, from 0; None where it is no list, or one without marks."""
        found = self._level(ident, level)
        if found is None:
            return None
        kind = found.find(f"{W}numFmt")
        text = found.find(f"{W}lvlText")
        mark = (text.get(f"{W}val") or "") if text is not None else ""
        if (kind is not None and kind.get(f"{W}val") == "none") or not mark.strip("\u200b"):
            return None
        indent = found.find(f"{W}pPr/{W}ind")
        value = (indent.get(f"{W}left") or indent.get(f"{W}start")) if indent is not None else None
        return number(value) / POINT if value is not None else 18.0 * (level + 1)

    def _level(self, ident: str, level: int) -> etree._Element | None:
        numbering = self._numbers.get(ident)
        if numbering is None:
            return None
        for change in _children(numbering, "lvlOverride"):
            own = change.find(f"{W}lvl")
            if own is not None and number(change.get(f"{W}ilvl")) == level:
                return own
        link = numbering.find(f"{W}abstractNumId")
        abstract = self._abstract.get((link.get(f"{W}val") or "") if link is not None else "")
        if abstract is None:
            return None
        for style in _children(abstract, "numStyleLink"):
            abstract = self._by_style.get(style.get(f"{W}val"), abstract)
        return next((item for item in _children(abstract, "lvl") if number(item.get(f"{W}ilvl")) == level), None)


def table_shown(properties: etree._Element | None) -> int:
    """The bits of `w:tblLook`, written as a number or one by one."""
    element = properties.find(f"{W}tblLook") if properties is not None else None
    if element is None:
        return 0
    try:
        bits = int(element.get(f"{W}val") or "0", 16)
    except ValueError:
        bits = 0
    for name, bit in _BITS.items():
        if (value := element.get(f"{W}{name}")) is not None:
            bits = bits | bit if value in ("1", "true", "on") else bits & ~bit
    return bits


def _parts(shown: int, place: tuple[int, int], size: tuple[int, int]) -> set[str]:
    row, column = place
    parts = {"wholeTable"}
    if not shown & _BITS["noHBand"]:
        parts.add("band2Horz" if (row - bool(shown & _BITS["firstRow"])) % 2 else "band1Horz")
    if not shown & _BITS["noVBand"]:
        parts.add("band2Vert" if (column - bool(shown & _BITS["firstColumn"])) % 2 else "band1Vert")
    ends = (("firstRow", "firstRow", row == 0), ("lastRow", "lastRow", row == size[0] - 1),
            ("firstColumn", "firstCol", column == 0), ("lastColumn", "lastCol", column == size[1] - 1))  # fmt: skip
    return parts | {part for name, part, there in ends if there and shown & _BITS[name]}


def _name(style: etree._Element) -> str:
    name = style.find(f"{W}name")
    return (name.get(f"{W}val") or "") if name is not None else style.get(f"{W}styleId") or ""


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return (child for child in (element if element is not None else ()) if local(child) == name)
