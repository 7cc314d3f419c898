from backend.tests.unit.domain.grounding.scene import refused


def test_a_comparison_needs_a_line_that_compares() -> None:
    assert refused("Wrote the most read column in the state", "Wrote a column")


def test_a_comparison_may_not_be_with_more_others() -> None:
    line = "Shipped 900 pallets in May, the highest month in the building's history"
    assert "ranking-shown" in refused(
        "Shipped 900 pallets in May, the best month of any company site", line.replace("highest", "top")
    )


def test_the_end_of_a_range_may_be_told() -> None:
    assert not refused(
        "Ordered produce for events, the largest with 140 guests", "Ordered produce for events of 12 to 140 guests"
    )
