import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.whole_sentences import whole_sentences


def test_sentences_keep_their_ends() -> None:
    assert whole_sentences('I ran it. "It was dull." Was it? Yes!') == [
        "I ran it.",
        '"It was dull."',
        "Was it?",
        "Yes!",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I used e.g. Kafka for it.",
        "Dr. Smith agreed.",
        "It served approx. 40 shops.",
        "J. Berg and I wrote it.",
        "It grew 3.5 Percent.",
        "We moved to the U.S. Office then.",
        "I wrote it; Ann read it.",
    ],
)
def test_a_sentence_is_not_cut_where_in_doubt(text: str) -> None:
    assert whole_sentences(text) == [text]


def test_other_scripts_have_other_ends() -> None:
    assert whole_sentences("私は書いた。彼は読んだ。") == ["私は書いた。", "彼は読んだ。"]


@given(st.text(max_size=200))
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(whole_sentences(text)).split()) == "".join(text.split())
