import time

import pytest

from backend.domain.negation import denied


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Evaluated GraphQL for the API but did not adopt it", "GraphQL", True),
        ("Built reports without Excel", "Excel", True),
        ("Used Go instead of Java", "Java", True),
        ("Used Go instead of Java", "Go", False),
        ("Not only Python but Go", "Python", False),
        ("Wrote Python. Did not use Java", "Python", False),
    ],
)
def test_what_a_text_denies(text: str, word: str, expected: bool) -> None:
    start = text.index(word)
    assert any(s <= start and start + len(word) <= e for s, e in denied(text)) is expected


def test_a_text_of_denials_is_read_in_linear_time() -> None:
    started = time.perf_counter()
    denied("not " * 12_000)
    assert time.perf_counter() - started < 1
