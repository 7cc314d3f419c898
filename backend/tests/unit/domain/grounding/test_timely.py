from backend.tests.unit.domain.grounding.scene import refused


def test_on_time_may_not_become_early() -> None:
    assert "time-kept" in refused(
        "Worked on the hall, which opened ahead of schedule", "Worked on the hall, which opened on schedule"
    )


def test_early_may_be_told_otherwise() -> None:
    assert not refused("Opened the hall ahead of schedule", "Opened the hall two weeks early")
