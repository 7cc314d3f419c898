import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.edits import Edit, InvalidEdit, apply, invert, project_order
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.domain.stored_overlay import new_document, overlay
from backend.domain.stored_shape import read
from backend.tests.strategies import resumes_with_edits

RESUME = Resume(
    contact=Contact(name="Ada"),
    summary="An engineer.",
    work_experience=(WorkEntry(company="Acme", title="Engineer", highlights=("one", "two", "three")),),
    skills=("Python", "Go"),
)


def edit(path: str, op: str, **values: object) -> Edit:
    return Edit.model_validate({"id": "e", "path": path, "op": op, **values})


@given(resumes_with_edits)
def test_inverted_edits_restore_the_resume(case: tuple[Resume, list[Edit]]) -> None:
    resume, edits = case
    assert apply(apply(resume, edits), invert(resume, edits)) == resume


@given(resumes_with_edits, st.randoms())
def test_the_order_of_a_set_of_edits_does_not_matter(case: tuple[Resume, list[Edit]], random: object) -> None:
    resume, edits = case
    positioned = [e for e in edits if e.op != "add" or e.position is None]
    one_each = list({(e.path, e.op): e for e in positioned}.values())
    shuffled = list(one_each)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert apply(resume, one_each) == apply(resume, shuffled)


@given(resumes_with_edits)
def test_no_set_of_edits_changes_a_fact(case: tuple[Resume, list[Edit]]) -> None:
    resume, edits = case
    after = apply(resume, edits)
    assert (after.contact, after.education) == (resume.contact, resume.education)
    facts = {"company", "title", "location", "start_date", "end_date", "technologies"}
    assert [e.model_dump(include=facts) for e in after.work_experience] == [
        e.model_dump(include=facts) for e in resume.work_experience
    ]


@given(resumes_with_edits)
def test_writing_back_and_reading_gives_the_tailored_resume(case: tuple[Resume, list[Edit]]) -> None:
    document = new_document(case[0])
    resume = read(document)
    edits = [e for e in case[1] if _applies(resume, e)]
    after = apply(resume, edits)
    written = overlay(document, resume, after, project_order(resume, edits))
    assert read(written) == read(new_document(after))
    assert {k: v for k, v in written.items() if k in ("contact", "education")} == {
        k: v for k, v in document.items() if k in ("contact", "education")
    }


def _applies(resume: Resume, one: Edit) -> bool:
    try:
        apply(resume, [one])
    except InvalidEdit:
        return False
    return True


@pytest.mark.parametrize(
    "path",
    [
        "/contact/name",
        "/work_experience/0/company",
        "/work_experience/0/title",
        "/work_experience/0/start_date",
        "/education/0/degree",
        "/work_experience/7/highlights",
        "/work_experience/0/highlights/3",
        "/work_experience/-1/highlights/0",
        "/summary/0",
        "/projects/0",
        "",
        "summary",
    ],
)
@pytest.mark.parametrize("op", ["replace", "add", "remove"])
def test_a_path_that_edits_cannot_reach_is_refused(path: str, op: str) -> None:
    with pytest.raises(InvalidEdit):
        apply(RESUME, [edit(path, op, text="x")])


def test_two_edits_of_one_highlight_contradict() -> None:
    with pytest.raises(InvalidEdit, match="already changes"):
        apply(RESUME, [edit("/work_experience/0/highlights/1", op, text="x") for op in ("replace", "remove")])


def test_a_reorder_must_keep_every_item() -> None:
    with pytest.raises(InvalidEdit, match="every place once"):
        apply(RESUME, [edit("/skills", "reorder", order=(0, 0))])


def test_an_added_highlight_lands_where_its_position_says() -> None:
    after = apply(RESUME, [edit("/work_experience/0/highlights", "add", text="new", position=1)])
    assert after.work_experience[0].highlights == ("one", "new", "two", "three")
