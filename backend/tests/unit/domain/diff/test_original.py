import pytest
from hypothesis import given, settings

from backend.domain.diff import original_of
from backend.domain.edits import Edit, apply, target
from backend.domain.resume import Resume
from backend.domain.tailoring import TailoringEdit
from backend.tests.strategies import resumes_with_edits


def before(resume: Resume, edit: Edit) -> str:
    path, place = target(edit.path)
    if path == "/summary":
        return resume.summary
    if place is None:
        return ""
    section, *rest = path[1:].split("/")
    items = getattr(resume, section)
    return str(items[int(rest[0])].highlights[place] if rest else items[place])


def recorded(resume: Resume, edits: list[Edit]) -> list[TailoringEdit]:
    return [TailoringEdit(**edit.model_dump(), before=before(resume, edit)) for edit in edits]


@settings(deadline=None)
@given(resumes_with_edits)
def test_the_record_leads_back_to_the_original(pair: tuple[Resume, list[Edit]]) -> None:
    resume, edits = pair
    assert original_of(apply(resume, edits), recorded(resume, edits)) == resume


def test_edits_that_were_not_made_are_not_undone() -> None:
    refused = TailoringEdit(id="e1", path="/skills/0", op="remove", before="COBOL", status="reverted")
    assert original_of(Resume(skills=("Go",)), [refused]) == Resume(skills=("Go",))


def test_edits_of_another_resume_are_refused() -> None:
    other = TailoringEdit(id="e1", path="/skills", op="reorder", order=(2, 1, 0))
    with pytest.raises(ValueError, match="order must hold every place once"):
        original_of(Resume(skills=("Go",)), [other])
