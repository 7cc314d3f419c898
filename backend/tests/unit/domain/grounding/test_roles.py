from backend.tests.unit.domain.grounding.scene import refused


def test_a_role_that_nobody_gave_is_refused() -> None:
    assert "role-held" in refused(
        "As support team lead, answered 45 tickets a day", "Answered 45 tickets a day", context="Support Specialist"
    )


def test_a_role_that_is_another_person_s_is_refused() -> None:
    assert "role-held" in refused(
        "General manager of a city hotel", "Deputised for the general manager of a city hotel", kind="summary"
    )


def test_a_title_held_may_be_told() -> None:
    assert not refused(
        "As support specialist, answered 45 tickets a day", "Answered 45 tickets a day", context="Support Specialist"
    )
