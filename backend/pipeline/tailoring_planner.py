"""plan: for each requirement, show it better or say that it cannot be shown. No model takes part."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.content import Evidence
from backend.domain.job import JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.plan import Match, Plan, PlanItem, SectionChange
from backend.domain.ranking import match
from backend.domain.resume import Resume
from backend.domain.scoring import ResumeView, Scorer
from backend.domain.text import words
from backend.pipeline.evidence_retriever import EvidenceMatrix

SHOWN = 0.999  # a credit from here on is full marks
_ANSWERS = 0.3  # share of a requirement's words a line must say to be evidence for it
_LONGEST_HIGHLIGHT = 45  # words; a library chunk longer than this is no highlight


@dataclass(frozen=True)
class Planner:
    lexicon: Lexicon
    scorer: Scorer

    def plan(self, analysis: JobAnalysis, resume: Resume, matrix: EvidenceMatrix) -> Plan:
        view = self.scorer.view(resume)
        items = tuple(self._item(r, view, matrix) for r in analysis.requirements)
        return Plan(
            items=items,
            target_score=self._target(analysis, items, view),
            keywords_to_add=tuple(self._keywords(analysis, resume, items)),
            section_changes=tuple(_section_changes(items)),
        )

    def _item(self, requirement: Requirement, view: ResumeView, matrix: EvidenceMatrix) -> PlanItem:
        candidates = self._candidates(requirement, matrix)
        matches = tuple(Match(evidence=item.id, score=score) for item, score in candidates[:4])

        def item(action: str, why: str, target: str = "") -> PlanItem:
            return PlanItem.model_validate(
                {"requirement_id": requirement.id, "action": action, "matches": matches, "target": target, "why": why}
            )

        if view.credit(requirement) >= SHOWN:
            return item("already_shown", "The resume shows this.")
        if requirement.years and view.years < requirement.years and not candidates:
            return item("gap", f"Asks {requirement.years:g} years; the resume's dates add up to {view.years:.1f}.")
        if requirement.degree and view.degree < requirement.degree:
            return item("gap", "The education section shows no degree at this level.")
        for evidence, _ in candidates:
            if evidence.in_resume and evidence.kind == "highlight":
                return item("rewrite", "A highlight answers this in other words.", evidence.id)
            if not evidence.in_resume and evidence.entry and len(words(evidence.text)) <= _LONGEST_HIGHLIGHT:
                path = f"{evidence.entry}/highlights"
                return item("add_from_library", "The library has a line on this for that position.", path)
            return item("mention_in_summary", "The person has this, but no sentence says so.", "/summary")
        return item("gap", "Nothing in the resume or the library shows this.")

    def _candidates(self, requirement: Requirement, matrix: EvidenceMatrix) -> list[tuple[Evidence, float]]:
        """Evidence that truly answers, the best first. Being near in meaning is not enough: a skill must be named, prose
        must share words. Lines of the resume come before the library, highlights before lists."""
        near = {m.evidence: m.score for m in matrix.matches.get(requirement.id, ())}
        ranked: list[tuple[tuple[float, ...], Evidence, float]] = []
        for item in matrix.evidence.values():
            if item.kind == "context" and requirement.kind != "skill":
                continue
            score = match(requirement, item.text, self.lexicon)
            if score >= (SHOWN if requirement.kind == "skill" else _ANSWERS):
                strength = round(min(1.0, 0.7 * score + 0.3 * near.get(item.id, 0.0)), 4)
                rank = (item.kind != "highlight", -strength, not item.in_resume)
                ranked.append((rank, item, strength))
        ranked.sort(key=lambda r: (r[0], r[1].id))
        return [(item, strength) for _, item, strength in ranked]

    def _keywords(self, analysis: JobAnalysis, resume: Resume, items: Iterable[PlanItem]) -> Iterable[str]:
        """Skills the job asks, the evidence shows, and the skills section does not name. Only names that belong in such a
        section: those of the hand-kept vocabulary, no credentials, languages or manners."""
        actions = {item.requirement_id: item for item in items}
        for requirement in analysis.requirements:
            if requirement.kind == "skill" and actions[requirement.id].action != "gap":
                known = self.lexicon.vocabulary.lookup(requirement.skills[0])
                belongs = known and known.source == "core" and known.kind in ("tool", "knowledge")
                if known and belongs and not any(self.lexicon.names(listed, known.name) for listed in resume.skills):
                    yield known.name

    def _target(self, analysis: JobAnalysis, items: Iterable[PlanItem], view: ResumeView) -> float:
        gaps = {item.requirement_id for item in items if item.action == "gap"}
        total = sum(r.weight for r in analysis.requirements)
        reach = sum(r.weight * (view.credit(r) if r.id in gaps else 1.0) for r in analysis.requirements)
        return round(100 * reach / total, 2) if total else 0.0


def part_of(path: str) -> str:
    """The part of the resume that a path to change is in: "/summary" or an entry's pointer."""
    return path.partition("/highlights")[0]


def _section_changes(items: Iterable[PlanItem]) -> Iterable[SectionChange]:
    count: dict[tuple[str, str], int] = {}
    for item in items:
        if item.target:
            section = item.target.split("/")[1]
            count[section, item.action] = count.get((section, item.action), 0) + 1
    for (section, action), number in count.items():
        what = action.replace("_", " ")
        yield SectionChange(
            section=section, change=what, why=f"{number} requirement{'s' * (number > 1)} can be shown here"
        )
