"""The declarations of an element -> how its text looks, and whether it is seen at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from backend.documents.reading.office.colours import alpha, colour, mixed
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.packages import local
from backend.domain.layout import Hiding

_PIXEL = 0.75
_ROOT = 12.0
"""Points: what browsers set text in where nothing says otherwise."""
_KEYWORDS = {
    "xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0,
}  # fmt: skip
_UNITS = {"px": _PIXEL, "pt": 1.0, "rem": _ROOT, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "vw": 7.2, "vh": 7.2}
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))\s*([a-z]{0,4}|%)$")
_OFF = 375.0
"""Points beyond the edge from which on nothing comes back into view: 500 pixels."""
_FAR = 2250.0
_CLEAR = 0.05
_BOLD = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITALIC = frozenset(("i", "em", "cite", "address", "dfn", "var"))


@dataclass(frozen=True, slots=True)
class Computed:
    """`look.hidden` is set by what no element inside can undo; `shown` is `visibility`, which one can."""

    look: Look
    shown: bool = True
    opacity: float = 1.0
    display: str = "inline"
    row: bool = False
    """Whether what is inside stands side by side."""
    kept: bool = False
    """Whether spaces and line ends count (`pre`)."""
    apart: bool = False
    """Whether it floats at the side of its line."""

    @property
    def seen(self) -> Look:
        return self.look if self.shown or self.look.hidden else replace(self.look, hidden="invisible")


def computed(element: etree._Element, style: Mapping[str, str], above: Computed, display: str) -> Computed:
    """How an element looks inside `above`; `display` is what its kind is without a style."""
    name = local(element).lower()
    opacity = above.opacity * _opacity(style.get("opacity", "1"))
    look = _text(_ground(above.look, element, style), element, name, style)
    hidden = look.hidden or _hides(element, name, style) or ("invisible" if opacity <= _CLEAR else None)
    visibility = style.get("visibility", "")
    shown = style.get("display") or display
    row = ("flex" in shown and not style.get("flex-direction", "").startswith("column")) or shown == "table-row"
    if "column" in style.get("flex-flow", ""):
        row = False
    space = style.get("white-space", "")
    return Computed(
        look=replace(look, hidden=hidden),
        shown=above.shown if visibility in ("", "inherit") else visibility not in ("hidden", "collapse"),
        opacity=opacity,
        display=shown,
        row=row,
        kept=space.startswith(("pre", "break-spaces")) if space else above.kept or name == "pre",
        apart=style.get("float") in ("right", "left"),
    )


def points(text: str, em: float, whole: float | None = None) -> float | None:
    """A length in points. `em` is the size that "em" stands for, `whole` what "%" is of. None where it is no length."""
    match = _LENGTH.match(text.strip())
    if not match:
        return None
    value, unit = float(match[1]), match[2]
    if unit == "%":
        return value / 100 * whole if whole is not None else None
    if unit in ("em", "ex", "ch"):
        return value * em
    if not unit:
        return value * _PIXEL if value == 0 else None
    return value * _UNITS[unit] if unit in _UNITS else None


def _text(look: Look, element: etree._Element, name: str, style: Mapping[str, str]) -> Look:
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    if name in _BOLD or weight:
        strong = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600) if weight else True
        look = replace(look, strong=strong)
    if name in _ITALIC or slant:
        look = replace(look, emphasised=slant in ("italic", "oblique") if slant else True)
    if "text-transform" in style or "font-variant" in style:
        look = replace(
            look, caps=style.get("text-transform") == "uppercase" or "small-caps" in style.get("font-variant", "")
        )
    look = replace(look, size=_size(style, look.size))
    if family := style.get("font-family", "").partition(",")[0].strip(" \"'"):
        look = replace(look, font=family)
    given = style.get("color") or (element.get("color") if name == "font" else "") or ""
    if given and (clear := alpha(given)) < 1:
        if clear <= _CLEAR:
            return replace(look, hidden=look.hidden or "invisible")
        over = colour(given)
        return replace(look, colour=mixed(over, look.ground, clear) if over and look.ground else over)
    return replace(look, colour=colour(given)) if colour(given) else look


def _size(style: Mapping[str, str], above: float) -> float:
    value = style.get("font-size", "")
    if not value and (match := re.search(r"(?:^|\s)([\d.]+(?:px|pt|r?em|%))", style.get("font", ""))):
        value = match[1]
    if value in ("smaller", "larger"):
        return above * (0.83 if value == "smaller" else 1.2)
    size = _KEYWORDS.get(value) or points(value, above, above)
    # Nothing is as good as very little: 0 stands for a size that is not known.
    return above if size is None or size < 0 else max(size, 0.01)


def _ground(look: Look, element: etree._Element, style: Mapping[str, str]) -> Look:
    value = style.get("background-color") or style.get("background") or element.get("bgcolor") or ""
    image = f"{style.get('background-image', '')} {style.get('background', '')} {element.get('background') or ''}"
    if re.search(r"url\(|gradient\(", image) or element.get("background"):
        return replace(look, ground=None)
    for token in [value, *re.findall(r"(?:rgb|hsl)a?\([^)]*\)|[#\w-]+", value)]:
        if found := colour(token):
            share = alpha(token)
            if share >= 1 or look.ground is None:
                return replace(look, ground=found if share > 0.5 else look.ground)
            return replace(look, ground=mixed(found, look.ground, share))
    return look


def _opacity(text: str) -> float:
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return 1.0


def _hides(element: etree._Element, name: str, style: Mapping[str, str]) -> Hiding | None:
    """How an element hides all that is in it."""
    if style.get("display", "") == "none" or style.get("mso-hide") == "all":
        return "hidden_run"
    undone = style.get("display", "") not in ("", "none")
    if (element.get("hidden") is not None and not undone) or (name == "dialog" and element.get("open") is None):
        return "hidden_run"
    if _is_off(style):
        return "off_page"
    return "invisible" if _is_clipped(style) else None


def _is_off(style: Mapping[str, str]) -> bool:
    def far(key: str) -> bool:
        length = points(style.get(key, ""), _ROOT, 600.0)
        return length is not None and (length <= -_OFF or length >= _FAR)

    if style.get("position") in ("absolute", "fixed", "relative", "sticky") and any(
        far(side) for side in ("left", "top", "right", "bottom", "inset")
    ):
        return True
    if any(far(key) for key in ("margin-left", "margin-top", "margin-right", "text-indent")):
        return True
    moved = re.search(r"translate(?:x|y|3d)?\(\s*([^),]+)(?:,\s*([^),]+))?", style.get("transform", ""))
    lengths = [points(part, _ROOT, 300.0) for part in moved.groups() if part] if moved else []
    return any(length is not None and (length <= -_OFF or length >= _FAR) for length in lengths)


def _is_clipped(style: Mapping[str, str]) -> bool:
    if re.search(r"scale(?:x|y)?\(\s*0(?:\.0+)?\s*[,)]", style.get("transform", "")):
        return True
    if re.match(r"rect\((?:\s*[01](?:px)?[\s,]*){4}\)", style.get("clip", "")):
        return True
    if re.match(r"inset\(\s*(?:50|[6-9]\d|100)%|circle\(\s*0", style.get("clip-path", "")):
        return True
    if style.get("overflow", style.get("overflow-y", "")) not in ("hidden", "clip"):
        return False
    lengths = [points(style.get(key, ""), _ROOT) for key in ("height", "width", "max-height", "max-width")]
    return any(length is not None and length <= 1.5 * _PIXEL for length in lengths)
