"""Text on a page that a reader does not see, and why."""

import ctypes
from collections.abc import Sequence
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from backend.documents.reading.pdf.drawings import Box
from backend.documents.reading.pdf.glyphs import Glyph, Run, View
from backend.documents.reading.pdf.ink import Ink
from backend.domain.layout import Hidden, Hiding

_TINY = 3.0  # points
_FAINT = 26  # of 255: ink more transparent than this is not seen
_CONTRAST = 1.16  # the ratio of luminances below which text goes under in its ground
_APART = 40  # of 255 in one colour: two shades further from each other can be told apart
_MAX_CLIP = 100
_LATIN_END = "\u0250"


class Sorted:
    """Characters that show, and those that do not with the reason for each."""

    def __init__(self, glyphs: Sequence[Glyph], view: View, ink: Ink, images: Sequence[Box]) -> None:
        reasons = _reasons(glyphs, view, ink)
        self.is_scan = _is_scan(glyphs, reasons, view, images)
        if self.is_scan:  # the text that a scanner put under its picture
            reasons = [None] * len(reasons)
        reasons = _only_words(glyphs, reasons)
        self.shown = [glyph for glyph, why in zip(glyphs, reasons, strict=True) if why is None]
        self.hidden = [(glyph, why) for glyph, why in zip(glyphs, reasons, strict=True) if why is not None]


def _reasons(glyphs: Sequence[Glyph], view: View, ink: Ink) -> list[Hiding | None]:
    if not glyphs:
        return []
    seen, drowned = ink.seen(glyphs).tolist(), _drowned(glyphs, ink.ground(glyphs)).tolist()
    clear = {key: _is_clear(run) for key, run in {id(glyph.run): glyph.run for glyph in glyphs}.items()}
    result: list[Hiding | None] = []
    for index, glyph in enumerate(glyphs):
        blank = not glyph.text.strip()
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        why: Hiding | None = None
        if not (-1 <= x <= view.width + 1 and -1 <= y <= view.height + 1):
            why = "off_page"
        elif clear[id(glyph.run)]:
            why = "invisible"
        elif glyph.run.size < _TINY:
            why = "tiny"
        elif drowned[index]:
            why = "white"
        elif not seen[index] and not blank and (glyph.run.font.embedded or glyph.text < _LATIN_END):
            why = _unseen(glyph, view)  # but not for a font that is not there and cannot draw the letter
        result.append(result[-1] if blank and result and why is None else why)
    return _smoothed(glyphs, result)


def _smoothed(glyphs: Sequence[Glyph], reasons: list[Hiding | None]) -> list[Hiding | None]:
    """A piece of text that goes under in its ground, but for a letter or two that stand on a line: all of it is hidden."""
    result: list[Hiding | None] = []
    for _, group in groupby(zip(glyphs, reasons, strict=True), key=lambda pair: id(pair[0].run)):
        part = [why for _, why in group]
        result.extend(["white"] * len(part) if part.count("white") >= 0.8 * len(part) else part)
    return result


def _is_clear(run: Run) -> bool:
    """Whether it draws nothing, or nothing that could be seen."""
    colours = _colours(run)
    return run.mode in (3, 7) or (bool(colours) and all(colour[3] < _FAINT for colour in colours))


def _colours(run: Run) -> list[tuple[int, int, int, int]]:
    wanted = (run.stroke,) if run.mode in (1, 5) else (run.fill, run.stroke) if run.mode in (2, 6) else (run.fill,)
    return [colour for colour in wanted if colour is not None]


def _unseen(glyph: Glyph, view: View) -> Hiding:
    """Why nothing shows of a character that has a colour: a layer that is off, a clip that leaves it out, or a cover."""
    handle = glyph.run.handle
    for index in range(pdfium.FPDFPageObj_CountMarks(handle)):
        if _mark_name(pdfium.FPDFPageObj_GetMark(handle, index)) == "OC":
            return "invisible"
    return "off_page" if _is_clipped(glyph, view) else "covered"


def _is_clipped(glyph: Glyph, view: View) -> bool:
    """Whether the middle of the character lies outside the box around one of the paths that its object is clipped to."""
    clip = pdfium.FPDFPageObj_GetClipPath(glyph.run.handle)
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
    for path in range(min(_MAX_CLIP, pdfium.FPDFClipPath_CountPaths(clip))) if clip else ():
        across, down = ctypes.c_float(), ctypes.c_float()
        points = []
        for index in range(min(_MAX_CLIP, pdfium.FPDFClipPath_CountPathSegments(clip, path))):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            if segment and pdfium.FPDFPathSegment_GetPoint(segment, across, down):
                points.append(view.point(across.value, down.value))
        if points:
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            if not (min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys)):
                return True
    return False


def _mark_name(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str:
    buffer = (ctypes.c_ushort * 16)()
    size = ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetName(mark, buffer, 32, size):
        return ""
    return bytes(buffer)[: max(0, min(size.value, 32) - 2)].decode("utf-16-le", "replace")


def _drowned(glyphs: Sequence[Glyph], ground: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Whether a character's colours (of its face, of its outline) are as good as that of its ground."""
    runs = {id(glyph.run): glyph.run for glyph in glyphs}
    places = {key: index for index, key in enumerate(runs)}
    which = np.array([places[id(glyph.run)] for glyph in glyphs])
    colours = [_colours(run) for run in runs.values()]
    known = np.array([bool(found) for found in colours])[which]
    behind = _luminance(ground)
    result: npt.NDArray[np.bool_] = known
    for number in (0, -1):
        rgba = np.array([found[number] if found else (0, 0, 0, 255) for found in colours], dtype=np.float64)[which]
        alpha = rgba[:, 3:] / 255
        shade = rgba[:, :3] * alpha + ground * (1 - alpha)
        front = _luminance(shade)
        ratio = (np.maximum(front, behind) + 0.05) / (np.minimum(front, behind) + 0.05)
        result = result & (ratio < _CONTRAST) & (np.abs(shade - ground).max(axis=1) < _APART)
        if all(len(found) < 2 for found in colours):
            break
    return result


def _luminance(rgb: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    part = rgb / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    result: npt.NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return result


def _is_scan(glyphs: Sequence[Glyph], reasons: Sequence[Hiding | None], view: View, images: Sequence[Box]) -> bool:
    """A picture of the page with the text that was read from it: nearly all of it unseen, under or over the picture."""
    if max((image.area for image in images), default=0.0) < 0.7 * view.width * view.height:
        return False
    inked = [why for glyph, why in zip(glyphs, reasons, strict=True) if glyph.text.strip()]
    return bool(inked) and sum(why is None for why in inked) <= 0.1 * len(inked)


def _only_words(glyphs: Sequence[Glyph], reasons: Sequence[Hiding | None]) -> list[Hiding | None]:
    """Without what is no text: a run of unseen characters counts when it holds two letters or digits. A lone one that
    differs from its neighbours (a thin sign that falls between two pixels) shows."""
    result: list[Hiding | None] = []
    for why, group in groupby(zip(glyphs, reasons, strict=True), key=lambda pair: pair[1]):
        run = [glyph for glyph, _ in group]
        letters = sum(glyph.text.isalnum() for glyph in run)
        result.extend([why if letters >= 2 or why in ("invisible", "tiny", "off_page") else None] * len(run))
    return result


def hidden_texts(hidden: Sequence[tuple[Glyph, Hiding]], place: str) -> list[Hidden]:
    """One entry for each piece of hidden text, in the order of the file."""
    found: list[Hidden] = []
    for why, group in groupby(hidden, key=lambda pair: pair[1]):
        text = _spelled([glyph for glyph, _ in group])
        if any(char.isalnum() for char in text):
            found.append(Hidden(text=text, how=why, place=place))
    return found


def _spelled(glyphs: Sequence[Glyph]) -> str:
    text = ""
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and (
            abs(glyph.base - last.base) > 0.3 * last.run.size or glyph.x0 - last.x1 > 0.14 * max(last.run.size, 0.1)
        ):
            text += " "
        text += glyph.text
        last = glyph
    return " ".join(text.split())
