"""Tailor a stored resume and keep the record."""

from dataclasses import dataclass

from backend.domain.job import Job
from backend.domain.tailoring import Options, Tailoring
from backend.errors import NotFound
from backend.pipeline.run import TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline, silent
from backend.ports import Progress, TailoringRepository
from backend.services.resumes import Resumes


@dataclass(frozen=True)
class Tailorings:
    pipeline: TailoringPipeline
    resumes: Resumes
    repository: TailoringRepository

    async def tailor(
        self, user_id: str, job: Job, resume_id: str | None, options: Options, progress: Progress = silent
    ) -> Tailoring:
        """The whole run. The record is written at the end, in one piece: a run that fails leaves nothing behind."""
        stored = await self.resumes.to_tailor(user_id, resume_id)
        request = TailoringRequest(user_id, stored.id, _without_bookkeeping(stored.document), job, options)
        tailoring = await self.pipeline.run(request, progress)
        await self.repository.add(tailoring)
        return tailoring

    async def get(self, user_id: str, tailoring_id: str) -> Tailoring:
        tailoring = await self.repository.get(user_id, tailoring_id)
        if tailoring is None:
            raise NotFound(f"There is no tailoring {tailoring_id!r}.")
        return tailoring


def _without_bookkeeping(document: object) -> dict[str, object]:
    ours = ("user_id", "createdDate", "updatedDate", "deleted")
    return {key: value for key, value in dict(document).items() if key not in ours}  # type: ignore[call-overload]
