"""The Idempotency-Key header, on requests that cost money."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Header, Request, Response
from pydantic import BaseModel

from backend.container import Container
from backend.errors import TailorError
from backend.handlers.problems import MEDIA_TYPE, problem_response
from backend.ports import KeptAnswer

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        max_length=200,
        description="A name of your choosing, such as a UUID. The same request with the same key is done once; for 24 hours "
        "its answer is given again.",
    ),
]
_HEADERS = ("location",)
Do = Callable[[str], Awaitable[Response]]
"""Does the work; it is given the id for what it makes, "" for any."""


async def once(
    request: Request, container: Container, user_id: str, key: str | None, body: BaseModel, do: Do
) -> Response:
    """The answer of `do`, which happens once for a key. An error that trying again cannot mend is an answer too."""
    if key is None:
        return await do("")

    async def work(made: str) -> tuple[KeptAnswer, bool]:
        try:
            response = await do(made)
        except TailorError as error:
            if error.retryable or error.status >= 500:
                raise
            return _kept(_problem(request, error)), True
        return _kept(response), True

    sent = json.dumps(body.model_dump(mode="json"), sort_keys=True).encode()
    route = f"{request.method} {request.url.path}"
    reply = await container.idempotency.once(user_id, route, key, sent, work)
    return _response(request, reply.answer, replayed=reply.replayed)


def _problem(request: Request, error: TailorError) -> Response:
    return problem_response(request, error.status, error.code, error.title, error.detail, retryable=error.retryable)


def _kept(response: Response) -> KeptAnswer:
    headers = {name: response.headers[name] for name in _HEADERS if name in response.headers}
    return KeptAnswer(response.status_code, bytes(response.body).decode(), response.media_type or "", headers)


def _response(request: Request, answer: KeptAnswer, *, replayed: bool) -> Response:
    body = answer.body
    if answer.media_type == MEDIA_TYPE:  # a problem names the request that it answers
        body = json.dumps(json.loads(body) | {"request_id": getattr(request.state, "request_id", "")})
    headers = dict(answer.headers) | ({"Idempotency-Replayed": "true"} if replayed else {})
    return Response(body, answer.status, headers, answer.media_type)
