import pytest

from backend.tests.unit.domain.grounding.scene import refused

LINE = "Cut the average wait from 10 minutes to 6 by staggering lunch breaks"


@pytest.mark.parametrize("figure", ["by 40%", "by four minutes"])
def test_a_change_follows_from_before_and_after(figure: str) -> None:
    assert not refused(f"Cut the average wait {figure} by staggering lunch breaks", LINE)


def test_another_change_does_not() -> None:
    assert "same-number" in refused("Cut the average wait by 50% by staggering lunch breaks", LINE)


def test_half_of_a_size_follows_in_another_unit() -> None:
    assert not refused("Halved the bundle to 900 KB", "Cut the bundle from 1.8 MB to 900 KB")
