import pytest

from backend.tests.unit.domain.grounding.scene import refused


@pytest.mark.parametrize(
    ("text", "line"),
    [("Ran the regional working group on waste", "Took part in a regional working group on waste"),
     ("Opened the Enon branch and hired four of its tellers", "Helped open the Enon branch, hiring four of its tellers"),
     ("Wrote and delivered therapy plans for pupils", "Delivered therapy plans written by the school's therapist to pupils")],
)  # fmt: skip
def test_a_part_in_it_may_not_become_the_whole(text: str, line: str) -> None:
    assert "modesty-kept" in refused(text, line)


def test_help_told_as_help_is_kept() -> None:
    assert not refused("Lent a hand with opening the Enon branch", "Helped open the Enon branch")


def test_alone_needs_a_line_that_says_so() -> None:
    assert "ownership-kept" in refused(
        "On my own, moved the team to Greenhouse", "Moved the team to Greenhouse with HR"
    )
