"""Audit a resume: stored, or just read from a file; alone, or with the job it is for."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.documents.reading.headings import sections_of
from backend.documents.reading.lines import Line, lines_of
from backend.domain import stored_shape
from backend.domain.audit import Auditor, AuditReport, Heading, Mode, Source, Speller
from backend.domain.job import Job, JobAnalysis
from backend.domain.job_reading import analyse, demands_in
from backend.domain.lexicon import Lexicon
from backend.domain.parsed import ParsedResume
from backend.domain.requirements import typed
from backend.domain.resume import Resume
from backend.pipeline.intake import read_job
from backend.ports import Clock
from backend.services.resumes import Resumes

_DATA = ("json", "yaml")


@dataclass(frozen=True)
class Audits:
    """The job is read by rule, never by a model, so that the same input gives the same report."""

    lexicon: Lexicon
    speller: Speller
    clock: Clock

    def of_document(
        self, document: Mapping[str, Any], job: Job | None = None, mode: Mode = "strict", source: Source | None = None
    ) -> AuditReport:
        """`document` has the stored shape. InvalidInput for a job without words; a resume without any is audited too."""
        return self._report(stored_shape.read(document), job, mode, source)

    def of_file(
        self, parsed: ParsedResume, job: Job | None = None, mode: Mode = "strict", lines: Iterable[Line] | None = None
    ) -> AuditReport:
        """What a file holds and how it is made. `lines` are those it was parsed from, if still at hand: they know headings
        by their looks, which the plain text does not."""
        return self._report(stored_shape.read(parsed.document), job, mode, source_of(parsed, lines))

    def _report(self, resume: Resume, job: Job | None, mode: Mode, source: Source | None) -> AuditReport:
        auditor = Auditor(self.lexicon, self.clock.now().date(), self.speller)
        analysis = job_by_rule(job, self.lexicon) if job else None
        return auditor.report(resume, source, analysis, mode)


@dataclass(frozen=True)
class StoredAudits:
    audits: Audits
    resumes: Resumes

    async def of_resume(
        self, user_id: str, resume_id: str, job: Job | None = None, mode: Mode = "strict"
    ) -> AuditReport:
        """The audit of a stored resume, and of the file it came in unless it has been changed since. NotFound if it is not
        this person's."""
        stored = await self.resumes.get(user_id, resume_id)
        parsed = await self.resumes.reread(user_id, stored)
        source = await asyncio.to_thread(source_of, parsed) if parsed else None
        # Some milliseconds for a resume as people have them, half a second for the largest that is taken.
        return await asyncio.to_thread(self.audits.of_document, stored.document, job, mode, source)


def source_of(parsed: ParsedResume, lines: Iterable[Line] | None = None) -> Source:
    """What an audit wants to know of a file that was parsed. Data files have no headings of their own."""
    known = list(lines_of(parsed.text) if lines is None else lines)
    headings = () if parsed.kind in _DATA else headings_of(known)
    texts = () if parsed.kind in _DATA else tuple(parsed.text.split("\n"))
    return Source(parsed.layout, parsed.hidden, texts, headings)


def headings_of(lines: list[Line]) -> tuple[Heading, ...]:
    return tuple(Heading(section.title, section.key) for section in sections_of(lines) if section.title)


def job_by_rule(job: Job, lexicon: Lexicon) -> JobAnalysis:
    """What a job asks, read from its text alone. InvalidInput if it has no words, or too many."""
    job, _ = read_job(job)
    lines = [line.strip() for line in job.text.split("\n") if line.strip()]
    reading = analyse(job.text, lexicon)
    analysis = JobAnalysis(
        required_skills=reading.required_skills,
        preferred_skills=reading.preferred_skills,
        seniority=reading.seniority,
        domain=reading.domain,
        culture_signals=reading.culture_signals,
        key_requirements=tuple(s for n in reading.key_lines if n <= len(lines) for s in demands_in(lines[n - 1])),
    )
    return typed(analysis, f"{job.title}\n{job.text}", lexicon)
