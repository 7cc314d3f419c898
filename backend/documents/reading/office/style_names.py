"""What word processors call the styles of headings, in the languages they speak."""

import re

_HEADING = (
    "heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|titlu|başlık|"
    "заголовок|επικεφαλίδα|見出し|标题|標題|제목|encabezado|intestazione|cabeçalho|naslov|virsraksts|antraštė|pealkiri"
)
_NUMBERED = re.compile(rf"(?:{_HEADING})[\s_-]*([1-9])(?:\s.*)?$")
_TITLE = frozenset(
    {"title", "titel", "titre", "título", "titolo", "document title", "name", "your name", "resume name", "cv name"}
)
_INNER = re.compile(r"\b(?:job|company|employer|position|role|entry|sub|school|degree|project)\b")
_SECTION = re.compile(r"\bsections?[\s_-]*(?:title|heading|header|name)|\bheadings?$|^(?:resume|cv)[\s_-]*heading")


def heading_level(name: str) -> int:
    """The level of headings in a style of this name, 0 where it is none. A document's title has 1."""
    name = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", name).strip().lower()
    if match := _NUMBERED.match(name):
        return int(match[1])
    if name in _TITLE:
        return 1
    if _SECTION.search(name):
        return 3 if _INNER.search(name) else 2
    return 0
