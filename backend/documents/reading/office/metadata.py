"""A document's properties: those that hold a text where a machine reads it and a person does not."""

import re
from collections.abc import Iterable

from backend.documents.reading.office.unseen import seen
from backend.domain.layout import Hidden

_WORDS = 3
# What programs write there by themselves.
_MADE_BY = re.compile(
    r"(?:generated|created|converted|produced|exported|made|written) (?:by|with|using|from)\b|\b(?:microsoft|libreoffice)\b",
    re.IGNORECASE,
)


def metadata(properties: Iterable[tuple[str, str]]) -> list[Hidden]:
    """(place, text) -> those that say something: three words or more, and no word of the program that made the file.
    Several of one place, as keywords that are kept one by one, are taken together."""
    found: list[Hidden] = []
    together: dict[str, list[str]] = {}
    for place, raw in properties:
        together.setdefault(place, []).append(raw)
    for place, texts in together.items():
        text, unseen = seen(" ".join(texts), place)
        text = re.sub(r"\s+", " ", text).strip()
        found.extend(unseen)
        if len(re.findall(r"\w+", text)) >= _WORDS and not (len(text) <= 80 and _MADE_BY.search(text)):
            found.append(Hidden(text=text, how="metadata", place=place))
    return found
