from hypothesis import given
from hypothesis import strategies as st

from backend.domain.diff.alignment import moved, pairs

lists = st.lists(st.sampled_from(["Go", "go.", "Python", "led a team", "led a large team", "x"]), max_size=8)


@given(lists, lists)
def test_each_line_is_in_one_pair_at_most(before: list[str], after: list[str]) -> None:
    found = pairs(before, after)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    assert found == sorted(found)


@given(lists)
def test_a_list_pairs_with_itself_in_place(items: list[str]) -> None:
    assert pairs(items, items) == [(n, n) for n in range(len(items))]


@given(st.permutations(range(7)))
def test_without_what_moved_the_rest_is_in_order(order: list[int]) -> None:
    found = [(i, j) for i, j in enumerate(order)]
    rest = [j for i, j in found if (i, j) not in moved(found)]
    assert rest == sorted(rest)


def test_the_fewest_move() -> None:
    assert moved([(0, 1), (1, 2), (2, 3), (3, 0)]) == {(3, 0)}
    assert moved([]) == set()


def test_a_rewritten_line_is_recognised_by_its_words() -> None:
    assert pairs(["Cut costs", "Led a team of five"], ["Led a team of five in Leeds", "Sang"]) == [(1, 0)]


def test_an_edit_says_what_it_rewrote_whatever_the_words() -> None:
    assert pairs(["Cut costs"], ["Sang in a choir"], {0: "Sang in a choir"}) == [(0, 0)]


def test_what_was_removed_and_what_was_added_are_not_taken_for_one_line() -> None:
    assert pairs(["Led a team of five"], ["Led a team of six"], gone=[0]) == []
    assert pairs(["Led a team of five"], ["Led a team of six"], new=["Led a team of six"]) == []
