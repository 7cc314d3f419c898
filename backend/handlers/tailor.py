"""POST /tailor: the main job."""

from fastapi import APIRouter, Request, Response

from backend.container import Container
from backend.domain.job import Job
from backend.domain.tailoring import Tailoring
from backend.handlers.context import Deps, User
from backend.handlers.idempotency import IdempotencyKey, once
from backend.handlers.problems import problems
from backend.handlers.schemas.tailor import TailorRequest

router = APIRouter(tags=["tailoring"])


@router.post("/tailor", response_model=Tailoring, responses=problems(401, 402, 404, 409, 422, 429, 503))
async def tailor(
    request: Request, body: TailorRequest, user: User, container: Deps, idempotency_key: IdempotencyKey = None
) -> Response:
    """Tailor your resume to a job description. Every edit cites what you wrote; what cannot be shown is a gap."""
    await container.limits.count("tailor", user)

    async def do(made: str) -> Response:
        job = await job_of(body, user, container)
        tailoring = await container.tailorings.tailor(user, job, body.resume_id, body.options, tailoring_id=made)
        return _json(tailoring)

    return await once(request, container, user, idempotency_key, body, do)


async def job_of(body: TailorRequest, user: str, container: Container) -> Job:
    """The job that the request holds, or the stored one that it names; its own title and company come first."""
    if body.job_id is None:
        return Job(text=body.job_description or "", title=body.title, company=body.company)
    return await container.jobs.to_tailor(user, body.job_id, body.title, body.company)


def _json(tailoring: Tailoring) -> Response:
    """Rendered by the model itself: FastAPI would validate it all over again."""
    return Response(tailoring.model_dump_json(), media_type="application/json")
