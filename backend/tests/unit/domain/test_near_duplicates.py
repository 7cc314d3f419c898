from hypothesis import given
from hypothesis import strategies as st

from backend.domain.near_duplicates import NEAR, Likeness, features, likeness, near_pairs

LINE = "Moved the ledger from nightly batch files to Kafka for forty shops in six weeks"
texts = st.dictionaries(
    st.sampled_from([f"c{n}" for n in range(8)]),
    st.lists(st.sampled_from("ledger kafka batch shop week file move report team".split()), max_size=8).map(" ".join),
)


def test_a_text_is_wholly_like_itself_whatever_its_case_and_marks() -> None:
    assert likeness(LINE, LINE.upper() + "!") == 1


def test_one_other_word_makes_a_near_duplicate() -> None:
    assert NEAR <= likeness(LINE, LINE.replace("forty", "fifty")) < 1


def test_other_deeds_are_not_alike() -> None:
    assert likeness(LINE, "Mentored two junior engineers through weekly code reviews") < 0.1


def test_texts_without_words_are_like_nothing() -> None:
    assert likeness("", "") == likeness("?!", LINE) == 0
    assert near_pairs({"a": "", "b": "?!"}) == []


@given(texts, st.sampled_from([0.3, 0.5, NEAR, 1.0]))
def test_all_pairs_are_found_and_no_others(found: dict[str, str], floor: float) -> None:
    sets = {id_: features(text) for id_, text in found.items()}
    wanted = {
        (a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        for a in sets
        for b in sets
        if a < b and sets[a] and sets[b] and len(sets[a] & sets[b]) >= floor * len(sets[a] | sets[b])
    }
    assert {(pair.first, pair.second) for pair in near_pairs(found, floor)} == wanted.keys()


def test_the_most_alike_come_first_and_no_more_than_wanted() -> None:
    same = {f"c{n}": LINE for n in range(20)} | {"d": LINE.replace("forty", "fifty")}
    pairs = near_pairs(same, most=5)
    assert len(pairs) == 5
    assert pairs[0].value == 1
    assert near_pairs({"b": LINE, "a": LINE}) == [Likeness("a", "b", 1)]
