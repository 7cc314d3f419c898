from backend.tests.unit.domain.grounding.scene import refused


def test_what_a_line_lists_may_be_counted() -> None:
    assert not refused("Worked all three stations: grill, saute and pasta", "Worked grill, saute and pasta stations")


def test_quarterly_is_four_times_a_year() -> None:
    assert not refused("Held stock counts four times a year", "Held quarterly stock counts")


def test_a_count_that_no_list_has_is_refused() -> None:
    assert "same-number" in refused("Worked all five stations", "Worked grill, saute and pasta stations")
