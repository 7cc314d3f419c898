"""What a page draws besides text: rules, dots, images; and every piece of text, so that it can be switched off."""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from backend.documents.reading.pdf.glyphs import View

_MAX_DEPTH, _MAX_OBJECTS = 8, 60_000
_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Box(NamedTuple):
    """Points from the page's top left corner, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def area(self) -> float:
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


@dataclass(slots=True)
class Drawings:
    """`rules` are level lines and thin bars, `posts` upright ones, `dots` small filled shapes as drawn before a list
    item, `shapes` the number of all. `texts` are handles of text objects, also of those inside forms."""

    rules: list[Box] = field(default_factory=list)
    posts: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    texts: list[pdfium.FPDF_PAGEOBJECT] = field(default_factory=list)
    shapes: int = 0


def drawings(page: pypdfium2.PdfPage, view: View) -> Drawings:
    result = Drawings()
    for count, (handle, kind, matrix) in enumerate(_objects(page)):
        if count > _MAX_OBJECTS:
            break
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            result.texts.append(handle)
        elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) and (box := _box(handle, matrix, view)):
            _sort(result, box, is_image=kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    return result


def _sort(result: Drawings, box: Box, *, is_image: bool) -> None:
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    result.shapes += 1
    if is_image:
        result.images.append(box)
    elif high <= 4 and wide >= 20:
        result.rules.append(box)
    elif wide <= 4 and high >= 8:
        result.posts.append(box)
    elif 1 <= wide <= 7 and 1 <= high <= 7 and 0.6 <= wide / high <= 1.7:
        result.dots.append(box)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, _Matrix]]:
    """Every object with its kind and what carries its coordinates to the page's."""
    raw = page.raw
    yield from _walk(
        pdfium.FPDFPage_CountObjects(raw), lambda index: pdfium.FPDFPage_GetObject(raw, index), _IDENTITY, 0
    )


def _walk(
    count: int, getter: Callable[[int], pdfium.FPDF_PAGEOBJECT], matrix: _Matrix, depth: int
) -> Iterator[tuple[pdfium.FPDF_PAGEOBJECT, int, _Matrix]]:
    for index in range(count):
        handle = getter(index)
        kind = pdfium.FPDFPageObj_GetType(handle)
        yield handle, kind, matrix
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _product(_matrix(handle), matrix)
            yield from _walk(pdfium.FPDFFormObj_CountObjects(handle), _children(handle), inner, depth + 1)


def _children(handle: pdfium.FPDF_PAGEOBJECT) -> Callable[[int], pdfium.FPDF_PAGEOBJECT]:
    return lambda index: pdfium.FPDFFormObj_GetObject(handle, index)


def _matrix(handle: pdfium.FPDF_PAGEOBJECT) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, found):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    m, n, o, p, q, r = then
    return a * m + b * o, a * n + b * p, c * m + d * o, c * n + d * p, e * m + f * o + q, e * n + f * p + r


def _box(handle: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix, view: View) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Box(*view.box(min(xs), min(ys), max(xs), max(ys)))
