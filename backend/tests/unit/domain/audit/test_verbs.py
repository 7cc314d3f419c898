import pytest

from backend.domain.audit.verbs import opening, opening_tense, tense_of


@pytest.mark.parametrize(
    "word", ["Built", "led", "planned", "carried", "Reconciled", "precepted", "rewrote", "submitted"]
)
def test_past(word: str) -> None:
    assert tense_of(word) == "past"


@pytest.mark.parametrize("word", ["Build", "lead", "Plans", "carries", "teaches", "manage"])
def test_present(word: str) -> None:
    assert tense_of(word) == "present"


@pytest.mark.parametrize("word", ["set", "Cut", "Team", "red", "", "kafka"])
def test_no_telling(word: str) -> None:
    assert tense_of(word) is None


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Support 40 users", "present"), ("Support for 40 users", None), ("Reports were written", None),
        ("Work with nurses", "present"), ("Successfully led a move", "past"), ("Set up a lab", None), ("", None),
        ("Design of bridges", None),
    ],
)  # fmt: skip
def test_the_tense_a_line_opens_in(text: str, tense: str | None) -> None:
    assert opening_tense(text) == tense


def test_marks_around_the_first_word_do_not_count() -> None:
    assert opening("“Built” a lab") == "built"
