"""Tailor a stored resume and keep the record."""

from dataclasses import dataclass, replace

from backend.domain.job import Job
from backend.domain.stored_shape import without_bookkeeping
from backend.domain.tailoring import Options, Tailoring
from backend.errors import NotFound
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline, silent
from backend.ports import Progress, TailoringRepository
from backend.services.privacy import Privacy
from backend.services.resumes import Resumes
from backend.services.usage import Usages


@dataclass(frozen=True)
class Tailorings:
    pipeline: TailoringPipeline
    resumes: Resumes
    repository: TailoringRepository
    usages: Usages
    privacy: Privacy

    async def tailor(
        self,
        user_id: str,
        job: Job,
        resume_id: str | None,
        options: Options,
        progress: Progress = silent,
        tailoring_id: str = "",
    ) -> Tailoring:
        """The whole run, within the month's budget. The record is written at the end, in one piece: a run that fails leaves
        nothing behind but what it cost. With `tailoring_id`, a record that is there already is the answer."""
        if tailoring_id and (known := await self.repository.get(user_id, tailoring_id)):
            return known
        async with self.privacy.during(user_id):
            stored = await self.resumes.to_tailor(user_id, resume_id)
            document = without_bookkeeping(stored.document)
            request = TailoringRequest(user_id, stored.id, document, job, options, tailoring_id)
            async with self.usages.run(user_id, self.pipeline.model) as meter:
                tailoring = await replace(self.pipeline, model=meter.model).run(request, progress)
                meter.tailoring_id = tailoring.id
            if not await self.repository.add(tailoring):  # the same request, sent again, was faster
                return await self.get(user_id, tailoring.id)
        return tailoring

    async def get(self, user_id: str, tailoring_id: str) -> Tailoring:
        tailoring = await self.repository.get(user_id, tailoring_id)
        if tailoring is None:
            raise NotFound(f"There is no tailoring {tailoring_id!r}.")
        return tailoring
