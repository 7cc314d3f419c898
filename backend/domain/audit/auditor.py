"""The audit of a resume: of the file it is in, of the resume itself and, with a job, of how it answers that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backend.domain.audit.consistency import consistency_issues
from backend.domain.audit.content import content_issues
from backend.domain.audit.dates import date_issues
from backend.domain.audit.file import file_issues
from backend.domain.audit.headings import heading_issues
from backend.domain.audit.issue import Issue
from backend.domain.audit.keywords import Keyword, keyword_issues, keywords
from backend.domain.audit.points import AreaScore, Mode, by_area, total
from backend.domain.audit.source import Source
from backend.domain.audit.spelling import Speller
from backend.domain.audit.structure import audit
from backend.domain.job import JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.scoring import Scorer

_RANK = {"error": 0, "warning": 1, "hint": 2}


class AuditReport(Model):
    """`score` is 0 to 100 (see `points`), `areas` its parts, `findings` the worst first. With a job, `coverage` (0 to 1) is
    the mean credit of the skills it requires and `match_score` (0 to 100) that of all it asks."""

    score: float
    mode: Mode
    areas: tuple[AreaScore, ...]
    findings: tuple[Issue, ...] = ()
    coverage: float | None = None
    match_score: float | None = None
    keywords: tuple[Keyword, ...] = ()


@dataclass(frozen=True)
class Auditor:
    """Same input, same report. Without a speller, spelling is not looked at."""

    lexicon: Lexicon
    today: date
    speller: Speller | None = None

    def report(
        self, resume: Resume, source: Source | None = None, analysis: JobAnalysis | None = None, mode: Mode = "strict"
    ) -> AuditReport:
        source = source or Source()
        scorer = Scorer(self.lexicon, self.today)
        found = keywords(resume, analysis, scorer) if analysis else ()
        coverage = scorer.coverage(analysis, resume) if analysis else None
        issues = [*self._issues(resume, source)]
        if analysis:
            issues += keyword_issues(resume, analysis, scorer, found)
        areas = by_area(issues, mode, file=source.layout is not None, coverage=coverage)
        return AuditReport(
            score=total(areas),
            mode=mode,
            areas=areas,
            findings=tuple(sorted(issues, key=lambda found: _RANK[found.severity])),
            coverage=coverage,
            match_score=scorer.match(analysis, resume).value if analysis else None,
            keywords=found,
        )

    def _issues(self, resume: Resume, source: Source) -> Iterator[Issue]:
        if source.layout is not None:
            yield from file_issues(source.layout, source.hidden, resume.contact)
        yield from audit(resume, self.today)
        yield from heading_issues(resume, source.headings)
        yield from date_issues(resume, source.lines, self.today)
        yield from consistency_issues(resume, self.lexicon, self.today)
        yield from content_issues(resume, self.today)
        if self.speller:
            yield from self.speller.issues(resume)
