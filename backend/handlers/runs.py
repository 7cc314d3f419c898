"""Tailorings in the background: start, list, look, cancel."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from backend.domain.run_state import RunKind, RunState, TailoringRun
from backend.domain.tailoring import Tailoring
from backend.handlers.context import Deps, User
from backend.handlers.idempotency import IdempotencyKey, once
from backend.handlers.paging import Cursor, Limit, paged
from backend.handlers.problems import problems
from backend.handlers.schemas.runs import PlanRequest, RunItem, RunOut, RunPage, RunStart
from backend.handlers.tailor import job_of
from backend.services.runs import Listed, Terms

_STARTED: dict[int | str, dict[str, Any]] = {
    202: {"model": RunOut, "description": "Accepted; `Location` says where to look"}
}


router = APIRouter(prefix="/tailorings", tags=["runs"])


@router.post("", status_code=202, response_model=RunOut, responses=_STARTED | problems(401, 404, 409, 422, 429, 503))
async def start(
    request: Request, body: RunStart, user: User, container: Deps, idempotency_key: IdempotencyKey = None
) -> Response:
    """Start a tailoring and come back for it. With `plan_id`, carry out a plan made before, as you changed it."""
    await container.limits.count("runs", "start", user)

    async def do(made: str) -> Response:
        terms = Terms(body.priority, body.deadline_seconds, made)
        if body.plan_id is None:
            job = await job_of(body, user, container)
            run = await container.runs.start(user, job, body.resume_id, body.options, terms=terms)
        else:
            options = body.options if "options" in body.model_fields_set else None
            run = await container.runs.carry_out(user, body.plan_id, body.plan, options, terms)
        return _accepted(run)

    return await once(request, container, user, idempotency_key, body, do)


@router.post(
    "/plan", status_code=202, response_model=RunOut, responses=_STARTED | problems(401, 404, 409, 422, 429, 503)
)
async def plan(
    request: Request, body: PlanRequest, user: User, container: Deps, idempotency_key: IdempotencyKey = None
) -> Response:
    """Start a run that stops after the plan. Change the plan as you like, then POST it to /tailorings."""
    await container.limits.count("runs", "plan", user)

    async def do(made: str) -> Response:
        kind: RunKind = "plan"
        terms = Terms(body.priority, body.deadline_seconds, made)
        job = await job_of(body, user, container)
        return _accepted(await container.runs.start(user, job, body.resume_id, body.options, kind=kind, terms=terms))

    return await once(request, container, user, idempotency_key, body, do)


@router.get("", responses=problems(401, 422, 503))
async def list_tailorings(
    user: User,
    container: Deps,
    limit: Limit = 20,
    cursor: Cursor = None,
    state: Annotated[list[RunState] | None, Query(description="Only those in one of these states")] = None,
) -> RunPage:
    """Newest first, those made by POST /tailor too."""
    found = await container.runs.list(user, limit + 1, cursor, state or ())
    page, more = paged(found, limit)
    return RunPage(items=[_item(item) for item in page], next_cursor=more.id if more else None)


@router.get("/{tailoring_id}", response_model=RunOut | Tailoring, responses=problems(401, 404, 422, 503))
async def get_tailoring(tailoring_id: str, user: User, container: Deps) -> Response:
    """A run, with its result if it has succeeded; of a tailoring made by POST /tailor, the record itself."""
    found = await container.runs.get(user, tailoring_id)
    if found.run is None:
        return _json(found.tailoring) if found.tailoring else Response(status_code=404)
    return _json(_out(found.run, found.tailoring))


@router.delete("/{tailoring_id}", responses=problems(401, 404, 409, 422, 503))
async def cancel(tailoring_id: str, user: User, container: Deps) -> RunOut:
    """Cancel a run that is queued or running. Repeating it does no harm."""
    return _out(await container.runs.cancel(user, tailoring_id))


def _accepted(run: TailoringRun) -> Response:
    return Response(
        _out(run).model_dump_json(), 202, {"Location": f"/tailorings/{run.id}"}, media_type="application/json"
    )


def _json(body: RunOut | Tailoring) -> Response:
    """Rendered by the model itself: FastAPI would validate it all over again."""
    return Response(body.model_dump_json(), media_type="application/json")


def _out(run: TailoringRun, result: Tailoring | None = None) -> RunOut:
    known = run.model_dump(
        exclude={"user_id", "deadline", "lane", "batch_size", "takeover", "inputs", "stages", "problem", "plan_result"}
    )
    until = run.finished or datetime.now(UTC)
    return RunOut(
        **known,
        seconds=round((until - run.started).total_seconds(), 3) if run.started else None,
        deadline_seconds=run.deadline,
        takeovers=run.takeover,
        inputs=run.inputs,
        stages=run.stages,
        problem=run.problem,
        plan_result=run.plan_result,
        result=result,
    )


def of_run(run: TailoringRun, made: Tailoring | None) -> RunItem:
    """A run in a list, with the scores of what came of it."""
    known = run.model_dump(include={"id", "kind", "state", "title", "created", "started", "finished", "batch_id"})
    company = made.job.company if made else ""
    return RunItem(**known, company=company, resume_id=run.inputs.resume_id, **_scores(made))


def _scores(made: Tailoring | None) -> dict[str, Any]:
    return {"overall": made.evaluation.overall, "match_score": made.match_score.after} if made else {}


def _item(listed: Listed) -> RunItem:
    run, made = listed.run, listed.tailoring
    if run is not None:
        return of_run(run, made)
    if made is None:
        raise ValueError("a listed tailoring is a run or a record")
    return RunItem(
        id=made.id,
        state="succeeded",
        title=made.job.title,
        company=made.job.company,
        resume_id=made.resume_id,
        created=made.created,
        finished=made.created,
        **_scores(made),
    )
