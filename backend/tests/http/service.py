"""The API as its callers see it: the application with its embedded twins, entered as a server would enter it.

Why the checks sit in the client: what is true of every answer (its headers, the form of an error, that its status is
documented) is then checked by every test, and not only by the test that thought of it.
"""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from backend.app import create_app
from backend.container import Container, Replace, as_they_are
from backend.settings import Settings

SECRET = "a-secret-for-tests-that-is-long-enough"
MANY = "1000/minute"
SECURITY_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
_numbers = count(1)


def settings_for(data_dir: Path, **more: Any) -> Settings:
    known: dict[str, Any] = {
        "data_dir": data_dir,
        "environment": "test",
        "jwt_secret": SECRET,
        "tailor_rate_limit": MANY,
        "auth_rate_limit": MANY,
    }
    return Settings(_env_file=None, **(known | more))


@dataclass(frozen=True)
class Service:
    app: FastAPI
    http: httpx.AsyncClient

    @property
    def container(self) -> Container:
        container: Container = self.app.state.container
        return container

    def person(self) -> "Person":
        """Somebody new, with a token of their own."""
        user_id = f"{next(_numbers):024x}"
        return Person(self, user_id, self.container.tokens.access(user_id))


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in."""

    service: Service
    id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = self.headers | more.pop("headers", {})
        return await self.service.http.request(method, path, headers=headers, **more)

    async def send(self, path: str, raw: bytes | str, method: str = "POST") -> httpx.Response:
        """A body as it is, said to be JSON."""
        return await self.ask(method, path, content=raw, headers={"Content-Type": "application/json"})

    async def tailor(self, job: str, **more: Any) -> httpx.Response:
        return await self.ask("POST", "/tailor", json={"job_description": job, **more})

    async def keep(self, document: Mapping[str, Any]) -> str:
        """Store a resume; its id."""
        answer = await self.ask("POST", "/resumes", json=document)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def tailorings(self) -> int:
        """How many runs are on record."""
        repository: Any = self.service.container.parts.tailorings
        return int(await repository._tailorings.count_documents({"user_id": self.id}))


@cache
def _described() -> FastAPI:
    """An application whose routes and OpenAPI are made: they are the same for all settings, and take longer than all else that opens
    a service."""
    return create_app(settings_for(Path()))


@asynccontextmanager
async def serve(settings: Settings, override: Replace = as_they_are) -> AsyncIterator[Service]:
    app = create_app(settings, override)
    app.router.routes[:] = _described().routes
    paths: dict[str, Any] = _described().openapi()["paths"]

    async def check(response: httpx.Response) -> None:
        await response.aread()
        check_headers(response)
        check_documented(response, paths)
        if response.status_code >= 400 and response.url.path != "/health/ready":
            check_problem(response)

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=transport, base_url="http://tailor.test", event_hooks={"response": [check]}
        ) as http,
    ):
        yield Service(app, http)


def check_headers(response: httpx.Response) -> None:
    assert response.headers.get("x-request-id"), response.request
    for name, value in SECURITY_HEADERS.items():
        assert response.headers.get_list(name) == [value], f"{name} of {response.request}"


def check_problem(response: httpx.Response) -> None:
    """RFC 9457, with our code and the request's id."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    if response.request.method == "HEAD":
        return
    problem = response.json()
    assert {"type", "title", "status", "code", "detail", "request_id"} <= problem.keys()
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["title"]
    assert problem["detail"]


def check_documented(response: httpx.Response, paths: Mapping[str, Any]) -> None:
    """Its status stands in OpenAPI, unless there is no such operation."""
    for path, operations in paths.items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
        operation = operations.get(response.request.method.lower())
        if operation and re.fullmatch(pattern, response.url.path):
            assert str(response.status_code) in operation["responses"], f"{response.request}: {response.status_code}"


def code_of(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, json.loads(response.text).get("code", "")
