import pytest

from backend.tests.unit.domain.grounding.scene import refused


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [("Reduced tickets with new filters", "Designed new filters; early data suggests they may reduce tickets", "doubt-kept"),
     ("Closed each complaint within five days", "Closed most complaints within five days", "share-kept"),
     ("Accountant with full CIMA membership", "Accountant studying towards full CIMA membership", "progress-kept")],
)  # fmt: skip
def test_a_reserve_may_not_be_dropped(text: str, line: str, rule: str) -> None:
    assert rule in refused(text, line)


def test_a_reserve_told_otherwise_is_kept() -> None:
    assert not refused(
        "Closed complaints within five days, for the most part", "Closed most complaints within five days"
    )
