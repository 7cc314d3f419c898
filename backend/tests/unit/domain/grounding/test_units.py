from backend.tests.unit.domain.grounding.scene import refused


def test_a_size_may_be_told_in_another_unit() -> None:
    assert not refused("Make 120 quarts of soup a week", "Make 30 gallons of soup a week")


def test_a_rate_may_be_told_by_another_time() -> None:
    assert not refused("Handled 100 calls a week", "Handled 20 calls a day")


def test_a_rate_may_not_change_its_time() -> None:
    assert "same-number" in refused("Handled 20 calls an hour", "Handled 20 calls a day")
