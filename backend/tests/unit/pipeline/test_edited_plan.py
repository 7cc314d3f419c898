"""A plan that the person changed."""

import pytest

from backend.domain.content import Evidence
from backend.domain.job import JobAnalysis, Requirement
from backend.domain.plan import Match, Plan, PlanItem
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.errors import InvalidInput
from backend.pipeline.edited_plan import check_edit, revised
from backend.pipeline.evidence_retriever import EvidenceMatrix

LINE = "/work_experience/0/highlights/0"
ENTRY = "/work_experience/0"
ANALYSIS = JobAnalysis(
    requirements=(
        Requirement(id="r1", text="Python", kind="skill"),
        Requirement(id="r2", text="Terraform", kind="skill"),
        Requirement(id="r3", text="Kafka", kind="skill"),
    )
)
MATRIX = EvidenceMatrix(
    evidence={
        LINE: Evidence(id=LINE, text="Wrote Python", kind="highlight", entry=ENTRY),
        "/skills/0": Evidence(id="/skills/0", text="Python", kind="skill"),
        "c-1": Evidence(id="c-1", text="Ran Kafka", kind="highlight", entry=ENTRY),
    }
)
PLAN = Plan(
    items=(
        PlanItem(requirement_id="r1", action="rewrite", matches=(Match(evidence=LINE, score=1),), target=LINE, why="x"),
        PlanItem(requirement_id="r2", action="gap", why="x"),
        PlanItem(
            requirement_id="r3",
            action="add_from_library",
            matches=(Match(evidence="c-1", score=1),),
            target=f"{ENTRY}/highlights",
            why="x",
        ),
    ),
    keywords_to_add=("Kafka",),
)


@pytest.fixture(scope="module")
def resume() -> Resume:
    return read({"work_experience": [{"company": "A", "title": "B", "description": "- Wrote Python"}]})


def plan(*items: PlanItem, keywords: tuple[str, ...] = ()) -> Plan:
    return Plan(items=items, keywords_to_add=keywords)


def item(requirement: str, action: str, target: str = "", evidence: str = "") -> PlanItem:
    matches = [{"evidence": evidence, "score": 1}] if evidence else []
    return PlanItem.model_validate(
        {"requirement_id": requirement, "action": action, "target": target, "matches": matches, "why": "I say so."}
    )


def test_what_the_person_does_not_speak_of_stays_as_planned(resume: Resume) -> None:
    assert revised(PLAN, plan(keywords=("Kafka",)), ANALYSIS, resume, MATRIX) == PLAN


def test_an_action_may_be_left_out(resume: Resume) -> None:
    found = revised(PLAN, plan(item("r1", "gap", LINE)), ANALYSIS, resume, MATRIX)
    assert (found.items[0].action, found.items[0].target) == ("gap", "")
    assert found.keywords_to_add == ()


def test_what_the_summary_could_say_may_be_said_there(resume: Resume) -> None:
    found = revised(PLAN, plan(item("r1", "mention_in_summary", "/summary")), ANALYSIS, resume, MATRIX)
    assert found.items[0].target == "/summary"
    assert found.items[0].matches == PLAN.items[0].matches


@pytest.mark.parametrize(
    "wish",
    [
        item("r2", "mention_in_summary", "/summary"),
        item("r2", "rewrite", LINE, evidence="c-nobody"),
        item("r1", "rewrite", "/skills/0"),
        item("r1", "rewrite", "/work_experience/7/highlights/0"),
        item("r1", "mention_in_summary", LINE),
        item("r1", "add_from_library", f"{ENTRY}/highlights"),
        item("r3", "add_from_library", "/work_experience/7/highlights"),
        item("r1", "add_skill", "/skills"),
        item("r1", "promote", LINE),
    ],
)
def test_what_nothing_supports_or_nothing_can_do_is_refused(resume: Resume, wish: PlanItem) -> None:
    with pytest.raises(InvalidInput):
        revised(PLAN, plan(wish), ANALYSIS, resume, MATRIX)


def test_a_skill_that_no_line_shows_cannot_be_added(resume: Resume) -> None:
    with pytest.raises(InvalidInput, match="Terraform"):
        revised(PLAN, plan(keywords=("Terraform",)), ANALYSIS, resume, MATRIX)


@pytest.mark.parametrize("items", [(item("r9", "gap"),), (item("r1", "gap"), item("r1", "gap"))])
def test_a_plan_speaks_of_each_requirement_of_the_job_once(items: tuple[PlanItem, ...]) -> None:
    with pytest.raises(InvalidInput):
        check_edit(plan(*items), ANALYSIS)
