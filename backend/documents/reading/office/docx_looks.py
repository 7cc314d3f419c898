"""WordprocessingML's run and paragraph properties -> looks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from backend.documents.reading.office.colours import WHITE, colour, mixed
from backend.documents.reading.office.looks import TINY, Look
from backend.documents.reading.office.packages import local
from backend.domain.layout import Hiding

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
POINT = 20
"""Twips, Word's unit of length, in a point."""
_OFF = frozenset({"0", "false", "off", "none"})
_THEME_NAMES = {
    "background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1",
    "light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink", "bg1": "lt1", "tx1": "dk1",
    "bg2": "lt2", "tx2": "dk2",
}  # fmt: skip
_TINY_SCALE = 10  # percent of a letter's usual width
_FAR = 5 * 72.0


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as `rrggbb` and fonts ("major", "minor") by their names in the theme."""

    colours: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)

    def colour(self, name: str, tint: str = "", shade: str = "") -> str:
        found = self.colours.get(_THEME_NAMES.get(name, name), "")
        if found and (part := _share(tint)) is not None:
            return mixed(found, WHITE, part)
        if found and (part := _share(shade)) is not None:
            return mixed(found, "000000", part)
        return found


@dataclass(frozen=True, slots=True)
class Form:
    """A paragraph's properties. Lengths in points; `left` is None where only its list says where it begins. `ground` is
    "" where it has none of its own. `outline` is 0 for text, else a heading's level."""

    style: str = ""
    number: str = ""
    number_level: int = 0
    left: float | None = None
    before: float = 0.0
    after: float = 0.0
    tight: bool = False
    outline: int = 0
    ground: str = ""
    flat: bool = False
    away: bool = False


def theme_of(root: etree._Element | None) -> Theme:
    colours = {"lt1": WHITE, "dk1": "000000", "lt2": "e7e6e6", "dk2": "44546a"}
    fonts: dict[str, str] = {}
    if root is not None:
        for scheme in root.iter(f"{A}clrScheme"):
            for entry in scheme:
                value = next((child.get("lastClr") or child.get("val") for child in entry), None)
                if found := colour(value or ""):
                    colours[local(entry)] = found
        for kind in ("major", "minor"):
            for font in root.iter(f"{A}{kind}Font"):
                latin = font.find(f"{A}latin")
                fonts[kind] = (latin.get("typeface") or "") if latin is not None else ""
    return Theme(colours, fonts)


def is_on(element: etree._Element) -> bool:
    return (element.get(f"{W}val") or "true").lower() not in _OFF


def number(text: str | None) -> float:
    """A number in an attribute, with or without a unit; 0 where there is none."""
    match = re.match(r"\s*[+-]?\d{1,9}(?:\.\d{1,6})?", text or "")
    return float(match.group()) if match else 0.0


def with_run(look: Look, properties: etree._Element | None, theme: Theme) -> Look:
    """`look` changed by what a `w:rPr` says."""
    if properties is None:
        return look
    for element in properties:
        match local(element):
            case "b":
                look = replace(look, strong=is_on(element))
            case "i":
                look = replace(look, emphasised=is_on(element))
            case "caps" | "smallCaps":
                look = replace(look, caps=is_on(element))
            case "vanish" | "webHidden":
                look = replace(look, hidden="hidden_run" if is_on(element) else None)
            case "sz":
                look = replace(look, size=number(element.get(f"{W}val")) / 2)
            case "color":
                look = replace(look, colour=_text_colour(element, theme))
            case "highlight" | "shd":
                look = replace(look, ground=_ground(element, theme) or look.ground)
            case "rFonts":
                look = replace(look, font=_font(element, theme) or look.font)
            case "w" | "textFill":
                look = replace(look, hidden=_worn_away(element) or look.hidden)
    return look


def with_form(form: Form, properties: etree._Element | None, theme: Theme) -> Form:
    """`form` changed by what a `w:pPr` says."""
    if properties is None:
        return form
    for element in properties:
        match local(element):
            case "numPr":
                form = _numbered(form, element)
            case "ind":
                form = _indented(form, element)
            case "spacing":
                form = _spaced(form, element)
            case "contextualSpacing":
                form = replace(form, tight=is_on(element))
            case "outlineLvl":
                level = int(number(element.get(f"{W}val")))
                form = replace(form, outline=level + 1 if 0 <= level < 9 else 0)
            case "shd":
                form = replace(form, ground=_ground(element, theme) or form.ground)
    return form


def shading(properties: etree._Element | None, theme: Theme) -> str:
    """The ground that a table's or cell's properties give; "" for none."""
    element = properties.find(f"{W}shd") if properties is not None else None
    return (_ground(element, theme) or "") if element is not None else ""


def drawn_fill(properties: etree._Element | None, style: etree._Element | None, theme: Theme) -> str | None:
    """What a drawn shape is filled with: a colour, "" for nothing, None for what is no single colour."""
    for element in properties if properties is not None else ():
        match local(element):
            case "solidFill":
                return drawn_colour(element, theme) or None
            case "noFill":
                return ""
            case "gradFill" | "blipFill" | "pattFill" | "grpFill":
                return None
    reference = style.find(f"{A}fillRef") if style is not None else None
    if reference is None or reference.get("idx") in ("0", None):
        return ""
    return drawn_colour(reference, theme) or None


def drawn_colour(holder: etree._Element, theme: Theme) -> str:
    for element in holder:
        value = element.get("val") or ""
        match local(element):
            case "srgbClr":
                return colour(value)
            case "schemeClr":
                return theme.colour(value)
            case "sysClr":
                return colour(element.get("lastClr") or "")
            case "prstClr":
                return colour(value)
    return ""


def _share(text: str) -> float | None:
    try:
        return min(int(text, 16), 255) / 255 if text else None
    except ValueError:
        return None


def _themed(element: etree._Element, theme: Theme, prefix: str, plain: str) -> str:
    """The theme's colour outranks the one that is written out."""
    name = element.get(f"{W}{prefix}Color" if prefix == "theme" else f"{W}{prefix}")
    if name:
        tint, shade = element.get(f"{W}{prefix}Tint") or "", element.get(f"{W}{prefix}Shade") or ""
        if found := theme.colour(name, tint, shade):
            return found
    return colour(element.get(f"{W}{plain}") or "")


def _text_colour(element: etree._Element, theme: Theme) -> str:
    return _themed(element, theme, "theme", "val")


def _ground(element: etree._Element, theme: Theme) -> str | None:
    if local(element) == "highlight":
        return colour(element.get(f"{W}val") or "") or None
    pattern = element.get(f"{W}val") or "clear"
    fill = _themed(element, theme, "themeFill", "fill")
    if pattern == "solid":
        return _themed(element, theme, "theme", "color") or "000000"
    if match := re.match(r"pct(\d{1,3})$", pattern):
        return mixed(_themed(element, theme, "theme", "color") or "000000", fill or WHITE, int(match[1]) / 100)
    return fill or None


def _font(element: etree._Element, theme: Theme) -> str:
    themed = element.get(f"{W}asciiTheme") or element.get(f"{W}hAnsiTheme") or ""
    kind = "major" if themed.startswith("major") else "minor"
    if themed and theme.fonts.get(kind):
        return theme.fonts[kind]
    return element.get(f"{W}ascii") or element.get(f"{W}hAnsi") or ""


def _worn_away(element: etree._Element) -> Hiding | None:
    if local(element) == "w":
        return "tiny" if 0 < number(element.get(f"{W}val")) <= _TINY_SCALE else None
    return "invisible" if _is_clear(element) else None


def _is_clear(fill: etree._Element) -> bool:
    """Whether the letters are filled with nothing, or with a colour that is fully transparent."""
    if any(local(child) == "noFill" for child in fill):
        return True
    alphas = [element for element in fill.iter() if local(element) == "alpha"]
    return any(number(element.get(f"{W14}val") or element.get("val")) >= 95_000 for element in alphas)


def _numbered(form: Form, element: etree._Element) -> Form:
    level, ident = element.find(f"{W}ilvl"), element.find(f"{W}numId")
    if ident is not None:
        form = replace(form, number=ident.get(f"{W}val") or "")
    if level is not None:
        form = replace(form, number_level=int(number(level.get(f"{W}val"))))
    return form


def _indented(form: Form, element: etree._Element) -> Form:
    value = element.get(f"{W}left") or element.get(f"{W}start")
    if value is None:
        return form
    left = number(value) / POINT
    return replace(form, left=left, away=left < -_FAR or left > 4 * _FAR)


def _spaced(form: Form, element: etree._Element) -> Form:
    if (before := element.get(f"{W}before")) is not None:
        form = replace(form, before=number(before) / POINT)
    if (after := element.get(f"{W}after")) is not None:
        form = replace(form, after=number(after) / POINT)
    if (line := element.get(f"{W}line")) is not None:
        exact = element.get(f"{W}lineRule") == "exact"
        form = replace(form, flat=exact and number(line) / POINT < TINY)
    return form
