"""Text -> lines that know whether they are a heading, a bullet or prose; Markdown marks resolved.

A character that Markdown says to take as it is (`\\#`, `&#35;`) is *shielded*: moved to a private plane where no rule of
the parser sees it, and moved back by `unshielded` when the document is put together.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

_PLANE = 0xF0000
_PRIVATE = re.compile("[\U000f0000-\U000ffffd]")
_NOISE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]|[\U000f0000-\U0010ffff]|[\ud800-\udfff]"
)
_NEWLINE = re.compile("\r\n?|[\x0c\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")

_MARKDOWN = re.compile(r"^#{1,6}(?:\s|$)|\*\*\S|\]\(", re.MULTILINE)
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
# Glyphs that are always bullets, dashes and stars that need a space after them, numbers, and Word's "o".
_BULLET = re.compile(
    r"\s*(?:[•‣▪●◦○■□➢➤➔►▶✓✔❖⁃∙\uf0b7\uf0a7\uf076]\s*|[-*+·–—→»](?:\s+|$)|\d{1,2}[.)]\s+|o\s+(?=[A-Z])|-(?=[A-Z][a-z]))"
)
_RULE = re.compile(r"\s*([-=_~*#─━═▔▁—–])(?:\s*\1){2,}\s*$")
_DECORATED = re.compile(r"\s*([-=*~_#>]{2,})\s*(\S[^-=*~_#]{0,60}?)\s*\1?\s*$")
_PAGE = re.compile(r"\s*(?:page\s+\d+(?:\s*(?:of|/)\s*\d+)?)\s*$", re.IGNORECASE)
_FENCE = re.compile(r"\s*(?:```|~~~)\w*\s*$")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)

_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,300})\]\(<?([^\s()<>]{0,500}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)>?(?:\s+\"[^\"\n]{0,200}\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^\s<>]{1,300}[.@][^\s<>]{1,300})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>")
_STRONG = re.compile(r"\*\*(?=\S)(.{1,400}?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.{1,400}?)(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])(.{1,400}?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=[^\s_])(.{1,400}?)(?<=[^\s_])_(?!\w)"
)
_CODE = re.compile(r"`{1,2}([^`\n]{1,400})`{1,2}")


@dataclass(frozen=True, slots=True)
class Line:
    """`level` is a Markdown heading's (an underlined one has 7, a decorated one 8), `indent` the columns before the
    text, `gap` that a blank line stands before it, `strong` that it begins bold, `broken` a Markdown hard break, `page` the
    page it stands on, from 1 (0 where the format has none)."""

    text: str
    kind: Literal["heading", "bullet", "text"] = "text"
    level: int = 0
    indent: int = 0
    gap: bool = False
    strong: bool = False
    emphasised: bool = False
    broken: bool = False
    page: int = 0


def tidy(lines: Iterable[Line]) -> list[Line]:
    """The lines with long runs of spaces and signs cut short: a wide gap stays one, and no rule sees a run that it would
    have to search again and again."""
    return [replace(line, text=_shortened(line.text)) if _RUN.search(line.text) else line for line in lines]


def _shortened(text: str) -> str:
    return _SIGNS.sub(lambda match: match.group()[:_LONGEST_RUN], re.sub(r"[^\S\n]{5,}", "    ", text))


_LONGEST_RUN = 40
_SIGNS = re.compile(r"[\W_]{41,}")
_RUN = re.compile(r"[^\S\n]{5}|[\W_]{41}")


def is_markdown(text: str) -> bool:
    return _MARKDOWN.search(text) is not None


def lines_of(text: str) -> list[Line]:
    text = unicodedata.normalize("NFC", _NOISE.sub("", _NEWLINE.sub("\n", text)))
    marked = is_markdown(text)
    if marked:
        text = _shielded(_COMMENT.sub("", text))
    lines: list[Line] = []
    gap = True
    # Between the rules of front matter a rule is no underline.
    front_matter = text.lstrip().startswith("---\n")
    for raw in text.split("\n"):
        if not raw.strip() or _PAGE.match(raw) or (marked and (_FENCE.match(raw) or _is_table_rule(raw))):
            if not front_matter and raw.strip() and _RULE.match(raw):
                _underline(lines, gap=gap)
            gap = True
        elif _RULE.match(raw) and not (marked and _HEADING.match(raw)):
            if not front_matter:
                _underline(lines, gap=gap)
            front_matter = front_matter and not lines
            gap = True
        elif line := _line(raw.expandtabs(4) if raw[:1] == "\t" else raw, gap=gap, marked=marked):
            lines.append(line)
            gap = False
    return lines


def _line(raw: str, *, gap: bool, marked: bool) -> Line | None:
    indent = len(raw) - len(raw.lstrip())
    if marked and (match := _HEADING.match(raw)):
        text = without_marks(match[2] or "").strip()
        return Line(text, "heading", level=len(match[1]), gap=gap)
    if marked:
        raw = re.sub(r"^\s*(?:>\s?)+", "", raw)
    if match := _BULLET.match(raw):
        text = raw[match.end() :]
        strong = text.startswith("**")
        text = (without_marks(text) if marked else text).strip()
        return Line(text, "bullet", indent=indent, gap=gap, strong=strong) if text else None
    if (match := _DECORATED.match(raw)) and not (marked and match[1] in ("**", "__")):
        return Line(match[2].strip(), "heading", level=8, gap=gap)
    strong = marked and raw.lstrip().startswith(("**", "__"))
    emphasised = marked and not strong and raw.lstrip()[:1] in ("*", "_")
    text = (without_marks(raw) if marked else raw).strip()
    if marked and text.startswith("|") and text.endswith("|"):
        text = text.strip("| ")
    broken = marked and raw.endswith(("  ", "\\"))
    text = text.removesuffix("\\").rstrip() if broken else text
    return Line(text, indent=indent, gap=gap, strong=strong, emphasised=emphasised, broken=broken) if text else None


def _is_table_rule(raw: str) -> bool:
    return "---" in raw and "|" in raw and set(raw) <= set("|:- \t")


def _underline(lines: list[Line], *, gap: bool) -> None:
    """A rule straight below a short line that stands alone makes it a heading."""
    if lines and not gap and lines[-1].kind == "text" and lines[-1].gap:
        text = lines[-1].text
        if len(text) <= 60 and not text.endswith((".", ",")):
            lines[-1] = Line(text, "heading", level=7, gap=True)


def without_marks(text: str) -> str:
    """Without Markdown's inline marks; a link reads "text (address)"."""
    text = _LINK.sub(_link, text)
    text = _TAG.sub("", _AUTOLINK.sub(lambda m: m[1].removeprefix("mailto:"), text))
    text = _CODE.sub(r"\1", text)
    for pattern in (_STRONG, _EMPHASIS):
        text = pattern.sub(lambda m: m[1] or m[2], text)
    return text


def _link(match: re.Match[str]) -> str:
    text, address = match[1].strip(), re.sub(r"^(?:mailto|tel):", "", match[2])
    bare = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    if not address or text == address:
        return text or address
    if not text or re.sub(r"^https?://(?:www\.)?|/$", "", text) == bare:
        return address
    return f"{text} ({address})"


def _shielded(text: str) -> str:
    def entity(match: re.Match[str]) -> str:
        return "".join(_shield(char) for char in html.unescape(match.group()))

    text = _ESCAPE.sub(lambda match: _shield(match[1]), text)
    return _ENTITY.sub(entity, text)


def _shield(char: str) -> str:
    return chr(_PLANE + ord(char)) if ord(char) < 0xFFFE else char


def unshielded(text: str) -> str:
    return _PRIVATE.sub(lambda match: chr(ord(match.group()) - _PLANE), text)
