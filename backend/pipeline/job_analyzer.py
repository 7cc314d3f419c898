"""analyze: what the job asks, as the analyst model reads it and the job's own text confirms."""

from backend.domain.job import Job, JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.requirements import typed
from backend.ports import LanguageModel
from backend.tasks.analyze_job import AnalyzeJob


async def analyze(job: Job, model: LanguageModel, lexicon: Lexicon, marker: str) -> JobAnalysis:
    answer = await model.run(AnalyzeJob(job=job, marker=marker))
    said = answer.output
    analysis = JobAnalysis(
        required_skills=tuple(said.required_skills),
        preferred_skills=tuple(said.preferred_skills),
        seniority=said.seniority,
        domain=said.domain,
        culture_signals=tuple(said.culture_signals[:6]),
        key_requirements=tuple(said.key_requirements[:14]),
    )
    return typed(analysis, f"{job.title}\n{job.text}", lexicon)
