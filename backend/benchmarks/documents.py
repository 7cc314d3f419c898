"""How long files take: read in the sandbox, and written."""

import time
from collections.abc import Callable
from datetime import date

from backend.benchmarks import workload
from backend.benchmarks.table import Row, percentile
from backend.data import load_lexicon
from backend.documents.reading.sandbox import Sandbox
from backend.documents.writing.formats import File, write
from backend.domain.content import resume_evidence
from backend.domain.grounding import Grounder, support_for
from backend.domain.resume import Resume
from backend.domain.stored_shape import read

_TIMES = 40


async def rows() -> list[Row]:
    resume = read(workload.resume())
    two = _two_pages(resume)
    pdf, word = write(two, "pdf"), write(two, "docx")
    reading = await _read(pdf.data)
    made = _timed(lambda: write(two, "pdf")), _timed(lambda: write(two, "docx"))
    fresh, known = _checks(resume)
    return [
        Row(f"PDF of {pdf.pages} pages read and parsed, sandbox included, p95", "≤ 300 ms", f"{reading:.0f} ms", reading <= 300),
        Row("PDF written, warm, p95", "≤ 60 ms", f"{made[0]:.0f} ms", made[0] <= 60),
        Row(f"DOCX written, warm, p95 ({len(word.data):,} bytes)", "≤ 120 ms", f"{made[1]:.0f} ms", made[1] <= 120),
        Row("edits checked a second, lines never seen", "≥ 2,000", f"{fresh:,.0f}", fresh >= 2_000),
        Row("edits checked a second, lines seen before", "≥ 2,000", f"{known:,.0f}", known >= 2_000),
    ]  # fmt: skip


def _two_pages(resume: Resume) -> Resume:
    """The resume with its highlights told again until it fills two pages."""
    while write(resume, "pdf").pages < 2:
        longer = tuple(
            job.model_copy(update={"highlights": (*job.highlights, *job.highlights[:2])})
            for job in resume.work_experience
        )
        resume = resume.model_copy(update={"work_experience": longer})
    return resume


async def _read(data: bytes) -> float:
    sandbox = Sandbox()
    try:
        await sandbox.start()
        seconds = []
        for _ in range(_TIMES):
            started = time.perf_counter()
            await sandbox.read(data)
            seconds.append(time.perf_counter() - started)
        return percentile(seconds, 0.95) * 1000
    finally:
        await sandbox.close()


def _timed(make: Callable[[], File]) -> float:
    make()
    seconds = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        make()
        seconds.append(time.perf_counter() - started)
    return percentile(seconds, 0.95) * 1000


def _checks(resume: Resume) -> tuple[float, float]:
    """Checks a second of lines new to the checker, whose evidence is not, and of the same lines again."""
    grounder = Grounder(load_lexicon())
    lines = [line for job in resume.work_experience for line in job.highlights]
    support = support_for("/work_experience/0/highlights", tuple(resume_evidence(resume)), resume, date(2026, 11, 1))
    texts = [f"{line} with team {n}" for n in range(40) for line in lines]
    grounder.check(texts[0], support)
    rates = []
    for _ in range(2):
        started = time.process_time()
        for text in texts:
            grounder.check(text, support)
        rates.append(len(texts) / (time.process_time() - started))
    return rates[0], rates[1]
