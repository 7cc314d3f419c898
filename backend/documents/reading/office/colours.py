"""Colours, and whether text of one can be told from the ground of another."""

import re

WHITE = "ffffff"
_HEX = re.compile(r"#?([0-9a-f]{6})(?:[0-9a-f]{2})?$")
_SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])[0-9a-f]?$")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(\s*([^()]+)\)$")
_NAMES = {
    "white": "ffffff", "black": "000000", "red": "ff0000", "green": "008000", "blue": "0000ff", "yellow": "ffff00",
    "gray": "808080", "grey": "808080", "silver": "c0c0c0", "navy": "000080", "teal": "008080", "maroon": "800000",
    "purple": "800080", "orange": "ffa500", "lime": "00ff00", "aqua": "00ffff", "cyan": "00ffff", "magenta": "ff00ff",
    "fuchsia": "ff00ff", "olive": "808000", "lightgray": "d3d3d3", "lightgrey": "d3d3d3", "darkgray": "a9a9a9",
    "darkgrey": "a9a9a9", "dimgray": "696969", "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5",
    "ghostwhite": "f8f8ff", "floralwhite": "fffaf0", "gainsboro": "dcdcdc", "beige": "f5f5dc", "linen": "faf0e6",
    "azure": "f0ffff", "mintcream": "f5fffa", "seashell": "fff5ee", "aliceblue": "f0f8ff", "honeydew": "f0fff0",
    "darkblue": "00008b", "darkcyan": "008b8b", "darkgreen": "006400", "darkmagenta": "8b008b", "darkred": "8b0000",
    "darkyellow": "808000", "steelblue": "4682b4", "slategray": "708090", "darkslategray": "2f4f4f", "tomato": "ff6347",
    "crimson": "dc143c", "indigo": "4b0082", "midnightblue": "191970", "royalblue": "4169e1", "brown": "a52a2a",
}  # fmt: skip
_ALMOST_ONE = 1.2
"""A contrast ratio (1 to 21) below which a text cannot be read; print needs 4.5."""
_HUES_APART = 40


def colour(text: str) -> str:
    """A colour as `rrggbb`; "" for one that we cannot read, and for "auto" and its like."""
    text = text.strip().lower()
    if match := _HEX.match(text):
        return match[1]
    if match := _SHORT_HEX.match(text):
        return "".join(2 * digit for digit in match.groups())
    if match := _FUNCTION.match(text):
        return _from_function(match[1], match[2])
    return _NAMES.get(text, "")


def alpha(text: str) -> float:
    """How solid a CSS colour is, from 0 (clear) to 1."""
    text = text.strip().lower()
    if text == "transparent":
        return 0.0
    if match := re.match(r"#(?:[0-9a-f]{6}([0-9a-f]{2})|[0-9a-f]{3}([0-9a-f]))$", text):
        return int(match[1] or 2 * match[2], 16) / 255
    if match := _FUNCTION.match(text):
        parts = [part for part in re.split(r"[\s,/]+", match[2].strip()) if part]
        return _number(parts[3], 1) if len(parts) > 3 else 1.0
    return 1.0


def mixed(over: str, under: str, share: float) -> str:
    """`share` (0 to 1) of one colour over another."""
    pairs = zip(_channels(over), _channels(under), strict=True)
    return "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def is_lost(text: str, ground: str) -> bool:
    """Whether text of this colour cannot be seen on that ground."""
    pairs = list(zip(_channels(text), _channels(ground), strict=True))
    if max(abs(a - b) for a, b in pairs) > _HUES_APART:
        return False
    light, dark = sorted((_luminance(text), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < _ALMOST_ONE


def _channels(value: str) -> tuple[int, int, int]:
    return int(value[:2], 16), int(value[2:4], 16), int(value[4:], 16)


def _luminance(value: str) -> float:
    """As WCAG 2 defines it."""
    linear = [
        part / 12.92 if (part := channel / 255) <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for channel in _channels(value)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _from_function(kind: str, inside: str) -> str:
    parts = [part for part in re.split(r"[\s,/]+", inside.strip()) if part]
    if len(parts) < 3:
        return ""
    if kind == "rgb":
        return "".join(f"{min(255, max(0, round(_number(part, 255)))):02x}" for part in parts[:3])
    hue = _number(parts[0].removesuffix("deg"), 360) % 360
    saturation, lightness = (min(1.0, max(0.0, _number(part, 1))) for part in parts[1:3])
    spread = saturation * min(lightness, 1 - lightness)

    def channel(place: int) -> float:
        turn = (place + hue / 30) % 12
        return lightness - spread * max(-1.0, min(turn - 3, 9 - turn, 1.0))

    return "".join(f"{round(255 * channel(place)):02x}" for place in (0, 8, 4))


def _number(text: str, whole: float) -> float:
    try:
        return float(text[:-1]) / 100 * whole if text.endswith("%") else float(text)
    except ValueError:
        return 0.0
