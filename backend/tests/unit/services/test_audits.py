from datetime import UTC, datetime
from typing import Any

import pytest

from backend.data.spelling import load_spelling
from backend.documents.reading.text_resume import text_resume
from backend.domain.audit import Speller
from backend.domain.job import Job
from backend.domain.layout import Hidden, Layout
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import ParsedResume
from backend.errors import InvalidInput
from backend.services.audits import Audits, job_by_rule, source_of
from backend.tests.doubles import FixedClock

TEXT = """Ada Byron
ada@example.com | +44 20 5550 0142

MY JOURNEY

Engineer, Acme Corp, Mar 2020 - Present
- Built 3 services in Python
- Ran them for 40 shops

EDUCATION

BSc Mathematics, University of Leeds, 01/2015 - 06/2018

SKILLS

Python, SQL
"""


@pytest.fixture(scope="module")
def audits(lexicon: Lexicon) -> Audits:
    return Audits(lexicon, Speller(load_spelling(), lexicon), FixedClock(datetime(2026, 11, 1, tzinfo=UTC)))


def parsed(text: str = TEXT, kind: str = "pdf", **values: Any) -> ParsedResume:
    return ParsedResume(kind=kind, document=text_resume(text), text=text, **values)


def test_a_file_is_audited_with_its_making_its_headings_and_its_dates(audits: Audits) -> None:
    file = parsed(layout=Layout(pages=3, tables=1), hidden=(Hidden(text="Kafka", how="white", place="page 1"),))
    report = audits.of_file(file)
    found = {finding.code: finding for finding in report.findings}
    assert {"tables", "many_pages", "hidden_text", "mixed_dates"} <= set(found)
    assert report.areas[0].looked_at


def test_a_heading_that_parsers_do_not_know_is_found_in_the_text(audits: Audits) -> None:
    titles = [heading.title for heading in source_of(parsed()).headings]
    assert "EDUCATION" in titles and "SKILLS" in titles
    odd = TEXT + "\nTHINGS I READ\n\nOld books about bridges\n"
    messages = [finding.message for finding in audits.of_file(parsed(odd)).findings if finding.code == "odd_heading"]
    assert any("THINGS I READ" in message for message in messages)


def test_a_data_file_has_no_headings(audits: Audits) -> None:
    assert source_of(parsed(kind="json")).headings == ()


def test_the_job_is_read_by_rule(audits: Audits, sample_document: dict[str, Any], sample_job: Job) -> None:
    report = audits.of_document(sample_document, sample_job)
    assert report.coverage is not None and 0.4 < report.coverage < 1
    assert {"Python", "PostgreSQL"} <= {keyword.skill for keyword in report.keywords if keyword.credit == 1}
    assert any(finding.code == "missing_skill" for finding in report.findings)
    assert report == audits.of_document(sample_document, sample_job)


def test_the_pipeline_and_the_audit_read_a_job_alike(lexicon: Lexicon, sample_job: Job) -> None:
    analysis = job_by_rule(sample_job, lexicon)
    assert "Terraform" in analysis.required_skills and "GraphQL" in analysis.preferred_skills
    assert [r.years for r in analysis.requirements if r.years] == [5.0]


def test_a_job_without_words_is_refused(audits: Audits, sample_document: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        audits.of_document(sample_document, Job(text=" \n"))


def test_modes_differ_in_the_score_alone(audits: Audits) -> None:
    strict, lenient = audits.of_file(parsed()), audits.of_file(parsed(), mode="lenient")
    assert strict.findings == lenient.findings
    assert strict.score < lenient.score
