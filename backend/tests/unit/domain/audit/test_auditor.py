import json
from datetime import date
from pathlib import Path

import pytest

from backend.data.spelling import load_spelling
from backend.domain.audit import RULES, Auditor, AuditReport, Mode, Source, Speller, ats_compatibility, audit
from backend.domain.job import JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.requirements import typed
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.tests.unit.domain.audit.labelled import CASES, CLEAN, FILE, Case, file, having, hidden

TODAY = date(2026, 11, 1)
TUNE = sorted((Path(__file__).parents[3] / "evals" / "grounding" / "tune").glob("*.json"))


@pytest.fixture(scope="module")
def auditor(lexicon: Lexicon) -> Auditor:
    return Auditor(lexicon, TODAY, Speller(load_spelling(), lexicon))


@pytest.fixture(scope="module")
def analysis(lexicon: Lexicon) -> JobAnalysis:
    return typed(JobAnalysis(required_skills=("Python", "Kafka")), "You need Python and Kafka.", lexicon)


def codes(report: AuditReport) -> set[str]:
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.code}" for n, case in enumerate(CASES)])
def test_each_code_is_found_where_it_is_and_not_where_it_is_not(
    auditor: Auditor, analysis: JobAnalysis, case: Case
) -> None:
    job = analysis if RULES[case.code].area == "job" else None
    assert case.code in codes(auditor.report(case.bad, case.bad_source, job))
    assert case.code not in codes(auditor.report(case.good, case.good_source, job))


def test_every_code_of_the_catalogue_has_a_labelled_resume() -> None:
    assert {case.code for case in CASES} == set(RULES)


@pytest.mark.parametrize("mode", ["strict", "lenient"])
def test_the_clean_resume_loses_nothing(auditor: Auditor, mode: Mode) -> None:
    report = auditor.report(CLEAN, file(), mode=mode)
    assert (report.score, report.findings) == (100, ())


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case.code}" for n, case in enumerate(CASES)])
def test_a_finding_says_where_why_and_what_to_do(auditor: Auditor, analysis: JobAnalysis, case: Case) -> None:
    for finding in auditor.report(case.bad, case.bad_source, analysis).findings:
        assert finding.place == "file" or finding.place.startswith("/")
        assert finding.message and finding.fix
        assert (finding.area, finding.severity) == RULES[finding.code][:2]


def test_the_sample_resume_is_nearly_clean(auditor: Auditor, sample_resume: Resume) -> None:
    assert auditor.report(sample_resume, mode="lenient").score >= 90
    assert len(auditor.report(sample_resume).findings) <= 2
    assert "spelling" not in codes(auditor.report(sample_resume))


@pytest.mark.parametrize("path", TUNE, ids=lambda path: path.stem)
def test_resumes_written_with_care_score_well(auditor: Auditor, path: Path) -> None:
    report = auditor.report(read(json.loads(path.read_text(encoding="utf-8"))), mode="lenient")
    assert report.score >= 90
    assert "spelling" not in codes(report)


def test_lenient_never_costs_more_than_strict(auditor: Auditor, analysis: JobAnalysis) -> None:
    for case in CASES:
        strict, lenient = (auditor.report(case.bad, case.bad_source, analysis, mode) for mode in ("strict", "lenient"))
        assert lenient.score >= strict.score
        assert lenient.findings == strict.findings


def test_the_same_resume_gets_the_same_report(auditor: Auditor, analysis: JobAnalysis, sample_resume: Resume) -> None:
    reports = {auditor.report(sample_resume, file(), analysis).model_dump_json() for _ in range(20)}
    assert len(reports) == 1


def test_the_parts_make_the_score(auditor: Auditor, analysis: JobAnalysis) -> None:
    report = auditor.report(having(skills=()), file(hidden("white"), tables=1), analysis)
    assert report.score == pytest.approx(100 - sum(area.lost for area in report.areas))
    assert {area.area: area.findings for area in report.areas}["file"] == 2
    assert sum(area.findings for area in report.areas) == len(report.findings)


def test_areas_that_nothing_was_given_for_cost_nothing(auditor: Auditor) -> None:
    looked_at = {area.area: (area.looked_at, area.lost) for area in auditor.report(CLEAN).areas}
    assert looked_at["file"] == looked_at["job"] == (False, 0)
    assert looked_at["structure"] == (True, 0)


def test_the_worst_comes_first(auditor: Auditor) -> None:
    report = auditor.report(having(summary="", skills=()), file(hidden("white")))
    ranks = [("error", "warning", "hint").index(finding.severity) for finding in report.findings]
    assert ranks == sorted(ranks)


def test_a_job_adds_coverage_match_and_keywords(auditor: Auditor, analysis: JobAnalysis) -> None:
    report = auditor.report(CLEAN, analysis=analysis)
    assert report.coverage == 0.5
    assert report.match_score is not None
    assert [(k.skill, k.credit, k.required) for k in report.keywords] == [
        ("Python", 1, True),
        ("Apache Kafka", 0, True),
    ]
    assert report.score == 100 - 12.5


def test_ats_compatibility_is_the_same_whatever_the_file_is(auditor: Auditor, sample_resume: Resume) -> None:
    structure = [
        finding for finding in auditor.report(sample_resume, Source(FILE)).findings if finding.area == "structure"
    ]
    assert ats_compatibility(audit(sample_resume, TODAY)) == ats_compatibility(structure) == 1


def test_an_empty_resume_is_audited_too(auditor: Auditor) -> None:
    report = auditor.report(Resume())
    assert {"no_name", "no_email", "no_experience"} <= codes(report)
    assert report.score < 60
