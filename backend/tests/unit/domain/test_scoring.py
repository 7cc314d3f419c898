from datetime import date

import pytest

from backend.domain.job import JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.requirements import typed
from backend.domain.resume import Resume, WorkEntry
from backend.domain.scoring import Scorer

JOB = "You need Python, Kafka and Terraform. 5+ years of experience with backend services."


@pytest.fixture(scope="module")
def analysis(lexicon: Lexicon) -> JobAnalysis:
    said = JobAnalysis(
        required_skills=("Python", "Kafka", "Terraform"),
        key_requirements=("5+ years of experience with backend services",),
    )
    return typed(said, JOB, lexicon)


def resume(*highlights: str, skills: tuple[str, ...] = (), start: str = "2020-01") -> Resume:
    job = WorkEntry(company="Acme", title="Engineer", start_date=start, end_date="2025-12", highlights=highlights)
    return Resume(work_experience=(job,), skills=skills)


@pytest.fixture(scope="module")
def scorer(lexicon: Lexicon) -> Scorer:
    return Scorer(lexicon, date(2026, 11, 1))


def test_a_skill_that_is_shown_earns_more_than_one_that_is_listed(scorer: Scorer, analysis: JobAnalysis) -> None:
    shown = scorer.coverage(analysis, resume("Built a queue in Python"))
    listed = scorer.coverage(analysis, resume("Built a queue", skills=("Python",)))
    absent = scorer.coverage(analysis, resume("Built a queue"))
    assert shown > listed > absent == 0


def test_repeats_earn_nothing_and_are_flagged(scorer: Scorer, analysis: JobAnalysis) -> None:
    once = resume("Built a queue in Python", *(f"Did thing number {n}" for n in range(9)))
    stuffed = resume(*(f"Did Python thing number {n} in Python" for n in range(10)))
    assert scorer.coverage(analysis, once) == scorer.coverage(analysis, stuffed)
    assert scorer.overused(analysis, stuffed) == ["Python"]
    assert scorer.overused(analysis, once) == []


def test_a_list_of_keywords_in_a_highlight_counts_as_a_list(scorer: Scorer, analysis: JobAnalysis) -> None:
    stuffed = resume("Python, Kafka, Terraform, Docker, Redis, Git")
    assert scorer.coverage(analysis, stuffed) == pytest.approx(0.6)


def test_what_is_denied_is_not_shown(scorer: Scorer, analysis: JobAnalysis) -> None:
    assert scorer.coverage(analysis, resume("Evaluated Kafka but did not adopt it")) == 0


def test_an_alias_shows_a_skill(scorer: Scorer, lexicon: Lexicon) -> None:
    wanted = typed(JobAnalysis(required_skills=("Kubernetes",)), "We run Kubernetes.", lexicon)
    assert scorer.coverage(wanted, resume("Moved four services to k8s")) == 1


def test_more_evidence_never_lowers_the_score(scorer: Scorer, analysis: JobAnalysis) -> None:
    lines = ["Built a queue in Python", "Moved events to Kafka", "Wrote Terraform modules"]
    scores = [scorer.match(analysis, resume(*lines[:n])).value for n in range(4)]
    assert scores == sorted(scores)


def test_too_few_years_cost(scorer: Scorer, analysis: JobAnalysis) -> None:
    long, short = resume("Ran backend services"), resume("Ran backend services", start="2024-06")
    assert scorer.match(analysis, long).value > scorer.match(analysis, short).value


def test_the_same_input_scored_a_hundred_times_gives_one_score(lexicon: Lexicon, analysis: JobAnalysis) -> None:
    person = resume("Built a queue in Python", "Moved events to Kafka")
    scores = set()
    for n in range(100):
        scorer = Scorer(
            Lexicon(lexicon.vocabulary, lexicon.bm25, lexicon.gate, lexicon.common) if n % 10 == 0 else lexicon,
            date(2026, 11, 1),
        )
        scores.add((scorer.match(analysis, person).value, scorer.coverage(analysis, person)))
    assert len(scores) == 1
