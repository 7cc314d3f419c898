"""Whether a changed document holds the words of the source as the one before did: none lost, none said twice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from backend.documents.reading.placed import words_of
from backend.domain import stored_shape


def lost_words(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Counter[str]:
    """The words of the source `text` that a changed document has less often, where the one before had not too many."""
    source = Counter(words_of(text))
    had, has = held(before), held(after)
    return Counter({word: lost for word, n in source.items() if (lost := min(n, had[word]) - min(n, has[word])) > 0})


def added_words(text: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Counter[str]:
    """The words that a changed document has more often than both the one before and the source `text`."""
    return held(after) - (held(before) | Counter(words_of(text)))


def held(document: Mapping[str, Any]) -> Counter[str]:
    """The words of a document's values and of its own sections' titles."""
    titles = [extra.title for extra in stored_shape.read(document).extras]
    return Counter(word for text in [*titles, *_values(document)] for word in words_of(text))


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _values(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _values(item)
    elif isinstance(value, str | int | float):
        yield str(value)
