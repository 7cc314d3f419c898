"""What is planned for each requirement: show it better, or say that it cannot be shown."""

from datetime import date
from typing import Any

import pytest

from backend.domain.content import Chunk, ChunkMetadata, chunk_evidence, resume_evidence
from backend.domain.job import JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.plan import Plan
from backend.domain.scoring import Scorer
from backend.domain.stored_shape import read
from backend.pipeline.evidence_retriever import EvidenceMatrix
from backend.pipeline.tailoring_planner import Planner, part_of
from backend.tests.unit.pipeline.scene import BOOKING, DOCUMENT, FREIGHT

TODAY = date(2026, 1, 1)


def plan_for(
    lexicon: Lexicon, *requirements: Requirement, document: dict[str, Any] = DOCUMENT, library: tuple[Chunk, ...] = ()
) -> Plan:
    resume = read(document)
    found = [*resume_evidence(resume), *chunk_evidence(library, resume)]
    matrix = EvidenceMatrix({item.id: item for item in found})
    return Planner(lexicon, Scorer(lexicon, TODAY)).plan(JobAnalysis(requirements=requirements), resume, matrix)


def skill(name: str, id_: str = "r1", **more: Any) -> Requirement:
    return Requirement(id=id_, text=name, kind="skill", skills=(name,), **more)


def only(plan: Plan) -> tuple[str, str]:
    (item,) = plan.items
    return item.action, item.target


def test_what_a_sentence_shows_is_already_shown(lexicon: Lexicon) -> None:
    assert only(plan_for(lexicon, skill("Python"))) == ("already_shown", "")


def test_what_nothing_shows_is_a_gap(lexicon: Lexicon) -> None:
    plan = plan_for(lexicon, skill("Terraform"))
    assert only(plan) == ("gap", "")
    assert plan.gaps == ("r1",)


def test_a_highlight_that_only_lists_it_is_to_be_rewritten(lexicon: Lexicon) -> None:
    assert only(plan_for(lexicon, skill("PostgreSQL"))) == ("rewrite", BOOKING)


def test_what_only_the_skills_list_is_to_be_mentioned_in_the_summary(lexicon: Lexicon) -> None:
    document = {**DOCUMENT, "skills": ["Terraform"]}
    assert only(plan_for(lexicon, skill("Terraform"), document=document)) == ("mention_in_summary", "/summary")


def test_a_library_line_of_the_same_employer_is_to_be_added(lexicon: Lexicon) -> None:
    line = Chunk(text="Described the network in Terraform", metadata=ChunkMetadata(company="Harborline Freight"))
    assert only(plan_for(lexicon, skill("Terraform"), library=(line,))) == ("add_from_library", f"{FREIGHT}/highlights")


@pytest.mark.parametrize(
    "line",
    [
        Chunk(text="Described the network in Terraform", metadata=ChunkMetadata(company="Initech")),
        Chunk(text="Terraform " + "and more " * 30, metadata=ChunkMetadata(company="Harborline Freight")),
    ],
    ids=["another employer", "too long for a highlight"],
)
def test_a_library_line_that_fits_no_entry_is_only_for_the_summary(lexicon: Lexicon, line: Chunk) -> None:
    assert only(plan_for(lexicon, skill("Terraform"), library=(line,)))[0] == "mention_in_summary"


def test_what_a_person_decided_against_is_a_gap(lexicon: Lexicon) -> None:
    entry = {**DOCUMENT["work_experience"][0], "description": "- Evaluated GraphQL but did not adopt it"}
    assert only(plan_for(lexicon, skill("GraphQL"), document={"work_experience": [entry]}))[0] == "gap"


def test_years_that_the_dates_do_not_add_up_to_are_a_gap(lexicon: Lexicon) -> None:
    years = Requirement(id="r1", text="20+ years of nursing", kind="experience", years=20)
    plan = plan_for(lexicon, years)
    assert only(plan)[0] == "gap"
    assert "20 years" in plan.items[0].why


def test_a_degree_that_is_not_there_is_a_gap(lexicon: Lexicon) -> None:
    doctor = Requirement(id="r1", text="A PhD in physics", kind="education", degree=4)
    assert only(plan_for(lexicon, doctor))[0] == "gap"


def test_a_degree_above_the_one_asked_is_shown(lexicon: Lexicon) -> None:
    school = Requirement(id="r1", text="A high school diploma", kind="education", degree=1)
    assert only(plan_for(lexicon, school))[0] == "already_shown"


def test_every_requirement_gets_an_item(lexicon: Lexicon) -> None:
    asked = [skill(name, f"r{n}") for n, name in enumerate(["Python", "Kafka", "Rust", "Terraform"])]
    assert [item.requirement_id for item in plan_for(lexicon, *asked).items] == ["r0", "r1", "r2", "r3"]


def test_only_skills_that_the_person_shows_are_to_be_added(lexicon: Lexicon) -> None:
    plan = plan_for(lexicon, skill("PostgreSQL", "r1"), skill("Terraform", "r2"), skill("Python", "r3"))
    assert plan.keywords_to_add == ("PostgreSQL",)


def test_the_target_is_what_is_left_when_the_gaps_are_taken_out(lexicon: Lexicon) -> None:
    plan = plan_for(lexicon, skill("Python", "r1"), skill("PostgreSQL", "r2"), skill("Terraform", "r3"))
    assert plan.target_score == pytest.approx(66.67)


def test_a_job_that_asks_nothing_has_an_empty_plan(lexicon: Lexicon) -> None:
    assert plan_for(lexicon) == Plan()


@pytest.mark.parametrize(
    ("path", "part"),
    [("/summary", "/summary"), (BOOKING, FREIGHT), ("/projects/3/highlights", "/projects/3"), ("/skills", "/skills")],
)
def test_a_path_names_its_part(path: str, part: str) -> None:
    assert part_of(path) == part
