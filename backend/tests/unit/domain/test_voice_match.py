import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.edits import Edit
from backend.domain.voice_match import WEIGHTS, prose, style, voice_match

SHORT = ["I moved billing to Kafka. It took six weeks.", "We ran it for 40 shops. It was dull."]
LONG = [
    "Responsible for the coordination, planning and delivery of a broad range of initiatives; working with stakeholders "
    "in several departments to ensure that the outcomes that had been agreed were met (on time)."
]
lines = st.lists(st.text(alphabet="abc theI ,.;0-", min_size=1, max_size=60), min_size=1, max_size=5)


def test_the_examples_themselves_match_fully() -> None:
    assert voice_match(SHORT, SHORT) == 1
    assert voice_match(LONG, LONG) == 1


def test_what_is_written_alike_matches_more_whatever_it_says() -> None:
    alike = voice_match(["I fried fish on Fridays. It took two hours."], SHORT)
    other = voice_match(LONG, SHORT)
    assert alike is not None and other is not None
    assert alike > 0.7 > 0.4 > other


@pytest.mark.parametrize(("texts", "examples"), [([], SHORT), (SHORT, []), (["?!"], SHORT), (SHORT, [""])])
def test_without_words_on_either_side_there_is_no_match(texts: list[str], examples: list[str]) -> None:
    assert voice_match(texts, examples) is None


@given(lines, lines)
def test_a_match_is_within_bounds_and_the_same_both_ways(first: list[str], second: list[str]) -> None:
    value = voice_match(first, second)
    assert value is None or 0 <= value <= 1
    assert value == voice_match(second, first)


@given(lines)
def test_saying_it_all_twice_changes_nothing(texts: list[str]) -> None:
    assert voice_match(texts, SHORT) == voice_match(texts * 2, SHORT)


def test_the_weights_add_up() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_a_style_is_counted_by_the_sentence() -> None:
    found = style(["I moved it. I ran it, too."])
    assert found is not None
    assert (found.length, found.openings, found.punctuation[","]) == (3.5, {"person": 1.0}, 0.5)


def test_names_of_skills_are_no_prose() -> None:
    edits = [
        Edit(id="1", path="/skills", op="add", text="Kafka"),
        Edit(id="2", path="/summary", op="replace", text="Mine."),
        Edit(id="3", path="/skills", op="reorder", order=(0,)),
    ]
    assert prose(edits) == ["Mine."]
