"""A page's characters with their places and looks, as they are drawn."""

import ctypes
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|semibd|demi|CMBX|CMSSBX|SFBX|BX\d+$|(?:^|[-_,])(?:bd|medi?)\b|-B$", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|CMTI|CMSL|SFTI|-I$|-It\b|-LightIt\b|BoldIt\b", re.IGNORECASE)
_ICONS = re.compile(
    r"awesome|material(?:icons|symbols)|icomoon|academicons|typicons|fontello|glyphicons|ionicons|\bicons?\b|bootstrap-icons|"
    r"devicon|simple-?icons|octicons|feather",
    re.IGNORECASE,
)
_SYMBOLS = re.compile(r"wingdings|webdings|dingbats|symbol|CMSY|MarVoSym|opensymbol", re.IGNORECASE)
_FLAG_ITALIC, _FLAG_BOLD = 1 << 6, 1 << 18


class Font(NamedTuple):
    """`symbols` says that its characters are signs (Wingdings), `icons` pictures (a phone, an envelope)."""

    name: str
    bold: bool
    italic: bool
    symbols: bool
    icons: bool
    embedded: bool


Colour = tuple[int, int, int, int]


@dataclass(slots=True, eq=False)
class Run:
    """One piece of text as the page draws it. `size` is in points on the page, `angle` clockwise in degrees as seen,
    `mode` PDF's text render mode (3 draws nothing). `fill` and `stroke` are RGBA, None where it is a pattern."""

    handle: object
    font: Font
    size: float
    angle: int
    mode: int
    fill: Colour | None
    stroke: Colour | None


@dataclass(slots=True, eq=False)
class Glyph:
    """`text` is mostly one character. Points from the page's top left corner as seen; `base` is the baseline. `apart` says
    that the file has no blank before it, but that it looks as if there were one."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    base: float
    run: Run
    apart: bool = False


class View:
    """How points of a page come to be seen: moved to the top left corner, turned as the page is."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        left, bottom, right, top = page.get_bbox()
        self.rotation = page.get_rotation()
        self.left, self.bottom, self.right, self.top = left, bottom, right, top
        wide, high = right - left, top - bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) with y downwards."""
        ax, ay = self.point(left, bottom)
        bx, by = self.point(right, top)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class Characters(NamedTuple):
    """`broken` counts characters that stand for nothing."""

    glyphs: list[Glyph]
    broken: int


def characters(text_page: pypdfium2.PdfTextPage, view: View, fonts: dict[int, Font]) -> Characters:
    """Everything written on the page in the order of the file, blanks included. `fonts` remembers what was looked up."""
    page = text_page.raw
    looks = _Looks(page, view.rotation, fonts)
    glyphs: list[Glyph] = []
    broken = 0
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    half, apart = "", False
    level, left, top = view.rotation == 0, view.left, view.top
    for index in range(pdfium.FPDFText_CountChars(page)):
        handle = pdfium.FPDFText_GetTextObject(page, index)
        if not handle:
            apart = True
            continue
        code = pdfium.FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:
            half = chr(code)
            continue
        text = _whole(half, code)
        half = ""
        run = looks.of(handle, index)
        pdfium.FPDFText_GetLooseCharBox(page, index, box_at)
        pdfium.FPDFText_GetCharOrigin(page, index, x_at, y_at)
        if level:  # the usual case, without calls
            x0, y0, x1, y1 = box.left - left, top - box.top, box.right - left, top - box.bottom
            origin_x, origin_y = x.value - left, top - y.value
        else:
            x0, y0, x1, y1 = view.box(box.left, box.bottom, box.right, box.top)
            origin_x, origin_y = view.point(x.value, y.value)
        if _is_broken(text) and not run.font.icons and not run.font.symbols:
            broken += 1
        if run.angle == 0:  # a slanted letter reaches out to the left of where it stands
            x0 = max(x0, origin_x)
        glyphs.append(Glyph(text, x0, x1, y0, y1, origin_y if run.angle in (0, 180) else origin_x, run, apart))
        apart = False
    return Characters(glyphs, broken)


def _whole(half: str, code: int) -> str:
    if half and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((ord(half) - 0xD800) << 10) + (code - 0xDC00))
    return chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd"


def _is_broken(text: str) -> bool:
    code = ord(text)
    return code == 0xFFFD or 0xE000 <= code < 0xF900 or (code < 0x20 and text not in "\t\r\n\x02") or code >= 0xF0000


class _Looks:
    """How text objects look, each asked for once; with room for answers that is used again and again."""

    def __init__(self, page: pdfium.FPDF_TEXTPAGE, rotation: int, fonts: dict[int, Font]) -> None:
        self._page, self._rotation, self._fonts = page, rotation, fonts
        self._runs: dict[int, Run] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._colour = (ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint(), ctypes.c_uint())

    def of(self, handle: pdfium.FPDF_PAGEOBJECT, index: int) -> Run:
        """`index` is that of a character of the object."""
        key = ctypes.addressof(handle.contents)
        run = self._runs.get(key)
        if run is None:
            run = self._runs[key] = self._run(handle, index)
        return run

    def _run(self, handle: pdfium.FPDF_PAGEOBJECT, index: int) -> Run:
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._page, index, matrix)
        turn = 0 if matrix.b == 0 and matrix.a > 0 else round(math.degrees(math.atan2(-matrix.b, matrix.a)) / 90) * 90
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        return Run(
            handle=handle,
            font=_font(handle, self._fonts),
            size=_size(pdfium.FPDFText_GetFontSize(self._page, index) * math.hypot(matrix.c, matrix.d)),
            angle=(turn + self._rotation) % 360,
            mode=mode,
            fill=self._shade(pdfium.FPDFPageObj_GetFillColor, handle),
            stroke=self._shade(pdfium.FPDFPageObj_GetStrokeColor, handle) if mode in (1, 2, 5, 6) else None,
        )

    def _shade(self, getter: Callable[..., int], handle: pdfium.FPDF_PAGEOBJECT) -> Colour | None:
        red, green, blue, alpha = self._colour
        if not getter(handle, red, green, blue, alpha):
            return None
        return red.value, green.value, blue.value, alpha.value


def _size(size: float) -> float:
    """Above nothing and below what any page holds, whatever a damaged file says."""
    return min(max(abs(size), 0.05), 5000.0) if math.isfinite(size) else 0.05


def _font(handle: pdfium.FPDF_PAGEOBJECT, fonts: dict[int, Font]) -> Font:
    font = pdfium.FPDFTextObj_GetFont(handle)
    if not font:
        return Font("", bold=False, italic=False, symbols=False, icons=False, embedded=False)
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        fonts[key] = _described(font)
    return fonts[key]


def _described(font: pdfium.FPDF_FONT) -> Font:
    buffer = ctypes.create_string_buffer(256)
    size = pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = re.sub(r"^[A-Z]{6}\+", "", buffer.raw[: max(0, min(size, 256) - 1)].decode("utf-8", "replace"))
    flags = pdfium.FPDFFont_GetFlags(font)
    symbols = bool(_SYMBOLS.search(name))
    return Font(
        name=name,
        bold=bool(_BOLD.search(name)) or (flags > 0 and bool(flags & _FLAG_BOLD)),
        italic=not symbols and (bool(_ITALIC.search(name)) or (flags > 0 and bool(flags & _FLAG_ITALIC))),
        symbols=symbols,
        icons=bool(_ICONS.search(name)),
        embedded=pdfium.FPDFFont_GetIsEmbedded(font) == 1,
    )
