from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.audit.issue import RULES, Area, Issue, issue
from backend.domain.audit.points import CAPS, ats_compatibility, by_area, lost, total

found_issues = st.lists(st.sampled_from(sorted(RULES)).map(lambda code: issue(code, "/", "m", "f")), max_size=40)


def of(*codes: str) -> list[Issue]:
    return [issue(code, "/", "m", "f") for code in codes]


@given(found_issues, st.sampled_from(["strict", "lenient"]), st.floats(0, 1))
def test_the_score_is_between_0_and_100_and_no_area_beyond_its_cap(
    issues: list[Issue], mode: str, share: float
) -> None:
    areas = by_area(issues, mode, file=True, coverage=share)  # type: ignore[arg-type]
    assert 0 <= total(areas) <= 100
    assert all(0 <= area.lost <= CAPS[area.area] for area in areas)


@given(found_issues, found_issues)
def test_more_issues_never_raise_the_score(some: list[Issue], more: list[Issue]) -> None:
    fewer = total(by_area(some, "strict", file=True))
    assert total(by_area([*some, *more], "strict", file=True)) <= fewer
    assert ats_compatibility([*some, *more]) <= ats_compatibility(some)


def test_a_code_counts_three_times_at_most() -> None:
    assert lost(of(*["spelling"] * 3), "strict") == lost(of(*["spelling"] * 9), "strict") == 15


def test_hints_cost_nothing_when_lenient() -> None:
    assert lost(of("no_summary", "images", "gap"), "lenient") == 0
    assert lost(of("no_summary", "images", "gap"), "strict") == 6


def test_a_picture_of_text_is_worse_than_anything() -> None:
    assert total(by_area(of("no_text_layer"), "strict", file=True)) == 40


@pytest.mark.parametrize(
    ("codes", "value"),
    [
        ((), 1.0),
        (("no_name",), 0.85),
        (("no_skills", "no_phone"), 0.93),
        (("overused_keyword",), 0.98),
        (("no_heading",) * 9, 0.55),
    ],
)
def test_ats_compatibility(codes: tuple[str, ...], value: float) -> None:
    assert ats_compatibility(of(*codes)) == value


def test_every_rule_is_of_an_area_that_is_scored() -> None:
    assert {rule.area for rule in RULES.values()} == set(get_args(Area)) == set(CAPS)
