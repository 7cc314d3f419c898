"""evaluate: coverage, order and form of an attempt, and the overall score they make."""

import asyncio
from dataclasses import dataclass
from datetime import date

from backend.domain.audit import ats_compatibility, audit, overused
from backend.domain.evaluation import Evaluation, evaluation
from backend.domain.ranking import order_quality
from backend.domain.resume import Resume
from backend.domain.scoring import Scorer
from backend.errors import TailorError
from backend.pipeline.run import Case
from backend.ports import LanguageModel
from backend.tasks.judge_relevance import JudgeRelevance


@dataclass(frozen=True)
class ResumeEvaluator:
    scorer: Scorer
    today: date

    async def evaluate(
        self, case: Case, resume: Resume, model: LanguageModel, marker: str
    ) -> tuple[Evaluation, list[str]]:
        """The evaluation and the warnings it gives rise to. Without a judge's answer the order is measured by code."""
        warnings: list[str] = []
        asking = asyncio.ensure_future(model.run(JudgeRelevance(resume, case.analysis, marker)))
        await asyncio.sleep(0)  # the question is on its way; what is left to compute is computed while the judge thinks
        issues = list(audit(resume, self.today))
        issues += [overused(skill) for skill in self.scorer.overused(case.analysis, resume)]
        coverage = self.scorer.coverage(case.analysis, resume)
        try:
            ranking = (await asking).output.score / 100
        except TailorError as error:
            ranking = order_quality(resume, case.relevance.of)
            warnings.append(
                f"The judge model did not answer ({error.code}); the order of highlights was measured by rule."
            )
        return evaluation(coverage, ranking, ats_compatibility(issues), tuple(issues)), warnings
