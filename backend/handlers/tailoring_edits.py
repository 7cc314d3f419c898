"""Deciding on a tailoring's edits."""

from fastapi import APIRouter, Response

from backend.domain.tailoring import Tailoring
from backend.errors import InvalidInput
from backend.handlers.context import Deps, User
from backend.handlers.problems import problems
from backend.handlers.schemas.voice import DecisionIn

router = APIRouter(tags=["tailoring"])


@router.patch(
    "/tailorings/{tailoring_id}/edits/{edit_id}", response_model=Tailoring, responses=problems(401, 404, 409, 422, 503)
)
async def decide_on_edit(tailoring_id: str, edit_id: str, body: DecisionIn, user: User, container: Deps) -> Response:
    """Accept, reject or reword an edit. The resume changes with it, and the writer learns from it. A wording that your own
    lines do not support is refused."""
    if body.text and body.action != "reword":
        raise InvalidInput("Send a text with the action reword alone.")
    tailoring = await container.tailoring_edits.decide(user, tailoring_id, edit_id, body.action, body.text, body.reason)
    return Response(tailoring.model_dump_json(), media_type="application/json")
