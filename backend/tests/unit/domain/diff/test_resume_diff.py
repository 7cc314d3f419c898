from collections import Counter

from hypothesis import given, settings

from backend.domain.content import Evidence
from backend.domain.diff import ResumeDiff, diff
from backend.domain.diff.lines import SECTIONS, blocks
from backend.domain.edits import Edit, apply
from backend.domain.resume import Certification, Extra, Resume, WorkEntry
from backend.tests.strategies import resumes, resumes_with_edits


def lines(resume: Resume) -> dict[str, str]:
    return dict(line for section in SECTIONS for block in blocks(resume, section) for line in block.lines())


def check(original: Resume, tailored: Resume, found: ResumeDiff) -> None:
    """Every line that differs is in one change, and what is in none is the same on both sides."""
    before, after = lines(original), lines(tailored)
    own = [change for change in found.changes if change.label != "entry"]
    gone = [change.before_path for change in own if change.kind != "added"]
    come = [change.after_path for change in own if change.kind != "removed"]
    assert len(set(gone)) == len(gone) and len(set(come)) == len(come)
    for change in own:
        assert change.before == (before[change.before_path] if change.before_path else "")
        assert change.after == (after[change.after_path] if change.after_path else "")
        assert change.before != change.after or change.moved
        assert "".join(s.text for s in change.segments if s.kind != "insert") == change.before
        assert "".join(s.text for s in change.segments if s.kind != "delete") == change.after
    rest_before = Counter(text for path, text in before.items() if path not in gone)
    rest_after = Counter(text for path, text in after.items() if path not in come)
    assert rest_before == rest_after
    counts = Counter(change.kind for change in found.changes)
    assert (found.added, found.removed, found.changed, found.moved) == tuple(
        counts[kind] for kind in ("added", "removed", "changed", "moved")
    )


@settings(deadline=None)
@given(resumes)
def test_a_resume_does_not_differ_from_itself(resume: Resume) -> None:
    assert diff(resume, resume) == ResumeDiff()


@settings(deadline=None)
@given(resumes_with_edits)
def test_every_line_that_differs_is_reported_once(pair: tuple[Resume, list[Edit]]) -> None:
    resume, edits = pair
    tailored = apply(resume, edits)
    check(resume, tailored, diff(resume, tailored))
    check(resume, tailored, diff(resume, tailored, edits))


@settings(deadline=None, max_examples=50)
@given(resumes, resumes)
def test_any_two_resumes_can_be_compared(one: Resume, other: Resume) -> None:
    check(one, other, diff(one, other))


@settings(deadline=None)
@given(resumes, resumes)
def test_nothing_minor_is_shown_when_it_is_not_wanted(one: Resume, other: Resume) -> None:
    whole, major = diff(one, other), diff(one, other, include_minor=False)
    assert major.changes == tuple(change for change in whole.changes if not change.minor)
    assert major.hidden_minor == len(whole.changes) - len(major.changes)


JOB = WorkEntry(
    company="Kvitto", title="Engineer", start_date="2020-01", highlights=("Ran the ledger", "Wrote tests", "Sang")
)
OTHER = WorkEntry(company="Harbor", title="Developer", highlights=("Moved ships",))
RESUME = Resume(work_experience=(JOB, OTHER), skills=("Go", "SQL"), summary="Engineer.")
EDITS = [
    Edit(id="e1", path="/work_experience/0/highlights/0", op="replace", text="Kept books for 40 shops", reason="numbers", evidence=("c-1", "/skills/1")),
    Edit(id="e2", path="/work_experience/0/highlights", op="add", text="Taught SQL", position=0, reason="asked"),
    Edit(id="e3", path="/work_experience/0/highlights/2", op="remove", reason="beside the point"),
    Edit(id="e4", path="/skills", op="reorder", order=(1, 0), reason="SQL first"),
    Edit(id="e5", path="/summary", op="replace", text="Not made", reason="reverted"),
]  # fmt: skip


def test_changes_have_the_reason_and_evidence_of_their_edits() -> None:
    tailored = apply(RESUME, EDITS[:4])
    chunk = Evidence(id="c-1", text="40 shops", kind="highlight")
    found = {change.edit_id: change for change in diff(RESUME, tailored, EDITS, [chunk]).changes}
    assert {name: change.kind for name, change in found.items()} == {
        "e1": "changed", "e2": "added", "e3": "removed", "e4": "moved",
    }  # fmt: skip
    assert found["e1"].reason == "numbers"
    assert [item.text for item in found["e1"].evidence] == ["40 shops", "SQL"]
    assert (found["e1"].before_path, found["e1"].after_path) == (
        "/work_experience/0/highlights/0",
        "/work_experience/0/highlights/1",
    )


def test_an_edit_that_was_not_made_explains_nothing() -> None:
    other = RESUME.model_copy(update={"summary": "Somebody's own words"})
    (change,) = diff(RESUME, other, EDITS).changes
    assert (change.edit_id, change.reason) == ("", "")


def test_a_moved_position_is_one_change_and_its_lines_none() -> None:
    turned = RESUME.model_copy(update={"work_experience": (OTHER, JOB)})
    (change,) = diff(RESUME, turned).changes
    assert (change.kind, change.minor) == ("moved", True)
    assert {change.before_path, change.after_path} == {"/work_experience/0", "/work_experience/1"}


def test_a_fact_of_a_position_is_named() -> None:
    promoted = RESUME.model_copy(
        update={"work_experience": (JOB.model_copy(update={"title": "Chief Engineer"}), OTHER)}
    )
    (change,) = diff(RESUME, promoted).changes
    assert (change.kind, change.label, change.after_path) == ("changed", "title", "/work_experience/0/title")
    assert change.entry == "Chief Engineer, Kvitto"


def test_a_position_that_came_and_one_that_went_are_all_their_lines() -> None:
    found = diff(Resume(work_experience=(JOB,)), Resume(work_experience=(OTHER,)))
    assert [change.after for change in found.changes if change.kind == "added"] == [
        "Developer",
        "Harbor",
        "Moved ships",
    ]
    assert found.removed == 6 and found.changed == 0


def test_an_entry_that_is_the_same_to_the_letter_is_not_paired_with_a_look_alike() -> None:
    later = JOB.model_copy(update={"start_date": "2023-01", "highlights": ()})
    found = diff(Resume(work_experience=(JOB,)), Resume(work_experience=(later, JOB)))
    assert {change.kind for change in found.changes} == {"added"}
    assert all(change.after_path.startswith("/work_experience/0/") for change in found.changes)


def test_certificates_and_other_sections_are_compared_too() -> None:
    one = Resume(
        certifications=(Certification(name="CKA", date="2020"),), extras=(Extra(title="Hobbies", lines=("Chess",)),)
    )
    other = Resume(
        certifications=(Certification(name="CKA", date="2022"),),
        extras=(Extra(title="Hobbies", lines=("Chess", "Go")),),
    )
    found = diff(one, other)
    assert [(change.kind, change.label, change.after) for change in found.changes] == [
        ("changed", "certification", "CKA, 2022"), ("added", "line", "Go"),
    ]  # fmt: skip


def test_punctuation_and_case_are_minor() -> None:
    other = RESUME.model_copy(update={"summary": "engineer"})
    (change,) = diff(RESUME, other).changes
    assert change.minor
    assert diff(RESUME, other, include_minor=False) == ResumeDiff(hidden_minor=1)
