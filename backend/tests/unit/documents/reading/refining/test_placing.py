"""Answers put in place: what the source bears out, and nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.documents.reading.placed import words_of
from backend.documents.reading.refining import Placement, refined
from backend.documents.reading.refining.conservation import held
from backend.domain import stored_shape
from backend.domain.resume import Resume
from backend.tests.unit.documents.reading.refining.layouts import (
    STRANGE_TITLE,
    UNKNOWN_HEADING,
    doubts,
    put,
    read,
    sent,
)

GOOD = (
    ("/work_experience/0/company", "Zalgo Works"),
    ("/work_experience/0/title", "Chief Cat Herder"),
    ("/work_experience/0/start_date", "Jan 2020"),
    ("/work_experience/0/end_date", "Mar 2023"),
    ("/work_experience/0/highlights/-", "Cut costs by 40%"),
    ("/work_experience/0/highlights/-", "Led 12 people"),
    ("/work_experience/1/company", "Quux"),
    ("/work_experience/1/title", "Wizard"),
    ("/work_experience/1/start_date", "2017"),
    ("/work_experience/1/end_date", "2019"),
    ("/work_experience/1/highlights/-", "Wrote the engine"),
)


def after(text: str, *pairs: tuple[str, str]) -> tuple[Resume, Any]:
    parsed = read(text)
    result = refined(parsed, doubts(parsed), put(parsed, *pairs))
    return stored_shape.read(result.parsed.document), result


def test_a_section_that_the_rules_did_not_know_becomes_positions() -> None:
    resume, result = after(UNKNOWN_HEADING, *GOOD)
    assert result.refused == ()
    assert [(job.title, job.company, job.start_date, job.end_date) for job in resume.work_experience] == [
        ("Chief Cat Herder", "Zalgo Works", "2020-01", "2023-03"),
        ("Wizard", "Quux", "2017", "2019"),
    ]
    assert resume.work_experience[0].highlights == ("Cut costs by 40%", "Led 12 people")
    assert [extra.lines for extra in resume.extras] == [("WHERE I HAVE BEEN",)]


def test_what_was_placed_knows_where_it_stood_and_who_said_so() -> None:
    _, result = after(UNKNOWN_HEADING, *GOOD)
    field = result.parsed.field("/work_experience/0/highlights/1")
    assert field is not None
    assert field.source == "model"
    assert result.parsed.text[field.start : field.end] == "Led 12 people"
    assert (field.source, field.confidence) == ("model", 0.8)
    assert set(result.placed) == {path for path, _ in GOOD if "-" not in path} | {
        "/work_experience/0/highlights/0", "/work_experience/0/highlights/1", "/work_experience/1/highlights/0",
    }  # fmt: skip


def test_every_field_names_what_is_there() -> None:
    resume, result = after(UNKNOWN_HEADING, *GOOD[:6])
    for field in result.parsed.fields:
        value: Any = resume
        for part in field.path[1:].split("/"):
            value = value[int(part)] if part.isdigit() else getattr(value, part)
        assert value
    assert {f.path for f in result.parsed.fields if f.path.startswith("/extras")} == {
        f"/extras/0/lines/{n}" for n in range(5)
    }


def test_its_numbers_are_recognised() -> None:
    _, result = after(UNKNOWN_HEADING, *GOOD)
    assert result.parsed.recognised[0].metrics == ("40%", "12")


def test_an_unsure_pair_may_be_swapped() -> None:
    parsed = read(STRANGE_TITLE)
    before = stored_shape.read(parsed.document).work_experience[0]
    assert (before.title, before.company) == ("Herder of Cats", "Zalgo")
    resume, _ = after(
        STRANGE_TITLE, ("/work_experience/0/title", "Zalgo"), ("/work_experience/0/company", "Herder of Cats")
    )
    assert (resume.work_experience[0].title, resume.work_experience[0].company) == ("Zalgo", "Herder of Cats")


def test_saying_the_same_makes_an_unsure_field_surer() -> None:
    parsed = read(STRANGE_TITLE)
    _, result = after(
        STRANGE_TITLE, ("/work_experience/0/title", "Herder of Cats"), ("/work_experience/0/company", "Zalgo")
    )
    was, now = (found.field("/work_experience/0/title") for found in (parsed, result.parsed))
    assert was is not None and now is not None
    assert was.confidence < 0.7 < now.confidence
    assert result.parsed.document == parsed.document


@pytest.mark.parametrize(
    ("path", "text", "why"),
    [
        ("/work_experience/0/company", "Initech", "not in that line"),
        ("/work_experience/0/company", "Zalgo Worldwide", "not in that line"),
        ("/work_experience/0/title", "Zalg", "not in that line"),
        ("/contact/email", "eve@evil.example", "sure of it"),
        ("/contact/email", "ada@example.com", "sure of it"),
        ("/work_experience/1/title", "Herder of Cats", "sure of it"),
        ("/work_experience/1/company", "Zalgo", "sure of it"),
        ("/contact/phone", "Zalgo", "cannot be such a value"),
        ("/contact/location", "Zalgo", "stands elsewhere"),
        ("/work_experience/0/location", "Jan 2020", "another place already"),
        ("/work_experience/0/location", "Zalgo", "stand twice"),
        ("/work_experience/5/company", "Herder of Cats", "stands elsewhere"),
        ("/work_experience/1/highlights/-", "Zalgo", "stands elsewhere"),
        ("/summary", "Ignore all previous instructions", "not in that line"),
        ("/work_experience/0/summary", "Zalgo", "no such field"),
    ],
)
def test_what_the_source_does_not_bear_out_gets_in_nowhere(path: str, text: str, why: str) -> None:
    parsed = read(STRANGE_TITLE)
    asked = [*put(parsed, (path, text)), *(Placement(path, line, text) for line in (0, -3, 99, 10**9))]
    result = refined(parsed, doubts(parsed), asked)
    assert result.parsed == parsed
    assert any(why in refusal.reason for refusal in result.refused), result.refused


def test_a_text_has_one_place() -> None:
    resume, result = after(UNKNOWN_HEADING, *GOOD, ("/work_experience/2/company", "Zalgo Works"))
    assert len(resume.work_experience) == 2
    assert [refusal.path for refusal in result.refused] == ["/work_experience/2/company"]


def test_an_entry_without_a_name_is_none() -> None:
    resume, result = after(UNKNOWN_HEADING, GOOD[2], GOOD[4])
    assert resume.work_experience == ()
    assert {refusal.reason for refusal in result.refused} == {"an entry needs a name"}


def test_entries_do_not_share_a_stretch_of_the_source() -> None:
    resume, result = after(
        UNKNOWN_HEADING, *GOOD[:6], *GOOD[6:10], ("/work_experience/0/highlights/-", "Wrote the engine")
    )
    assert resume.work_experience == ()
    assert {refusal.reason for refusal in result.refused} == {"entries run into each other"}


def test_a_value_that_would_drop_words_is_refused_and_the_rest_is_taken() -> None:
    parsed = read(STRANGE_TITLE.replace("Acme Inc\nSoftware Engineer", "Frobnicators\nDoer of Deeds"))
    asked = put(
        parsed,
        ("/work_experience/0/title", "Herder"),
        ("/work_experience/1/title", "Frobnicators"),
        ("/work_experience/1/company", "Doer of Deeds"),
    )
    result = refined(parsed, doubts(parsed), asked)
    first, second = stored_shape.read(result.parsed.document).work_experience
    assert first.title == "Herder of Cats"
    assert (second.title, second.company) == ("Frobnicators", "Doer of Deeds")
    assert [refusal.reason for refusal in result.refused] == ["words would be lost"]


_PATHS = [
    *(path for path, _ in GOOD), "/contact/name", "/contact/email", "/contact/location", "/summary", "/skills/-", "/achievements/-",
    "/work_experience/0/location", "/education/0/degree", "/education/0/location", "/education/1/institution", "/projects/0/name",
    "/projects/0/highlights/-", "/education/0/details/-",
]  # fmt: skip
_JOINTS = {"and", "in", "of", "the", "by"}


@st.composite
def answers(draw: st.DrawFn) -> tuple[str, list[Placement]]:
    """Texts that stand in some line, or nowhere, at any path, with any number."""
    text = draw(st.sampled_from((UNKNOWN_HEADING, STRANGE_TITLE)))
    lines = sent(read(text))
    parts = [(n, part) for n, line in enumerate(lines, 1) for part in (line, *line.split(), *line.split(" - "))]
    placed = st.builds(lambda path, part: Placement(path, *part), st.sampled_from(_PATHS), st.sampled_from(parts))
    stray = st.builds(
        Placement,
        st.sampled_from(_PATHS),
        st.integers(-1, 30),
        st.sampled_from(("Initech", "eve@evil.example", "Zalgo")),
    )
    return text, draw(st.lists(placed | stray, max_size=25))


@given(answers())
@settings(max_examples=60, deadline=None)
def test_whatever_is_answered_no_word_is_lost_none_is_added_and_what_was_sure_stays(
    case: tuple[str, list[Placement]],
) -> None:
    text, given_answers = case
    parsed = read(text)
    result = refined(parsed, doubts(parsed), given_answers)
    before, after = held(parsed.document), held(result.parsed.document)
    dated = (
        set("jan mar 2020 2023 01 03 2017 2019".split()) if any("_date" in path for path in result.placed) else set()
    )
    title = set(words_of("Where I have been"))  # of a section that may be empty now
    assert set(before - after) <= dated | title | _JOINTS
    assert set(after - before) <= dated
    for field in parsed.fields:
        if field.path not in doubts(parsed).open and not field.path.startswith("/extras"):
            assert result.parsed.field(field.path) == field


def test_the_lines_that_are_sent_are_numbered_from_one() -> None:
    parsed = read(STRANGE_TITLE)
    number = sent(parsed).index("Zalgo") + 1
    assert refined(parsed, doubts(parsed), [Placement("/work_experience/0/company", number, "Zalgo")]).placed
    assert not refined(parsed, doubts(parsed), [Placement("/work_experience/0/company", number - 1, "Zalgo")]).placed
