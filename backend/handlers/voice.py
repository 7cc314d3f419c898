"""What people teach the writer."""

from fastapi import APIRouter, Response

from backend.domain.voice import VoiceEntry
from backend.handlers.context import Deps, User
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.voice import (
    ExampleIn,
    ExampleOut,
    ExamplePage,
    FeedbackIn,
    FeedbackOut,
    FeedbackPage,
)
from backend.services.voice import Said

router = APIRouter(prefix="/voice", tags=["voice"])


@router.post("/examples", status_code=201, responses=problems(401, 422, 503))
async def add_example(body: ExampleIn, user: User, container: Deps, response: Response) -> ExampleOut:
    """Show how you write."""
    entry = await container.voice.add_example(user, body.kind, body.text)
    response.headers["Location"] = f"/voice/examples/{entry.id}"
    return _example(entry)


@router.get("/examples", responses=problems(401, 422, 503))
async def list_examples(user: User, container: Deps, limit: Limit = 20, cursor: Cursor = None) -> ExamplePage:
    """Newest first."""
    found = await container.voice.examples(user, limit + 1, cursor)
    page, more = paged(found, limit)
    return ExamplePage(items=[_example(entry) for entry in page], next_cursor=more.id if more else None)


@router.delete("/examples/{example_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_example(example_id: str, user: User, container: Deps) -> None:
    await container.voice.delete(user, example_id, "example")


@router.post("/feedback", status_code=201, responses=problems(401, 404, 422, 503))
async def add_feedback(body: FeedbackIn, user: User, container: Deps, response: Response) -> FeedbackOut:
    """Say what you think of a line. A wording that you reject or flag is not written again."""
    entry = await container.voice.add_feedback(user, Said(**body.model_dump()))
    response.headers["Location"] = f"/voice/feedback/{entry.id}"
    return _feedback(entry)


@router.get("/feedback", responses=problems(401, 422, 503))
async def list_feedback(user: User, container: Deps, limit: Limit = 20, cursor: Cursor = None) -> FeedbackPage:
    """Newest first."""
    found = await container.voice.feedback(user, limit + 1, cursor)
    page, more = paged(found, limit)
    return FeedbackPage(items=[_feedback(entry) for entry in page], next_cursor=more.id if more else None)


@router.delete("/feedback/{feedback_id}", status_code=204, responses=problems(401, 404, 422, 503))
async def delete_feedback(feedback_id: str, user: User, container: Deps) -> None:
    """Take it back."""
    await container.voice.delete(user, feedback_id, "feedback")


def _example(entry: VoiceEntry) -> ExampleOut:
    return ExampleOut.model_validate({name: getattr(entry, name) for name in ExampleOut.model_fields})


def _feedback(entry: VoiceEntry) -> FeedbackOut:
    return FeedbackOut.model_validate({name: getattr(entry, name) for name in FeedbackOut.model_fields})
