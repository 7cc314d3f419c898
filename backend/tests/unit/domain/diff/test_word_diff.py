import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.diff.word_diff import is_minor, segments

text = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from("led a team of five, ten. C++ 1.5 the the".split()), max_size=14).map(" ".join),
)


@given(text, text)
def test_equal_and_deleted_are_the_text_before_equal_and_inserted_the_text_after(before: str, after: str) -> None:
    found = segments(before, after)
    assert "".join(s.text for s in found if s.kind != "insert") == before
    assert "".join(s.text for s in found if s.kind != "delete") == after
    assert all(s.text for s in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


@given(text)
def test_a_text_does_not_differ_from_itself(one: str) -> None:
    assert [s.kind for s in segments(one, one)] == (["equal"] if one else [])


def test_whole_words_change_and_so_does_the_space_between_two_of_them() -> None:
    found = [(s.kind, s.text) for s in segments("Ran two small services", "Ran three large services")]
    assert found == [("equal", "Ran "), ("delete", "two small"), ("insert", "three large"), ("equal", " services")]


def test_a_sentence_that_came_is_marked_from_its_first_word() -> None:
    found = [(s.kind, s.text) for s in segments("One two. Three four.", "One two. New here. Three four.")]
    assert found == [("equal", "One two. "), ("insert", "New here. "), ("equal", "Three four.")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("Built it.", "built it"), ("a  b", "a b"), ("“Go”", '"Go"'), ("CI/CD", "ci-cd"), ("e-mail", "email"), ("", "…")],
)
def test_minor(before: str, after: str) -> None:
    assert is_minor(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1.5 hours", "15 hours"),
        ("40%", "40"),
        ("$40", "40"),
        ("C++", "C"),
        ("2019-2020", "20192020"),
        ("ran", "run"),
        ("C#", "C"),
    ],
)
def test_not_minor(before: str, after: str) -> None:
    assert not is_minor(before, after)


def test_long_texts_take_no_time_to_speak_of() -> None:
    one = "the quick fox of the old town and " * 1_000
    other = "an old fox of the new town and " * 1_000
    start = time.perf_counter()
    segments(one, other)
    segments(one * 10, other * 10)
    assert time.perf_counter() - start < 5
