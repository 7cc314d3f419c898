"""A plan that the person changed, made fit to be carried out.

They may leave things out, and point an action at other lines of theirs. They cannot plan what nothing supports: what is
asked for must be shown by evidence that this run found.
"""

from backend.domain.content import Evidence
from backend.domain.job import JobAnalysis
from backend.domain.plan import Plan, PlanItem
from backend.domain.resume import Resume
from backend.errors import InvalidInput
from backend.pipeline.evidence_retriever import EvidenceMatrix

_NOTHING_TO_DO = ("gap", "already_shown")


def check_edit(edited: Plan, analysis: JobAnalysis) -> None:
    """What can be said of an edited plan before anything is looked up. Raises InvalidInput."""
    known = {requirement.id for requirement in analysis.requirements}
    seen: set[str] = set()
    for item in edited.items:
        if item.requirement_id not in known:
            raise InvalidInput(f"The plan has {item.requirement_id!r}, which is no requirement of this job.")
        if item.requirement_id in seen:
            raise InvalidInput(f"The plan has {item.requirement_id!r} twice.")
        seen.add(item.requirement_id)


def revised(plan: Plan, edited: Plan, analysis: JobAnalysis, resume: Resume, matrix: EvidenceMatrix) -> Plan:
    """`plan` as the person changed it; requirements that they did not speak of stay as planned. `target_score` stays what
    the whole plan would reach. Raises InvalidInput for what cannot be done."""
    check_edit(edited, analysis)
    wanted = {item.requirement_id: item for item in edited.items}
    items = []
    for proposed in plan.items:
        item = wanted.get(proposed.requirement_id, proposed)
        same = (item.action, item.target) == (proposed.action, proposed.target)
        items.append(proposed if same else _possible(item, proposed, resume, matrix))
    unsupported = [skill for skill in edited.keywords_to_add if skill not in plan.keywords_to_add]
    if unsupported:
        raise InvalidInput(f"{unsupported[0]!r} cannot be added to the skills: none of your lines shows it.")
    return plan.model_copy(update={"items": tuple(items), "keywords_to_add": edited.keywords_to_add})


def _possible(item: PlanItem, proposed: PlanItem, resume: Resume, matrix: EvidenceMatrix) -> PlanItem:
    if item.action in _NOTHING_TO_DO:
        return item.model_copy(update={"target": "", "why": item.why or "Left out by you."})
    matches = item.matches or proposed.matches
    evidence = [matrix.evidence[match.evidence] for match in matches if match.evidence in matrix.evidence]
    if not evidence:
        raise InvalidInput(f"Nothing you wrote supports {item.requirement_id!r}, so it can only be a gap.")
    if not _fits(item, evidence, resume, matrix):
        raise InvalidInput(f"{item.action!r} cannot be done at {item.target!r} for {item.requirement_id!r}.")
    supported = tuple(match for match in matches if match.evidence in matrix.evidence)
    return item.model_copy(update={"matches": supported})


def _fits(item: PlanItem, evidence: list[Evidence], resume: Resume, matrix: EvidenceMatrix) -> bool:
    if item.action == "mention_in_summary":
        return item.target == "/summary"
    if item.action == "rewrite":
        line = matrix.evidence.get(item.target)
        return line is not None and line.in_resume and line.kind == "highlight"
    if item.action == "add_from_library":
        entry = item.target.removesuffix("/highlights")
        known = {path for path, _ in resume.entries()}
        return entry in known and any(not e.in_resume and e.entry == entry for e in evidence)
    return False
