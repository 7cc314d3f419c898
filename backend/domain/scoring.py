"""The score: how much of what a job asks a resume shows. Words and dates alone decide; same input, same score.

    match_score = 100 · Σ weight·credit / Σ weight      weight 1.0 for what is required, 0.5 for what is preferred

The credit of a requirement, 0 to 1:

- skills: 1.0 for one shown in a highlight or a sentence of the summary, 0.6 for one only listed (in `skills`, in an
  entry's technologies or in a sentence that is a list of keywords), 0 otherwise; the mean over the skills, or the best
  where the job says "or". Naming a skill twice earns nothing. Languages and credentials belong in lists: 1.0 there.
- years: years of work over years asked, at most 1. Education: 1 from the level asked upwards.
- prose: the share of its word weight that the best line says too, of half its weight and at most 1.
- a requirement with several of these is their mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from backend.domain.job import JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.requirements import highest_degree
from backend.domain.resume import Resume, WorkEntry
from backend.domain.tenure import years_of_work

LISTED_CREDIT = 0.6
_ENOUGH_OVERLAP = 0.5
NATURAL_MENTIONS = 5


class ScorePart(Model):
    """One requirement's part of the match score. `gap` is what it still costs, in points of 100."""

    requirement_id: str
    text: str
    credit: float
    weight: float
    shown_in: tuple[str, ...] = ()
    gap: float


class MatchScore(Model):
    value: float
    parts: tuple[ScorePart, ...] = ()


@dataclass(frozen=True)
class Scorer:
    lexicon: Lexicon
    today: date

    def view(self, resume: Resume) -> "ResumeView":
        return ResumeView(resume, self.lexicon, self.today)

    def match(self, analysis: JobAnalysis, resume: Resume, *, places: bool = False) -> MatchScore:
        """The score with its parts; `places` also says where each skill is shown."""
        view = self.view(resume)
        total = sum(r.weight for r in analysis.requirements)
        parts = []
        earned = 0.0
        for requirement in analysis.requirements:
            credit = view.credit(requirement)
            earned += requirement.weight * credit
            parts.append(
                ScorePart(
                    requirement_id=requirement.id,
                    text=requirement.text,
                    credit=round(credit, 4),
                    weight=requirement.weight,
                    shown_in=view.places(requirement.skills)[:3] if places else (),
                    gap=round(100 * requirement.weight * (1 - credit) / total, 2),
                )
            )
        return MatchScore(value=round(100 * earned / total, 2) if total else 0.0, parts=tuple(parts))

    def coverage(self, analysis: JobAnalysis, resume: Resume) -> float:
        """`keyword_coverage`: the mean credit of the required skills; 1.0 for a job that requires none."""
        view = self.view(resume)
        earned = [view.skill_credit(skill) for skill in analysis.required_skills]
        return round(sum(earned) / len(earned), 4) if earned else 1.0

    def overused(self, analysis: JobAnalysis, resume: Resume) -> list[str]:
        """Skills the job asks that the resume names more often than anybody would."""
        view = self.view(resume)
        asked = (*analysis.required_skills, *analysis.preferred_skills)
        limit = max(NATURAL_MENTIONS, len(view.shown) // 4)
        names = [self.lexicon.read(text).named for _, text in view.shown]
        return [s for s in asked if sum(self.lexicon.vocabulary.canonical(s) in named for named in names) > limit]


class ResumeView:
    """One resume as the scorer sees it: the lines that show, the lines that list, degrees and years."""

    def __init__(self, resume: Resume, lexicon: Lexicon, today: date) -> None:
        self._resume, self._lexicon, self._today = resume, lexicon, today
        self.shown: list[tuple[str, str]] = []
        self.listed: list[tuple[str, str]] = []
        self._credits: dict[str, float] = {}
        for path, text in _sentences(resume):
            (self.listed if lexicon.read(text).is_list else self.shown).append((path, text))
        self.listed += [(f"/skills/{n}", text) for n, text in enumerate(resume.skills)]
        for path, entry in resume.entries():
            self.listed += [(f"{path}/technologies", text) for text in entry.technologies]
        self.listed += [(f"/certifications/{n}", c.name) for n, c in enumerate(resume.certifications)]
        self.listed += [(f"/languages/{n}", f"{s.language} {s.fluency}") for n, s in enumerate(resume.languages)]

    @cached_property
    def years(self) -> float:
        return years_of_work(self._resume.work_experience, self._today)

    @cached_property
    def degree(self) -> int:
        return highest_degree(f"{school.degree} {school.field}" for school in self._resume.education)

    def places(self, skills: Iterable[str]) -> tuple[str, ...]:
        """Where skills are shown, for each the strongest place first."""
        lines = (*self.shown, *self.listed)
        found = (path for skill in skills for path, text in lines if self._lexicon.names(text, skill))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        """The vocabulary's skills that are shown, and those that are listed."""
        read = self._lexicon.read
        shown = frozenset(name for _, text in self.shown for name in read(text).skills)
        return shown, frozenset(name for _, text in self.listed for name in read(text).skills)

    def skill_credit(self, skill: str) -> float:
        credit = self._credits.get(skill)
        if credit is None:
            full = self._lexicon.kind(skill) in ("language", "credential")
            shown, listed = (self._is_in(skill, side) for side in (0, 1))
            credit = 1.0 if shown or (listed and full) else LISTED_CREDIT if listed else 0.0
            self._credits[skill] = credit
        return credit

    def _is_in(self, skill: str, side: int) -> bool:
        name, asked = self._lexicon.wanted(skill)
        if name and name in self._named[side]:
            return True
        lines = (self.shown, self.listed)[side]
        return bool(asked or not name) and any(self._lexicon.names(text, skill) for _, text in lines)

    def prose_credit(self, text: str) -> float:
        lines = (line for _, line in (*self.shown, *self.listed))
        return min(1.0, max((self._lexicon.overlap(text, line) for line in lines), default=0.0) / _ENOUGH_OVERLAP)

    def credit(self, requirement: Requirement) -> float:
        parts: list[float] = []
        if requirement.skills:
            earned = [self.skill_credit(skill) for skill in requirement.skills]
            parts.append(max(earned) if requirement.any_of else sum(earned) / len(earned))
        if requirement.years:
            parts.append(min(1.0, self.years / requirement.years))
        if requirement.degree:
            parts.append(float(self.degree >= requirement.degree))
        if requirement.kind not in ("skill", "language") and not requirement.degree:
            parts.append(self.prose_credit(requirement.text))
        return sum(parts) / len(parts) if parts else 0.0


def _sentences(resume: Resume) -> Iterable[tuple[str, str]]:
    if resume.summary:
        yield "/summary", resume.summary
    for path, entry in resume.entries():
        if entry_text := entry.summary if isinstance(entry, WorkEntry) else entry.description:
            yield path, entry_text
        for n, highlight in enumerate(entry.highlights):
            yield f"{path}/highlights/{n}", highlight
    for n, text in enumerate(resume.achievements):
        yield f"/achievements/{n}", text
