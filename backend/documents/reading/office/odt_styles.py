"""OpenDocument's styles, resolved along their parents, default styles last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from backend.documents.reading.office.colours import WHITE, colour
from backend.documents.reading.office.looks import TINY, Look
from backend.documents.reading.office.packages import attributes, local
from backend.documents.reading.office.style_names import heading_level

OFFICE, STYLE, TEXT, TABLE, DRAW, FO, SVG, XLINK, LOEXT = (
    f"{{{name}}}"
    for name in (
        *(
            f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0"
            for part in ("office", "style", "text", "table", "drawing")
        ),
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "http://www.w3.org/1999/xlink",
        "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    )
)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75, "pc": 12.0, "": 1.0}
_DEPTH = 20
_TINY_SCALE = 10


@dataclass(frozen=True, slots=True)
class Form:
    """A paragraph style: lengths in points, `outline` the level of headings in it."""

    left: float = 0.0
    before: float = 0.0
    after: float = 0.0
    outline: int = 0
    ground: str = ""
    flat: bool = False
    away: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of content.xml and styles.xml together; of two with one name that of content.xml counts."""

    _styles: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _defaults: dict[str, etree._Element] = field(default_factory=dict)
    _lists: dict[str, etree._Element] = field(default_factory=dict)
    _fonts: dict[str, str] = field(default_factory=dict)

    def add(self, root: etree._Element | None) -> None:
        for element in root.iter(f"{STYLE}*", f"{TEXT}list-style") if root is not None else ():
            name = element.get(f"{STYLE}name") or ""
            match local(element):
                case "style":
                    self._styles[element.get(f"{STYLE}family") or "", name] = element
                case "default-style":
                    self._defaults[element.get(f"{STYLE}family") or ""] = element
                case "list-style":
                    self._lists[name] = element
                case "font-face":
                    self._fonts[name] = (element.get(f"{SVG}font-family") or name).strip("'\"")

    def look(self, family: str, name: str, look: Look) -> Look:
        """`look` changed by a style of that family."""
        for style in self._chain(family, name):
            look = self._with_text(look, style.find(f"{STYLE}text-properties"))
        return look

    def base(self, look: Look) -> Look:
        """The look that a document begins with, on the ground of `look`."""
        default = self._defaults.get("paragraph")
        if default is None:
            return look
        return self._with_text(look, default.find(f"{STYLE}text-properties"))

    def form(self, name: str) -> Form:
        form = Form()
        for style in self._chain("paragraph", name):
            form = _with_paragraph(form, style.find(f"{STYLE}paragraph-properties"))
            shown = style.get(f"{STYLE}display-name") or re.sub("_20_", " ", style.get(f"{STYLE}name") or "")
            level = points(style.get(f"{STYLE}default-outline-level") or "")
            form = replace(form, outline=int(level) or heading_level(shown) or form.outline)
        return form

    def ground(self, family: str, name: str) -> str | None:
        """The ground that the styles of tables, rows, cells and frames give: a colour, "" for none, None if unknown."""
        found: str | None = ""
        for style in self._chain(family, name):
            for properties in style:
                if local(properties).endswith("-properties") and (own := _fill(properties)) != "":
                    found = own
        return found

    def property(self, family: str, name: str, key: str) -> str:
        values = (part.get(key) for style in self._chain(family, name) for part in style.iter() if part.get(key))
        return ([""] + [value for value in values if value])[-1]

    def has_mark(self, name: str, level: int) -> bool:
        """Whether items of a list style carry a bullet or number; those of an unknown one do."""
        style = self._lists.get(name)
        for entry in style if style is not None else ():
            if entry.get(f"{TEXT}level") == str(level):
                if local(entry) == "list-level-style-number":
                    return bool(entry.get(f"{STYLE}num-format"))
                return bool((entry.get(f"{TEXT}bullet-char") or "•").strip())
        return True

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (family, name) in self._styles and len(chain) < _DEPTH:
            chain.append(self._styles[family, name])
            name = chain[-1].get(f"{STYLE}parent-style-name") or ""
        return chain[::-1]

    def _with_text(self, look: Look, properties: etree._Element | None) -> Look:
        if properties is None:
            return look
        for key, value in attributes(properties):
            look = self._with(look, key, value)
        if (properties.get(f"{STYLE}use-window-font-color") or "") == "true" and not properties.get(f"{FO}color"):
            look = replace(look, colour="")
        return look

    def _with(self, look: Look, key: str, value: str) -> Look:
        match key.rpartition("}")[2]:
            case "font-weight" if key.startswith(FO):
                return replace(look, strong=value == "bold" or (value.isdigit() and int(value) >= 600))
            case "font-style" if key.startswith(FO):
                return replace(look, emphasised=value in ("italic", "oblique"))
            case "text-transform" | "font-variant":
                return replace(look, caps=look.caps or value in ("uppercase", "small-caps"))
            case "color" if key.startswith(FO):
                return replace(look, colour=colour(value))
            case "background-color":
                return replace(look, ground=colour(value) or look.ground)
            case "font-size" if key.startswith(FO):
                return replace(look, size=look.size * points(value) / 100 if value.endswith("%") else points(value))
            case "font-name" if key.startswith(STYLE):
                return replace(look, font=self._fonts.get(value, value))
            case "display" if key.startswith(TEXT):
                return replace(look, hidden="hidden_run" if value == "none" else None)
            case "opacity" if key.startswith(LOEXT) and points(value) <= 5:
                return replace(look, hidden="invisible")
            case "text-scale" if 0 < points(value) <= _TINY_SCALE:
                return replace(look, hidden="tiny")
        return look


def points(text: str) -> float:
    """A length in points; a number without a unit, or per cent, is taken as it is."""
    match = re.match(r"\s*([+-]?\d{0,7}(?:\.\d{1,6})?)\s*([a-z]{0,2})", text)
    return float(match[1]) * _POINTS.get(match[2], 1.0) if match and match[1].strip("+-.") else 0.0


def pages(root: etree._Element | None) -> Iterator[etree._Element]:
    """The properties of page layouts."""
    for layout in root.iter(f"{STYLE}page-layout") if root is not None else ():
        yield from layout.iter(f"{STYLE}page-layout-properties")


def page_ground(root: etree._Element | None) -> str | None:
    """The colour of the page, None where a picture or gradient fills it."""
    for properties in pages(root):
        found = _fill(properties)
        if found != "":
            return found
    return WHITE


def _fill(properties: etree._Element) -> str | None:
    kind = properties.get(f"{DRAW}fill") or ""
    if kind == "solid":
        return colour(properties.get(f"{DRAW}fill-color") or "") or None
    if kind in ("gradient", "bitmap", "hatch") or properties.find(f"{STYLE}background-image/*") is not None:
        return None
    return colour(properties.get(f"{FO}background-color") or "")


def _with_paragraph(form: Form, properties: etree._Element | None) -> Form:
    if properties is None:
        return form
    for key, value in attributes(properties):
        match key.rpartition("}")[2]:
            case "margin-left":
                left = points(value)
                form = replace(form, left=left, away=left < -360 or left > 1440)
            case "margin-top":
                form = replace(form, before=points(value))
            case "margin-bottom":
                form = replace(form, after=points(value))
            case "background-color":
                form = replace(form, ground=colour(value))
            case "line-height" if not value.endswith("%"):
                form = replace(form, flat=0 < points(value) < TINY)
    return form
