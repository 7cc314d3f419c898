"""POST /verify: is every claim of a tailored resume in its original?"""

from fastapi import APIRouter

from backend.domain.comparison import Comparison
from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.verify import VerifyRequest

router = APIRouter(tags=["tailoring"])


@router.post("/verify", responses=problems(401, 422, 503))
async def verify(body: VerifyRequest, user: User, container: Deps) -> Comparison:
    """Checks a tailored resume, from any tool, against the original and the library. Nothing is stored."""
    return container.verifications.verify(body.original, body.tailored, body.library)
