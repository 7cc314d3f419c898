"""Typst, in this process: compilers are kept and reused, since finding fonts takes longer than setting a page."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typst import Compiler, Fonts

if TYPE_CHECKING:
    from typst import PDFStandard

ROOT = Path(__file__).parent / "templates"
FONT_FOLDER = ROOT / "fonts"
SOURCES = ROOT / "typst"
_NOBODY_HAS = "\U0010fffe"
_KNOWN = re.compile("[\\x00-\\x7e\xa0-\u017f\u0386-\u03ce\u0400-\u045f\u1ea0-\u1ef9\u2010-\u2026\u20ac\u2192\u2212]+")
"""What our own fonts have between them."""
_BLOCK = re.compile(r'<g transform="translate\(2 [\d.]+\)"')
_SHAPE = re.compile(r'<use [^>]*href="#(\w+)"')


class Typeset(NamedTuple):
    """A PDF. `missing` are the characters that no font here can draw (then the file is tagged, but not PDF/UA, which asks
    for all of them)."""

    data: bytes
    pages: int
    missing: str = ""


def typeset(source: str, inputs: Mapping[str, str]) -> Typeset:
    """The PDF that one of our sources makes of `inputs`. Safe in threads: each borrows a compiler of its own."""
    path = str(SOURCES / source)
    with _typesetter().borrowed() as compiler:
        missing = _missing(compiler, inputs)
        standard: PDFStandard = "1.7" if missing else "ua-1"
        data = compiler.compile(input=path, format="pdf", sys_inputs=dict(inputs), pdf_standards=standard)
        return Typeset(_bytes(data), _pages(compiler), missing)


def page_count(source: str, inputs: Mapping[str, str]) -> int:
    """How many pages it takes."""
    with _typesetter().borrowed() as compiler:
        compiler.compile(input=str(SOURCES / source), format="png", ppi=1, sys_inputs=dict(inputs))
        return _pages(compiler)


def picture(source: str, inputs: Mapping[str, str], ppi: float) -> bytes:
    """The first page as PNG."""
    with _typesetter().borrowed() as compiler:
        pages = compiler.compile(input=str(SOURCES / source), format="png", ppi=ppi, sys_inputs=dict(inputs))
    return pages[0] if isinstance(pages, list) else _bytes(pages)


def _pages(compiler: Compiler) -> int:
    """The pages of what was compiled last."""
    return int(json.loads(compiler.query("<end>", field="value", one=True)))


def _missing(compiler: Compiler, inputs: Mapping[str, str]) -> str:
    """The characters of the text that are drawn like one that no font can have."""
    suspects = sorted(set(_KNOWN.sub("", inputs["view"])))
    if not suspects:
        return ""
    drawn = compiler.compile(
        input=str(SOURCES / "glyphs.typ"),
        format="svg",
        sys_inputs={"fonts": inputs["fonts"], "characters": json.dumps([_NOBODY_HAS, *suspects])},
    )
    pages = drawn if isinstance(drawn, list) else [_bytes(drawn)]
    blocks = [block for page in pages for block in _BLOCK.split(page.decode())[1:]]
    nothing, *shapes = [_SHAPE.findall(block) for block in blocks]
    return "".join(c for c, shape in zip(suspects, shapes, strict=True) if nothing[0] in shape)


def _bytes(data: bytes | list[bytes] | None) -> bytes:
    assert isinstance(data, bytes)  # noqa: S101 - with no `output`, a PDF comes back as bytes
    return data


class _Typesetter:
    """Compilers that are not in use. One serves one thread at a time; there are never more than there were threads."""

    def __init__(self) -> None:
        self._fonts = Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])
        self._free: deque[Compiler] = deque()

    @contextmanager
    def borrowed(self) -> Iterator[Compiler]:
        try:
            compiler = self._free.pop()
        except IndexError:
            compiler = Compiler(root=str(SOURCES), font_paths=self._fonts)
        try:
            yield compiler
        finally:
            self._free.append(compiler)


@lru_cache(maxsize=1)
def _typesetter() -> _Typesetter:
    return _Typesetter()
