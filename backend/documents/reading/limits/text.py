"""HTML, JSON, YAML and plain text, before they are read: size, nesting, and nothing that multiplies itself."""

import re

from backend.errors import InvalidInput

MAX_BYTES = 2 * 1024 * 1024
MAX_DATA_BYTES = 500 * 1024
"""JSON and YAML; a long resume has 60,000."""
MAX_TAGS, MAX_TAG_DEPTH = 8_000, 200
"""A resume saved from a word processor as a web page has up to 3,000 tags, those that close left out."""
MAX_TAG_BYTES, MAX_STYLE_BYTES = 5_000, 10_000
MAX_DEPTH, MAX_VALUES = 50, 5_000
_MAX_INDENT = 200

# A tag with its attributes, in quotes or not. One that never ends is taken up to where it cannot go on.
_TAG = re.compile(rb"""<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^"'>]++|"[^"]*+"|'[^']*+')*+)""")
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")
_STYLE = re.compile(rb"""style\s*=\s*("[^"]*+"|'[^']*+'|[^\s"']++)""", re.IGNORECASE)
# Tags that are never closed, and those whose closing tag may be left out.
_LOOSE = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li dt dd tr td th thead tbody tfoot option optgroup colgroup rp rt html head body".split()
)
_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>\[]{0,300}\[", re.IGNORECASE)
_STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{},]', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]|\n|, ")
_ANCHOR = re.compile(rb"(?:^|(?<=[\s\[{,:]))&([^\s,\[\]{}]+)")
_ALIAS = re.compile(rb"(?:^|(?<=[\s\[{,:]))\*([^\s,\[\]{}]+)")
_NESTED_LINE = re.compile(rb"^[ \t]*+(?:[-?][ \t]++){20}", re.MULTILINE)
_INDENTED = re.compile(rb"^[ \t]{%d}" % _MAX_INDENT, re.MULTILINE)
_CODE_TAG = re.compile(rb"!!python|!<tag:yaml.org,2002:python|^%TAG", re.MULTILINE)


def check_size(data: bytes, at_most: int = MAX_BYTES) -> None:
    """Raises InvalidInput when the text is too long to be a resume."""
    if len(data) > at_most:
        raise InvalidInput(
            f"The file has {len(data):,} bytes of text; a resume may have {at_most:,}. Send the resume alone."
        )


def check_html(data: bytes) -> None:
    """Raises InvalidInput with the reason. Depth is counted without a parser, so it is an upper bound."""
    check_size(data)
    if _ENTITY.search(data):
        raise InvalidInput("The web page declares entities, which pages do not need and attacks use. Save it anew.")
    depth = tags = 0
    for tag in _TAG.finditer(data):
        tags += not tag[1]
        if tags > MAX_TAGS:
            raise InvalidInput(f"The web page has more than {MAX_TAGS:,} tags. Send the resume alone.")
        if len(tag[3]) > MAX_TAG_BYTES:
            _check_attributes(tag[3])
        if tag[2].lower() in _LOOSE:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MAX_TAG_DEPTH:
            raise InvalidInput(f"The web page is nested more than {MAX_TAG_DEPTH} levels deep. Save it anew.")


def _check_attributes(attributes: bytes) -> None:
    """Pictures in quotes may be long; names and styles, whose readers take time in the square of their length, may not."""
    if len(_QUOTED.sub(b"", attributes)) > MAX_TAG_BYTES:
        raise InvalidInput(f"The web page has a tag of more than {MAX_TAG_BYTES:,} bytes. Save it anew.")
    if any(len(style[1]) > MAX_STYLE_BYTES for style in _STYLE.finditer(attributes)):
        raise InvalidInput(f"The web page has a style of more than {MAX_STYLE_BYTES:,} bytes. Save it anew.")


def check_json(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    check_size(data, MAX_DATA_BYTES)
    _check_depth(data, "JSON", _STRING_OR_BRACKET)


def check_yaml(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    check_size(data, MAX_DATA_BYTES)
    if repeated := set(_ANCHOR.findall(data)) & set(_ALIAS.findall(data)):
        name = repeated.pop()[:40].decode("utf-8", "replace")
        raise InvalidInput(
            f"The YAML repeats a part of itself (&{name} … *{name}). Write the part out where it belongs."
        )
    if _CODE_TAG.search(data):
        raise InvalidInput("The YAML asks for objects of a program, which are not made. Remove the !! tags.")
    if _NESTED_LINE.search(data) or _INDENTED.search(data):
        raise InvalidInput(f"The YAML is nested more than {MAX_DEPTH} levels deep. Flatten it and send it again.")
    # Quotes may be any text in YAML, so a bracket in one counts too.
    _check_depth(data, "YAML", _BRACKET)


def _check_depth(data: bytes, what: str, token: re.Pattern[bytes]) -> None:
    depth = values = 0
    for found in token.finditer(data):
        values += found[0][:1] != b'"'
        if values > MAX_VALUES:
            raise InvalidInput(f"The {what} has more than {MAX_VALUES:,} values. Send the resume alone.")
        if found[0] in b"[{":
            depth += 1
            if depth > MAX_DEPTH:
                line = data.count(b"\n", 0, found.start()) + 1
                raise InvalidInput(
                    f"The {what} is nested more than {MAX_DEPTH} levels deep at line {line:,}. "
                    "Flatten it and send it again."
                )
        elif found[0] in b"]}":
            depth -= 1
