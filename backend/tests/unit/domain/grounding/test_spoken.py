from backend.tests.unit.domain.grounding.scene import refused


def test_a_language_may_not_be_known_better() -> None:
    assert "fluency-kept" in refused(
        "Hotel manager, fluent in German", "Hotel manager", "German (Basic)", kind="summary"
    )


def test_a_language_may_be_told_as_it_is() -> None:
    assert not refused("Hotel manager with basic German", "Hotel manager", "German (Basic)", kind="summary")
