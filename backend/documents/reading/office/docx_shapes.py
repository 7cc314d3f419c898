"""Drawn shapes in a Word document: the text boxes among them, where they stand, and what they are filled with."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from backend.documents.reading.office.colours import WHITE, colour, is_lost
from backend.documents.reading.office.docx_looks import Theme, drawn_fill, number
from backend.documents.reading.office.looks import TINY, Look
from backend.documents.reading.office.packages import local
from backend.domain.layout import Hiding

_EMU = 12_700
"""English metric units, the length unit of drawings, in a point."""
_INCH = 72.0
_CSS_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and margins in points."""

    width: float = 612.0
    height: float = 792.0
    left: float = 72.0
    top: float = 72.0


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: the element that holds its paragraphs, and how text in it starts out."""

    content: etree._Element
    look: Look


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """The one branch of `mc:AlternateContent` to read: the first choice with something in it, else the fallback."""
    branches = [branch for branch in alternatives if local(branch) in ("Choice", "Fallback")]
    return next((branch for branch in branches if len(branch)), None)


def parts(element: etree._Element) -> Iterator[etree._Element]:
    """The element and what is in it, one branch of each alternative, without what is in text boxes."""
    yield element
    if local(element) == "txbxContent":
        return
    inner = chosen(element) if local(element) == "AlternateContent" else element
    for child in inner if inner is not None else ():
        yield from parts(child)


def boxes(drawing: etree._Element, look: Look, page: Page, theme: Theme) -> Iterator[Box]:
    """The text boxes of a `w:drawing`, `w:pict` or `w:object`; `look` is that of what they stand on."""
    for content in parts(drawing):
        if local(content) != "txbxContent":
            continue
        inside = look
        for holder in reversed(list(content.iterancestors())):
            if local(holder) in ("wsp", "anchor", "inline", "shape", "rect", "roundrect", "group", "oval"):
                inside = _within(holder, inside, page, theme)
        yield Box(content, inside)


def images(drawing: etree._Element) -> int:
    """How many pictures a drawing holds."""
    return sum(1 for element in parts(drawing) if local(element) in ("blip", "imagedata") and element.attrib)


def backdrop(root: etree._Element, theme: Theme) -> float:
    """Square inches of dark shapes and pictures behind the text, on which light text can be read."""
    area = 0.0
    for anchor in root.iter():
        if local(anchor) != "anchor" or anchor.get("behindDoc") not in ("1", "true"):
            continue
        extent = next((child for child in anchor if local(child) == "extent"), None)
        if extent is None or any(local(holder) == "Fallback" for holder in anchor.iterancestors()):
            continue
        if any(_is_dark(element, theme) for element in parts(anchor)):
            area += number(extent.get("cx")) * number(extent.get("cy")) / (_EMU * _INCH) ** 2
    return area


def _is_dark(element: etree._Element, theme: Theme) -> bool:
    if local(element) == "pic":
        return True
    if local(element) != "wsp":
        return False
    fill = _fill(element, theme)
    return fill is None or (fill != "" and not is_lost(WHITE, fill))


def _fill(shape: etree._Element, theme: Theme) -> str | None:
    properties = next((child for child in shape if local(child) == "spPr"), None)
    style = next((child for child in shape if local(child) == "style"), None)
    return drawn_fill(properties, style, theme)


def _within(holder: etree._Element, look: Look, page: Page, theme: Theme) -> Look:
    if local(holder) == "wsp":
        fill = _fill(holder, theme)
        return replace(look, ground=look.ground if fill == "" else fill)
    if local(holder) in ("anchor", "inline"):
        hidden = _anchor_hides(holder, page)
        return replace(look, hidden=hidden) if hidden else look
    style = dict(_declarations(holder.get("style") or ""))
    if style.get("visibility") == "hidden" or style.get("display") == "none":
        return replace(look, hidden="hidden_run")
    if style.get("position") == "absolute" and _is_off(style, page):
        return replace(look, hidden="off_page")
    if (holder.get("filled") or "t").lower() in ("f", "false"):
        return look
    fill = (holder.get("fillcolor") or "").partition(" ")[0]
    return replace(look, ground=colour(fill) or None) if fill else look


def _anchor_hides(anchor: etree._Element, page: Page) -> Hiding | None:
    width = height = 0.0
    for child in anchor:
        if local(child) == "docPr" and child.get("hidden") in ("1", "true"):
            return "hidden_run"
        if local(child) == "extent":
            width, height = number(child.get("cx")) / _EMU, number(child.get("cy")) / _EMU
            if min(width, height) < TINY:
                return "tiny"
    for child in anchor:
        offset = next((part for part in child if local(part) == "posOffset"), None)
        if offset is None:
            continue
        place = number(offset.text) / _EMU
        on_page = child.get("relativeFrom") == "page"
        if local(child) == "positionH":
            start = place + (0 if on_page else page.left)
            if start + width <= 0 or start >= page.width:
                return "off_page"
        elif local(child) == "positionV":
            # From a paragraph on we do not know how far down the page it is.
            start = place + (0 if on_page else page.top)
            if (start + height <= 0 and (on_page or start < -page.height)) or start >= page.height:
                return "off_page"
    return None


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            yield name.strip().lower(), value.strip().lower()


def _is_off(style: dict[str, str], page: Page) -> bool:
    left, top = (_points(style.get(f"margin-{side}") or style.get(side) or "") for side in ("left", "top"))
    width, height = (_points(style.get(side) or "") for side in ("width", "height"))
    return (
        left + width < -page.left
        or left >= page.width
        or (top + height < -page.height and bool(height))
        or top >= page.height
    )


def _points(text: str) -> float:
    match = re.match(r"([+-]?\d{1,7}(?:\.\d{1,4})?)\s*([a-z]{0,2})", text)
    return float(match[1]) * _CSS_POINTS.get(match[2], 1.0) if match else 0.0
