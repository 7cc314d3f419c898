"""Sentences with nothing lost, for cutting a text in pieces: where in doubt, it is not cut."""

import re

_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|[。！？]|\n+")
_ABBREVIATIONS = frozenset(
    """
    e.g i.e etc vs cf ca approx dr mr mrs ms prof st jr sr inc ltd co corp no nos vol fig dept est jan feb mar apr jun jul aug
    sep sept oct nov dec u.s u.k ph.d b.sc m.sc a.m p.m
    """.split()
)


def whole_sentences(text: str) -> list[str]:
    """The sentences of a text, in order, each with its end; joined by spaces they are the text again, but for spacing."""
    found, start = [], 0
    for match in _END.finditer(text):
        before = text[start : match.start()].rpartition(" ")[2].lstrip("\"'“‘([").lower()
        is_short = before in _ABBREVIATIONS or (len(before) == 1 and before.isalpha())
        if match.group()[0] == "." and is_short:
            continue
        if piece := text[start : match.end()].strip():
            found.append(piece)
        start = match.end()
    if rest := text[start:].strip():
        found.append(rest)
    return found
