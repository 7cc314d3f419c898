from backend.tests.unit.domain.grounding.scene import refused

LINE = "Changes reach the host in two minutes instead of six"


def test_before_and_after_may_not_change_places() -> None:
    assert "way-kept" in refused("Changes reach the host in six minutes instead of two", LINE)


def test_the_old_and_the_new_thing_may_not_change_places() -> None:
    assert "way-kept" in refused(
        "Moved the rundown from spreadsheets to paper", "Moved the rundown from paper to spreadsheets"
    )


def test_the_same_way_told_in_another_order_is_kept() -> None:
    assert "way-kept" not in refused("Changes reach the host in two minutes, down from six", LINE)
