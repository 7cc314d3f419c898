"""How a file is made: what of it a parser stumbles on, and what it hides."""

from typing import Literal

from backend.domain.model import Model

Hiding = Literal[
    "white",
    "tiny",
    "off_page",
    "invisible",
    "covered",
    "hidden_run",
    "zero_width",
    "tags",
    "bidi",
    "comment",
    "metadata",
]


class Hidden(Model):
    """Text that a reader does not see. It is reported, and is in none of the lines. `place` is for people: "page 2"."""

    text: str
    how: Hiding
    place: str = ""


class Layout(Model):
    """What of a file's making a parser may stumble on. Counts; `header_footer` is the text kept in headers and footers,
    `fonts` the families in use, `text_layer` that there is text and not only a picture of it, `ocr` that the lines were
    read from that picture, `broken_text` the share (0 to 1) of characters that stand for nothing."""

    pages: int = 0
    size: int = 0
    columns: int = 1
    tables: int = 0
    text_boxes: int = 0
    images: int = 0
    header_footer: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    text_layer: bool = True
    ocr: bool = False
    broken_text: float = 0.0
