"""POST /tailor: the main job."""

from fastapi import APIRouter, Request, Response
from slowapi import Limiter

from backend.domain.job import Job
from backend.domain.tailoring import Tailoring
from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.tailor import TailorRequest


def make_router(limiter: Limiter, rate: str) -> APIRouter:
    router = APIRouter(tags=["tailoring"])

    @router.post("/tailor", response_model=Tailoring, responses=problems(401, 404, 422, 429, 503))
    @limiter.limit(rate, key_func=lambda request: request.state.user_id)
    async def tailor(request: Request, body: TailorRequest, user: User, container: Deps) -> Response:
        """Tailor your resume to a job description. Every edit cites what you wrote; what cannot be shown is a gap."""
        job = Job(text=body.job_description, title=body.title, company=body.company)
        tailoring = await container.tailorings.tailor(user, job, body.resume_id, body.options)
        return _json(tailoring)

    @router.get("/tailorings/{tailoring_id}", response_model=Tailoring, responses=problems(401, 404, 422, 503))
    async def get_tailoring(tailoring_id: str, user: User, container: Deps) -> Response:
        """The record of a run."""
        return _json(await container.tailorings.get(user, tailoring_id))

    return router


def _json(tailoring: Tailoring) -> Response:
    """Rendered by the model itself: FastAPI would validate it all over again."""
    return Response(tailoring.model_dump_json(), media_type="application/json")
