from typing import Any

import pytest

from backend.container import open_pipeline
from backend.domain.diff import diff
from backend.domain.job import Job
from backend.domain.stored_shape import read
from backend.domain.tailoring import Options, Tailoring
from backend.errors import Conflict
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import silent
from backend.services.diffs import changes_of, compare
from backend.settings import Settings


@pytest.fixture(scope="module")
async def tailoring(sample_document: dict[str, Any], sample_job: Job) -> Tailoring:
    async with open_pipeline(Settings(_env_file=None)) as pipeline:
        return await pipeline.run(TailoringRequest("u", "r", sample_document, sample_job, Options()), silent)


def test_the_changes_of_a_run_are_those_from_the_original(
    tailoring: Tailoring, sample_document: dict[str, Any]
) -> None:
    sources = [source for edit in tailoring.edits for source in edit.sources]
    wanted = diff(read(sample_document), read(tailoring.tailored_resume), tailoring.edits, sources)
    assert changes_of(tailoring) == wanted
    assert wanted.changes


def test_every_change_of_a_run_has_its_reason(tailoring: Tailoring) -> None:
    assert all(change.reason for change in changes_of(tailoring).changes)
    assert all(change.evidence for change in changes_of(tailoring).changes if change.kind == "added")


def test_minor_changes_can_be_left_out(tailoring: Tailoring) -> None:
    found = changes_of(tailoring, include_minor=False)
    assert found.hidden_minor and not any(change.minor for change in found.changes)


def test_a_record_that_does_not_fit_together_is_a_conflict(tailoring: Tailoring) -> None:
    broken = tailoring.model_copy(update={"tailored_resume": {**tailoring.tailored_resume, "skills": ["Go"]}})
    with pytest.raises(Conflict, match="Tailor the resume again"):
        changes_of(broken)


def test_any_two_documents_can_be_compared(sample_document: dict[str, Any]) -> None:
    assert not compare(sample_document, sample_document).changes
    (change,) = compare(sample_document, {**sample_document, "summary": "Engineer."}).changes
    assert change.kind == "changed"
