import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.office.unseen import seen


def test_tags_are_read_out() -> None:
    text, hidden = seen("Jane" + "".join(chr(0xE0000 + ord(char)) for char in "hire me"), "line 1")
    assert text == "Jane"
    assert [(one.text, one.how, one.place) for one in hidden] == [("hire me", "tags", "line 1")]


def test_a_flag_made_of_tags_is_no_message() -> None:
    flag = "\U0001f3f4" + "".join(chr(0xE0000 + ord(char)) for char in "gbsct") + "\U000e007f"
    assert seen(flag) == ("\U0001f3f4", [])


def test_a_word_cut_in_several_places_is_reported_once() -> None:
    text, hidden = seen("knows Py\u200bth\u2060on well")
    assert text == "knows Python well"
    assert [one.place for one in hidden] == ["in “Python”"]


@pytest.mark.parametrize(
    "text",
    ["soft\u00adware", "می\u200cخواهم", "👩\u200d💻", "✔\ufe0f", "\u202a+44 20\u202c", "a/\u200bb", "\ufeffJane"],
)
def test_what_is_there_in_good_faith_is_not_reported(text: str) -> None:
    assert seen(text)[1] == []


def test_odd_spaces_become_ordinary_ones() -> None:
    assert seen("a\u00a0b\u202fc\u2011d")[0] == "a b c-d"


@given(st.text())
def test_what_was_seen_once_is_seen_the_same_again(text: str) -> None:
    once = seen(text)[0]
    assert seen(once) == (once, [])
