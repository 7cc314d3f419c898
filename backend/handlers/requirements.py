"""What a job asks."""

from fastapi import APIRouter

from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.requirements import RequirementsFound, RequirementsRequest

router = APIRouter(prefix="/requirements", tags=["library"])


@router.post("/extract", responses=problems(401, 422, 503))
async def extract_requirements(body: RequirementsRequest, user: User, container: Deps) -> RequirementsFound:
    """Find the requirements in a job advertisement: what kind each is, whether it is required, and where it says so."""
    found, warnings = container.requirements.extract(body.text)
    return RequirementsFound(requirements=found, warnings=warnings)
