import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.soft_skills import names, soft_skills


@pytest.mark.parametrize(
    ("line", "name", "written"),
    [
        ("Excellent communication skills", "Communication", "communication skills"),
        ("You communicate clearly", "Communication", "communicate"),
        ("Strong problem-solving skills", "Problem solving", "problem-solving"),
        ("You solve problems others avoid", "Problem solving", "solve problems"),
        ("A real team player", "Teamwork", "team player"),
        ("Ability to work independently", "Independence", "work independently"),
        ("You are a self-starter", "Initiative", "self-starter"),
        ("Detail-oriented and well organised", "Attention to detail", "Detail-oriented"),
        ("well organized", "Organization", "well organized"),
        ("Thrives under pressure", "Working under pressure", "under pressure"),
        ("A dynamic person", "Positive attitude", "dynamic"),
        ("You are flexible", "Adaptability", "flexible"),
        ("Eager to learn", "Learning", "Eager to learn"),
        ("Approachable", "Interpersonal skills", "Approachable"),
    ],
)
def test_a_soft_skill_is_found_in_any_inflection(line: str, name: str, written: str) -> None:
    found = soft_skills(line)[0]
    assert (found.name, line[found.start : found.end]) == (name, written)


@pytest.mark.parametrize(
    "line",
    [
        "Join our dynamic team", "An independent recruitment agency", "Competitive salary and flexible working hours", "Leader in the energy market",
        "Manage key accounts", "Our approach to patient care", "Hospital experience", "Determine the cause of outages", "Improve the reliability of our databases",
        "The organisation has 200 people", "Personal development budget", "Respect the deadline of the tax office", "Human resources", "",
    ],
)  # fmt: skip
def test_what_is_said_of_others_is_none(line: str) -> None:
    assert soft_skills(line) == []


def test_each_name_is_kept_once() -> None:
    assert len(list(names())) == len(set(names()))


@given(st.text(max_size=200))
def test_places_are_in_the_line_in_order_and_apart(line: str) -> None:
    end = 0
    for found in soft_skills(line):
        assert end <= found.start < found.end <= len(line)
        end = found.end
