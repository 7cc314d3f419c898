"""RTF, before it is read: no embedded objects, nothing loaded from elsewhere, groups that close and are not too deep."""

import re
from collections.abc import Iterator

from backend.errors import InvalidInput

MAX_DEPTH, MAX_WORDS = 200, 60_000
"""A resume of Word's has some 10,000 control words, most of them in its style sheet."""
MAX_PARAGRAPHS = 5_000

_OBJECT = re.compile(rb"\\obj(?:ect|data|emb|link|autlink|sub|pub|icemb|html|ocx)(?![a-z])")
_TEMPLATE = re.compile(rb"\\\*?\s*\\template\s+\\*(?:https?:|ftp:|[\\/]{2})", re.IGNORECASE)
# Raw bytes (whose braces mean nothing), control words and escaped characters, the braces that open and close.
_ENDS = (rb"\par", rb"\line", rb"\cell", rb"\nestcell", rb"\row", rb"\sect", rb"\page")
_STEP = {b"{": 1, b"}": -1}
_TOKEN = re.compile(rb"\\bin(\d{1,9}) ?|\\(?:[a-zA-Z]++|.)|[{}]", re.DOTALL)


def check_rtf(data: bytes) -> None:
    """Raises InvalidInput with the reason."""
    if found := _OBJECT.search(data):
        raise InvalidInput(
            f"The RTF holds an embedded object at byte {found.start():,}. Save a copy without it and send that."
        )
    if _TEMPLATE.search(data):
        raise InvalidInput("The RTF loads a template from elsewhere. Save it as a document of its own and send that.")
    depth = paragraphs = end = 0
    for words, (place, token) in enumerate(_tokens(data), 1):
        end = place
        paragraphs += token in _ENDS
        depth += _STEP.get(token, 0)
        if depth <= 0:
            break
        _check_counts(depth, words, paragraphs)
    if depth > 0:
        raise InvalidInput("The RTF breaks off before its end. Save it, or download it, once more and send it again.")
    if data[end:].strip(b"\x00 \t\r\n\x1a"):
        raise InvalidInput("The RTF has other content after its end. Open it in your editor and save it anew.")


def _tokens(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each ends, and what it is. Raw bytes are passed over."""
    place = 0
    while found := _TOKEN.search(data, place):
        place = found.end() + (int(found[1]) if found[1] else 0)
        yield place, found[0]


def _check_counts(depth: int, words: int, paragraphs: int) -> None:
    if depth > MAX_DEPTH:
        raise InvalidInput(f"The RTF has groups more than {MAX_DEPTH} deep. Save it anew.")
    if paragraphs > MAX_PARAGRAPHS:
        raise InvalidInput(f"The RTF has more than {MAX_PARAGRAPHS:,} paragraphs. Send the resume alone.")
    if words > MAX_WORDS:
        raise InvalidInput(f"The RTF has more than {MAX_WORDS:,} control words and groups. Send the resume alone.")
