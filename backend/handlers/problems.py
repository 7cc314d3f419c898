"""Every error as application/problem+json (RFC 9457), documented in OpenAPI."""

import logging
import math
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from backend.errors import (
    BudgetExhausted,
    Conflict,
    Forbidden,
    InvalidInput,
    NoResume,
    NotConfigured,
    NotFound,
    SpendLimitReached,
    TailorError,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    UnusableAnswer,
    VendorUnavailable,
)
from backend.middleware.headers import headers_for

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("tailor")


class Problem(BaseModel):
    """What went wrong. `code` is stable; `detail` is for people."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    code: str
    detail: str
    request_id: str = ""
    retryable: bool = False
    errors: list[dict[str, Any]] = []


_STATUS_ERRORS: dict[int, tuple[type[TailorError], ...]] = {
    401: (Unauthenticated,),
    402: (BudgetExhausted,),
    403: (Forbidden,),
    404: (NotFound, NoResume),
    409: (Conflict,),
    413: (TooLarge,),
    422: (InvalidInput,),
    429: (TooManyRequests,),
    503: (NotConfigured, VendorUnavailable, SpendLimitReached, UnusableAnswer),
}
_FALLBACK = {
    400: "bad_request",
    403: "forbidden",
    405: "method_not_allowed",
    406: "not_acceptable",
    415: "unsupported_media_type",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: each status with an example."""
    documented: dict[int | str, dict[str, Any]] = {}
    cookies = (403,) if 401 in statuses else ()
    for status in (*statuses, *cookies, 400, 413, 500):
        errors = _STATUS_ERRORS.get(status, ())
        examples = {
            error.code: {"value": _body(status, error.code, error.title, "What happened, and what to do next.")}
            for error in errors
        }
        title = " or ".join(error.title for error in errors) or _title(status)
        documented[status] = {
            "model": Problem,
            "description": title,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}},
        }
    return documented


def _title(status: int) -> str:
    return {400: "The body cannot be read", 500: "Something went wrong on our side"}.get(status, "Error")


def _body(status: int, code: str, title: str, detail: str, **more: Any) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status, "code": code, "detail": detail, **more}


def problem_response(request: Request, status: int, code: str, title: str, detail: str, **more: Any) -> JSONResponse:
    headers = {k: v for k, v in (more.pop("headers", None) or {}).items() if v is not None}
    content = _body(status, code, title, detail, request_id=getattr(request.state, "request_id", ""), **more)
    return JSONResponse(content, status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Render every kind of error the same way."""

    @app.exception_handler(TailorError)
    async def ours(request: Request, error: TailorError) -> JSONResponse:
        if error.status >= 500:
            log.warning("%s %s: %s", request.method, _route(request), error.code)
        headers = {"Retry-After": str(math.ceil(error.retry_after)) if error.retry_after else None}
        if error.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        return problem_response(
            request, error.status, error.code, error.title, error.detail, retryable=error.retryable, headers=headers
        )

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        where = [
            {"at": ".".join(str(part) for part in item["loc"]), "message": _message(item), "kind": item["type"]}
            for item in error.errors()
        ]
        detail = "; ".join(f"{item['at']}: {item['message']}" for item in where[:5])
        return problem_response(request, 422, InvalidInput.code, InvalidInput.title, detail, errors=where)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        known = _STATUS_ERRORS.get(error.status_code)
        code = known[0].code if known else _FALLBACK.get(error.status_code, "error")
        title = known[0].title if known else str(error.detail)
        return problem_response(
            request, error.status_code, code, title, str(error.detail), headers=dict(error.headers or {})
        )

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        log.error("%s %s failed", request.method, _route(request), exc_info=error)
        detail = "This is a fault of ours. Please report it with the request_id."
        response = problem_response(request, 500, "internal", "Something went wrong", detail)
        # Starlette answers this one outside of our middleware.
        response.raw_headers += headers_for(request.url.path, getattr(request.state, "request_id", "").encode())
        return response


def _route(request: Request) -> str:
    """The path as it is declared: what somebody put in it, such as the token of a link, is not for a log."""
    return str(getattr(request.scope.get("route"), "path", "an unknown path"))


def _message(item: dict[str, Any]) -> str:
    """What pydantic says; of JSON that cannot be read, why."""
    return f"JSON decode error: {item['ctx']['error']}" if item["type"] == "json_invalid" else item["msg"]
