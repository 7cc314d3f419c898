from backend.domain.grounding.additions import clauses, features, likelihood
from backend.domain.grounding.alignment import aligned
from backend.tests.unit.domain.grounding.scene import compared, refused

LINE = "Trained five new hires on the ticketing process"


def chance(text: str, *lines: str) -> float:
    check = compared(text, *lines)
    alignment = aligned(check)
    return likelihood(check.lexicon, features(check, alignment, clauses(check, alignment)))


def test_a_clause_that_no_line_has_is_refused() -> None:
    assert refused("Trained five new hires on the ticketing process and negotiated supplier contracts", LINE)


def test_a_rewording_is_less_likely_an_addition_than_a_further_clause() -> None:
    assert chance("Taught five new hires the ticketing process", LINE) < chance(
        f"{LINE}, and won the team a bonus", LINE
    )


def test_what_was_refused_already_is_not_weighed() -> None:
    assert "content-shown" not in refused("Trained nine new hires on ticketing and negotiated supplier contracts", LINE)
