"""Where a page's text can be seen: the page is drawn with its text and without, and where the two differ there is ink."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from backend.documents.reading.pdf.glyphs import Glyph, View

_SCALE = 1.0  # pixels a point
_MAX_SIDE = 1600
_SEEN = 14  # of 255; what differs less nobody sees
_Pixels = npt.NDArray[np.uint8]


class Ink:
    """The two pictures of one page. The page's text objects are switched off after this."""

    def __init__(self, page: pypdfium2.PdfPage, texts: Sequence[pdfium.FPDF_PAGEOBJECT], view: View) -> None:
        self._scale = min(_SCALE, _MAX_SIDE / max(view.width, view.height, 1.0))
        with_text = self._drawn(page)
        for handle in texts:
            pdfium.FPDFPageObj_SetIsActive(handle, False)
        self._ground = self._drawn(page)
        apart = np.maximum(with_text, self._ground) - np.minimum(with_text, self._ground) > _SEEN
        differs = apart[:, :, 0] | apart[:, :, 1] | apart[:, :, 2]
        self._sums = np.zeros((differs.shape[0] + 1, differs.shape[1] + 1), dtype=np.int32)
        np.cumsum(np.cumsum(differs, axis=0, dtype=np.int32), axis=1, out=self._sums[1:, 1:])

    def _drawn(self, page: pypdfium2.PdfPage) -> _Pixels:
        bitmap = page.render(scale=self._scale, may_draw_forms=False, rev_byteorder=True)
        pixels: _Pixels = bitmap.to_numpy()[:, :, :3].copy()
        bitmap.close()
        return pixels

    def seen(self, glyphs: Sequence[Glyph]) -> npt.NDArray[np.bool_]:
        """Of each character, whether any ink shows in its box."""
        boxes = self._boxes(glyphs)
        x0, y0, x1, y1 = boxes.T
        inked = self._sums[y1, x1] - self._sums[y0, x1] - self._sums[y1, x0] + self._sums[y0, x0]
        result: npt.NDArray[np.bool_] = inked > 0
        return result

    def ground(self, glyphs: Sequence[Glyph]) -> npt.NDArray[np.float64]:
        """The colour behind each character: the middle of its box, without any text. Shape (n, 3)."""
        boxes = self._boxes(glyphs)
        high, wide = self._ground.shape[:2]
        rows = np.clip((boxes[:, 1] + boxes[:, 3]) // 2, 0, high - 1)
        columns = np.clip((boxes[:, 0] + boxes[:, 2]) // 2, 0, wide - 1)
        result: npt.NDArray[np.float64] = self._ground[rows, columns].astype(np.float64)
        return result

    def _boxes(self, glyphs: Sequence[Glyph]) -> npt.NDArray[np.int64]:
        """(x0, y0, x1, y1) in pixels, each at least one wide where it is on the page."""
        high, wide = self._ground.shape[:2]
        raw = np.array([(g.x0, g.y0, g.x1, g.y1) for g in glyphs], dtype=np.float64).reshape(-1, 4) * self._scale
        raw = np.nan_to_num(raw, nan=-1.0, posinf=-1.0, neginf=-1.0).clip(-1e6, 1e6)
        boxes = np.empty(raw.shape, dtype=np.int64)
        boxes[:, :2] = np.floor(raw[:, :2])
        boxes[:, 2:] = np.ceil(raw[:, 2:])
        return boxes.clip(0, np.array([wide, high, wide, high]))
