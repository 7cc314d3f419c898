"""Markdown -> headings, paragraphs and list items as plain text. What is no prose is left out and counted.

Left out: code, images, scripts, tasks that are not done yet (they say nothing that happened) and what was struck out.
Everything here is linear in the length of the text.
"""

import html
import re
from collections import Counter
from typing import Literal, NamedTuple

Kind = Literal["heading", "paragraph", "item"]
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(.*)")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_QUOTE = re.compile(r" {0,3}(?:>[ ]?)+")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S.*")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_ROW_RULE = re.compile(r"[ \t]*\|[ \t:|-]*\|[ \t]*")
_RAW = re.compile(r"[ \t]*<(script|style|pre|svg|iframe)\b", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,200}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]{1,100}\]")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>|<https?://[^<>\s]{1,500}>")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=[^\s*])|(?<=[^\s*])(\*{1,3})(?![\w*])|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


_ASIDE = 0xE000  # where Unicode has room for private use


class Block(NamedTuple):
    kind: Kind
    text: str


def blocks(text: str) -> tuple[list[Block], dict[str, int]]:
    """The blocks in order, each on one line, and how much was left out by what it is."""
    reader = _Reader()
    for line in _without_comments(text).split("\n"):
        reader.take(line)
    reader.end()
    return reader.found, dict(reader.left_out)


class _Reader:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.left_out: Counter[str] = Counter()
        self._kind: Kind = "paragraph"
        self._lines: list[str] = []
        self._fence = self._raw = ""
        self._blank = True
        self._in_list = False

    def take(self, line: str) -> None:
        if self._fence or self._raw:
            self._pass_over(line)
            return
        if match := _FENCE.match(line):
            self.end()
            self.left_out["code"] += 1
            self._fence = match[1]
            return
        if match := _RAW.match(line):
            self.end()
            name = match[1].lower()
            self.left_out["code" if name == "pre" else "markup"] += 1
            self._raw = "" if f"</{name}" in line.lower() else f"</{name}"
            return
        if line.startswith(("    ", "\t")) and self._blank and not self._in_list and line.strip():
            if not self._lines or self._lines != ["\0code"]:
                self.left_out["code"] += 1
            self._lines, self._kind = ["\0code"], "paragraph"
            return
        if self._lines == ["\0code"]:
            self._lines = [] if line.strip() else self._lines
        quoted = _QUOTE.match(line)
        self._prose(line[quoted.end() :] if quoted else line)
        self._blank = not line.strip()

    def end(self) -> None:
        """The block that was being read is whole."""
        if self._lines and self._lines != ["\0code"] and (text := self._plain(" ".join(self._lines))):
            self.found.append(Block(self._kind, text))
        self._lines, self._kind = [], "paragraph"

    def _pass_over(self, line: str) -> None:
        if self._fence:
            close = line.strip()
            if close.startswith(self._fence) and not close.strip(self._fence[0]):
                self._fence = ""
        elif self._raw in line.lower():
            self._raw = ""

    def _prose(self, line: str) -> None:
        if not line.strip():
            if self._lines != ["\0code"]:
                self.end()
        elif self._lines and self._kind == "paragraph" and _UNDERLINE.fullmatch(line):
            self._kind = "heading"
            self.end()
        elif _RULE.fullmatch(line) or _REFERENCE.fullmatch(line) or _ROW_RULE.fullmatch(line):
            self.end()
        elif match := _HEADING.fullmatch(line):
            self.end()
            self._in_list = False
            self._kind, self._lines = "heading", [match[1] or ""]
            self.end()
        elif match := _ITEM.fullmatch(line):
            self._item(match[1])
        elif _ROW.fullmatch(line):
            self.end()
            cells = (cell.strip() for cell in line.strip().strip("|").split("|"))
            self._lines = [", ".join(cell for cell in cells if cell)]
            self.end()
        else:
            if not line.startswith((" ", "\t")) and self._blank:
                self._in_list = False
            self._lines.append(line.strip())

    def _item(self, text: str) -> None:
        self.end()
        self._in_list, self._kind = True, "item"
        if task := _TASK.match(text):
            if task[1] == " ":
                self.left_out["open task"] += 1
                self._kind = "paragraph"
                return
            text = text[task.end() :]
        self._lines = [text.strip()]

    def _plain(self, text: str) -> str:
        """Without marks: the words alone. What is escaped is no mark; it is put out of reach meanwhile."""
        text = _ESCAPE.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
        text, images = _IMAGE.subn("", text)
        text, struck = _STRUCK.subn("", text)
        self.left_out += Counter({"image": images, "struck out": struck})
        text = _FOOTNOTE.sub("", _LINK.sub(r"\1", text))
        text = _EMPHASIS.sub("", _TAG.sub(" ", text)).replace("`", "")
        text = "".join(chr(ord(c) - _ASIDE) if _ASIDE <= ord(c) < _ASIDE + 128 else c for c in html.unescape(text))
        return " ".join(text.split())


def _without_comments(text: str) -> str:
    """A comment that never ends is text."""
    kept, start = [], 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin)) >= 0:
        kept.append(text[start:begin])
        start = end + 3
    return "".join([*kept, text[start:]])
