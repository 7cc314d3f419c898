"""analyze: what the job asks, as the analyst model reads it and the job's own text confirms."""

from backend.domain.job import Job, JobAnalysis
from backend.domain.job_reading import demands_in
from backend.domain.lexicon import Lexicon
from backend.domain.requirements import typed
from backend.pipeline.beside import beside
from backend.ports import LanguageModel
from backend.tasks.analyze_job import AnalyzeJob


async def analyze(job: Job, model: LanguageModel, lexicon: Lexicon, marker: str) -> JobAnalysis:
    task = AnalyzeJob(job=job, marker=marker)
    said = (await model.run(task)).output
    lines = [task.lines[n - 1] for n in dict.fromkeys(said.key_requirements) if 0 < n <= len(task.lines)]
    analysis = JobAnalysis(
        required_skills=tuple(said.required_skills),
        preferred_skills=tuple(said.preferred_skills),
        seniority=said.seniority,
        domain=said.domain,
        culture_signals=tuple(said.culture_signals[:6]),
        key_requirements=tuple(sentence for line in lines[:14] for sentence in demands_in(line)),
    )
    text = f"{job.title}\n{job.text}"
    return await beside(len(text), lambda: typed(analysis, text, lexicon))
