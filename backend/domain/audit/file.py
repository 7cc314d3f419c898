"""What of a file's making a parser stumbles on."""

import re
from collections.abc import Iterator

from backend.domain.audit.issue import Issue, issue
from backend.domain.layout import Hidden, Hiding, Layout
from backend.domain.resume import Contact

MAX_BYTES = 2_500_000
MAX_PAGES = 2
MAX_FONTS = 3
_BROKEN, _UNREADABLE = 0.002, 0.05
_INVISIBLE: frozenset[Hiding] = frozenset({"zero_width", "bidi"})
_HOW: dict[Hiding, str] = {
    "white": "in the colour of the page", "tiny": "too small to read", "off_page": "outside the page",
    "invisible": "in the invisible way", "covered": "under a picture or a shape", "hidden_run": "marked as hidden",
    "tags": "in characters that have no shape",
}  # fmt: skip
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,24}")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_CUT = re.compile(
    r"(?:PS|MT|Std|Pro|UI)*[-, ]*(?:(?:Semi|Demi|Extra|Ultra)?-?(?:Bold|Light|Regular|Medium|Black|Thin|Book|Roman)|Italic|Oblique|It|BoldMT)+"
    r"(?:MT|PS)*$",
    re.IGNORECASE,
)
# Names that a program gives a font whose own name it does not pass on: what its codes mean is anybody's guess.
_NAMELESS = re.compile(r"(?:CID ?Font|T3 ?Font|Type ?3|F|TT|Font|C[0-9]_)[-_+ ]?F?\d*(?:_\d+)?", re.IGNORECASE)
_SYMBOLS = re.compile(r"symbol|wingding|webding|dingbat|awesome|icon|opensymbol|emoji", re.IGNORECASE)


def file_issues(layout: Layout, hidden: tuple[Hidden, ...], contact: Contact) -> Iterator[Issue]:
    yield from _text(layout)
    yield from _hidden(hidden)
    yield from _arrangement(layout)
    yield from _headers(layout, contact)
    yield from _size(layout)
    yield from _fonts(layout)


def _text(layout: Layout) -> Iterator[Issue]:
    if layout.ocr:
        yield issue(
            "read_by_ocr",
            "file",
            "The text was read from a picture; some of it may be wrong, and most systems do not read pictures at all.",
            "Export the file again from the program it was written in, with its text.",
        )
    elif not layout.text_layer:
        yield issue(
            "no_text_layer",
            "file",
            "The file holds a picture of the text and no text.",
            "Export it from the program it was written in instead of scanning or printing it.",
        )
    if layout.broken_text > _BROKEN:
        severe = layout.broken_text > _UNREADABLE
        yield issue(
            "unreadable_text" if severe else "broken_characters",
            "file",
            f"{_percent(layout.broken_text)} of the characters stand for nothing that can be read.",
            "Choose a common font, or export the file with another program, and copy the text out to see that it is whole.",
        )


def _hidden(hidden: tuple[Hidden, ...]) -> Iterator[Issue]:
    for found in hidden:
        where = f" ({found.place})" if found.place else ""
        quoted = f"“{_shortened(found.text)}”"
        if found.how == "comment":
            yield issue(
                "comments_left",
                "file",
                f"The file holds a comment{where}: {quoted}",
                "Delete comments before you send it.",
            )
        elif found.how == "metadata":
            yield issue(
                "hidden_metadata",
                "file",
                f"The file's properties hold text that no reader sees{where}: {quoted}",
                "Clear it, unless it is the title or your name.",
            )
        elif found.how in _INVISIBLE:
            yield issue(
                "invisible_characters",
                "file",
                f"There are characters that cannot be seen{where}, which break words in two for a machine.",
                "Type the words again, or paste them as plain text.",
            )
        else:
            yield issue(
                "hidden_text",
                "file",
                f"There is text {_HOW[found.how]}{where}: {quoted}. Systems report hidden text as an attempt to deceive.",
                "Delete it. What is true and matters belongs where people can read it.",
            )


def _arrangement(layout: Layout) -> Iterator[Issue]:
    if layout.text_boxes:
        yield issue(
            "text_boxes",
            "file",
            f"{_count(layout.text_boxes, 'text box', 'text boxes')}: many parsers leave out what stands in one.",
            "Move the text into the body of the page.",
        )
    if layout.tables:
        yield issue(
            "tables",
            "file",
            f"{_count(layout.tables, 'table', 'tables')}: cells are often read in the wrong order.",
            "Write what the table holds as plain lines.",
        )
    if layout.columns > 1:
        yield issue(
            "columns",
            "file",
            f"The page has {layout.columns} columns; some parsers read straight across them.",
            "Use one column.",
        )
    if layout.images:
        yield issue(
            "images",
            "file",
            f"{_count(layout.images, 'picture', 'pictures')}: what a picture says is not read.",
            "Leave pictures, icons and rating bars out, or say the same in words.",
        )


def _headers(layout: Layout, contact: Contact) -> Iterator[Issue]:
    texts = [text for text in layout.header_footer if text.strip() and not _PAGE_NUMBER.fullmatch(text.strip())]
    digits = re.sub(r"\D", "", contact.phone)
    holding = [
        text for text in texts if _EMAIL.search(text) or (len(digits) >= 7 and digits in re.sub(r"\D", "", text))
    ]
    if holding:
        yield issue(
            "contact_in_header",
            "file",
            f"How to reach you stands in the page header or footer (“{_shortened(holding[0])}”), which many parsers skip.",
            "Put it at the top of the page's body.",
        )
    elif others := [text for text in texts if not contact.name or contact.name.casefold() not in text.casefold()]:
        yield issue(
            "text_in_header",
            "file",
            f"The page header or footer holds text (“{_shortened(others[0])}”), which many parsers skip.",
            "Keep nothing there but your name and the page number.",
        )


def _size(layout: Layout) -> Iterator[Issue]:
    if layout.size > MAX_BYTES:
        yield issue(
            "large_file",
            "file",
            f"The file has {layout.size / 1e6:.1f} MB; many forms take no more than {MAX_BYTES / 1e6:.1f}.",
            "Leave pictures out or make them smaller.",
        )
    if layout.pages > MAX_PAGES:
        yield issue(
            "many_pages",
            "file",
            f"The resume has {layout.pages} pages.",
            f"Keep to {MAX_PAGES}: shorten what is old or far from the job.",
        )


def _fonts(layout: Layout) -> Iterator[Issue]:
    families = sorted({family for name in layout.fonts if (family := font_family(name))})
    odd = [family for family in families if _NAMELESS.fullmatch(family)]
    plain = [family for family in families if family not in odd and not _SYMBOLS.search(family)]
    if len(plain) > MAX_FONTS:
        yield issue(
            "many_fonts",
            "file",
            f"{len(plain)} font families: {', '.join(plain[:5])}.",
            "One for headings and one for text are enough.",
        )
    if odd:
        yield issue(
            "odd_font",
            "file",
            f"A font without a name of its own ({odd[0]}): a machine may not know which letters its signs are.",
            "Choose a common font and export the file again.",
        )


def font_family(name: str) -> str:
    """The family of a font's name as files give it: "Calibri" for "ABCDEF+Calibri-BoldItalic"."""
    return _CUT.sub("", _SUBSET.sub("", name.strip())).strip(" -,") or name.strip()


def _count(number: int, one: str, many: str) -> str:
    return f"There is one {one}" if number == 1 else f"There are {number} {many}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%" if share < 0.1 else f"{100 * share:.0f}%"


def _shortened(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
