"""What is true of the API as a whole: who is let in, what every answer carries, what is documented."""

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.container import Container, Dependency, Parts
from backend.errors import VendorUnavailable
from backend.tests.http.service import SECRET, Person, Service, code_of, serve, settings_for
from backend.tests.standin import StandIn, Status

PUBLIC = {
    ("GET", "/health"),
    ("GET", "/health/ready"),
    ("POST", "/auth/register"),
    ("POST", "/auth/login"),
    ("POST", "/auth/refresh"),
    ("GET", "/auth/oidc/login"),
    ("GET", "/auth/oidc/callback"),
    ("POST", "/auth/session"),  # by cookie
    ("GET", "/shared/{token}"),
}
PAGES = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/redoc"}
LIMIT = 2_000_000


def operations(service: Service) -> list[tuple[str, str, dict[str, Any]]]:
    paths = service.app.openapi()["paths"]
    return [(method.upper(), path, operation) for path, found in paths.items() for method, operation in found.items()]


# Who is let in


async def test_every_route_asks_for_a_token_or_is_on_the_public_list(service: Service) -> None:
    for method, path, _ in operations(service):
        if (method, path) not in PUBLIC:
            answer = await service.http.request(method, re.sub(r"\{\w+\}", "x", path), json={})
            assert code_of(answer) == (401, "unauthenticated"), f"{method} {path}"


async def test_the_public_list_names_only_what_there_is(service: Service) -> None:
    assert {(method, path) for method, path, _ in operations(service)} >= PUBLIC


def test_the_documentation_says_which_routes_ask_for_a_token(service: Service) -> None:
    for method, path, operation in operations(service):
        assert bool(operation.get("security")) == ((method, path) not in PUBLIC), f"{method} {path}"


def test_no_page_is_served_that_is_not_on_the_list(service: Service) -> None:
    outside = {getattr(route, "path", None) for route in service.app.routes} - {None}
    documented = {path for _, path, _ in operations(service)}
    assert outside - documented == PAGES


# Health


async def test_health_answers(service: Service) -> None:
    answer = await service.http.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_ready_names_every_dependency_and_its_twin(service: Service) -> None:
    answer = await service.http.get("/health/ready")
    found = {item["name"]: item for item in answer.json()["dependencies"]}
    assert answer.status_code == 200
    assert set(found) == {"language_model", "embedder", "vector_index", "database"}
    assert all(item["embedded"] and item["status"] == "ok" for item in found.values())


async def test_ready_is_a_503_when_a_dependency_is_gone(service: Service) -> None:
    async def gone() -> None:
        raise VendorUnavailable("MongoDB is not available.")

    container: Container = service.app.state.container
    broken = Dependency("database", "mongodb", embedded=False, check=gone)
    service.app.state.container = replace(container, dependencies=(*container.dependencies[:3], broken))
    try:
        answer = await service.http.get("/health/ready")
    finally:
        service.app.state.container = container
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert answer.json()["dependencies"][3]["detail"] == "MongoDB is not available."


# Errors


@pytest.mark.parametrize("path", ["/nowhere", "/tailor/x", "/resumes/a/b", "/.env", "//"])
async def test_a_path_that_does_not_exist_is_a_problem(ada: Person, path: str) -> None:
    assert code_of(await ada.ask("GET", path)) == (404, "not_found")


@pytest.mark.parametrize(("method", "path"), [("GET", "/tailor"), ("PATCH", "/resumes"), ("POST", "/health")])
async def test_a_method_that_is_not_served_says_which_are(ada: Person, method: str, path: str) -> None:
    answer = await ada.ask(method, path)
    assert code_of(answer) == (405, "method_not_allowed")
    assert answer.headers["allow"]


async def test_a_fault_of_ours_is_a_problem_that_tells_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        async def list(self, *_: Any) -> Any:
            raise RuntimeError("the inner workings")

    def break_it(parts: Parts) -> Parts:
        resumes: Any = Broken()
        return replace(parts, resumes=resumes)

    async with serve(settings_for(tmp_path), break_it) as service:
        answer = await service.person().ask("GET", "/resumes")
    assert code_of(answer) == (500, "internal")
    assert "inner workings" not in answer.text
    assert "inner workings" in caplog.text


async def test_a_vendor_error_says_whether_to_try_again(tmp_path: Path) -> None:
    class Down:
        async def list(self, *_: Any) -> Any:
            raise VendorUnavailable("MongoDB is not available.", retry_after=7)

    def take_down(parts: Parts) -> Parts:
        resumes: Any = Down()
        return replace(parts, resumes=resumes)

    async with serve(settings_for(tmp_path), take_down) as service:
        answer = await service.person().ask("GET", "/resumes")
    assert code_of(answer) == (503, "vendor_unavailable")
    assert (answer.json()["retryable"], answer.headers["retry-after"]) == (True, "7")


# Bodies


async def pieces(size: int) -> AsyncIterator[bytes]:
    """A body of no announced length."""
    while size > 0:
        yield b" " * min(size, 65_536)
        size -= 65_536


async def test_a_body_over_the_limit_is_refused_by_its_announced_length(ada: Person) -> None:
    assert code_of(await ada.send("/tailor", b" " * (LIMIT + 1))) == (413, "too_large")


async def test_a_body_over_the_limit_is_refused_when_no_length_was_announced(ada: Person) -> None:
    answer = await ada.ask("POST", "/tailor", content=pieces(LIMIT + 1))
    assert code_of(answer) == (413, "too_large")


async def test_a_length_that_lies_does_not_help(ada: Person) -> None:
    answer = await ada.ask("POST", "/tailor", content=pieces(LIMIT + 1), headers={"Content-Length": "5"})
    assert code_of(answer) == (413, "too_large")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_of_just_the_limit_is_read(ada: Person, announced: bool) -> None:
    content = b" " * LIMIT if announced else pieces(LIMIT)
    headers = {"Content-Type": "application/json"}
    assert (await ada.ask("POST", "/tailor", content=content, headers=headers)).status_code == 422


async def test_the_service_goes_on_after_a_body_that_was_too_large(ada: Person) -> None:
    await ada.ask("POST", "/tailor", content=pieces(LIMIT * 2))
    assert (await ada.ask("GET", "/resumes")).status_code == 200


# Headers


async def test_a_callers_request_id_comes_back(service: Service) -> None:
    answer = await service.http.get("/health", headers={"X-Request-ID": "run-42.a_b"})
    assert answer.headers["x-request-id"] == "run-42.a_b"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "a\tb"])
async def test_a_request_id_that_is_none_is_replaced(service: Service, given: str) -> None:
    answer = await service.http.get("/health", headers={"X-Request-ID": given})
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers["x-request-id"])


async def test_two_requests_have_two_ids(service: Service) -> None:
    ids = {(await service.http.get("/health")).headers["x-request-id"] for _ in range(5)}
    assert len(ids) == 5


async def test_answers_may_not_be_framed_or_run_anything(service: Service) -> None:
    policy = (await service.http.get("/health")).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
async def test_the_documentations_pages_may_load_their_scripts(service: Service, path: str) -> None:
    answer = await service.http.get(path)
    assert answer.status_code == 200
    assert "content-security-policy" not in answer.headers


async def test_another_site_may_call_only_when_it_is_named(tmp_path: Path, service: Service) -> None:
    asks = {"Origin": "https://tailor.example", "Access-Control-Request-Method": "POST"}
    async with serve(settings_for(tmp_path, cors_origins=["https://tailor.example"])) as open_service:
        allowed = await open_service.http.options("/tailor", headers=asks)
        refused = await open_service.http.get("/health", headers={"Origin": "https://evil.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://tailor.example"
    assert "access-control-allow-origin" not in refused.headers
    assert "access-control-allow-origin" not in (await service.http.get("/health", headers=asks)).headers


# Documentation


async def test_every_operation_documents_its_errors_as_problems(service: Service) -> None:
    for method, path, operation in operations(service):
        for status, response in operation["responses"].items():
            if int(status) >= 400 and path != "/health/ready":
                assert "application/problem+json" in response["content"], f"{method} {path} {status}"


def test_tailor_documents_every_status_it_has(service: Service) -> None:
    (responses,) = [o["responses"] for method, path, o in operations(service) if (method, path) == ("POST", "/tailor")]
    assert {"200", "400", "401", "404", "413", "422", "429", "500", "503"} <= responses.keys()


def test_tailor_has_examples(service: Service) -> None:
    schema = service.app.openapi()["components"]["schemas"]["TailorRequest"]
    assert schema["examples"][0]["job_description"]


async def test_the_example_of_tailor_works(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    schema = ada.service.app.openapi()["components"]["schemas"]["TailorRequest"]
    for example in schema["examples"]:
        assert (await ada.ask("POST", "/tailor", json=example)).status_code == 200


async def test_the_example_of_a_resume_can_be_stored(ada: Person) -> None:
    schema = ada.service.app.openapi()["components"]["schemas"]["ResumeDocument"]
    for example in schema["examples"]:
        await ada.keep(example)


def test_every_error_of_tailor_has_an_example_per_code(service: Service) -> None:
    (responses,) = [o["responses"] for method, path, o in operations(service) if (method, path) == ("POST", "/tailor")]
    codes = {
        code
        for status in ("401", "404", "422", "429", "503")
        for code in responses[status]["content"]["application/problem+json"]["examples"]
    }
    assert codes >= {"unauthenticated", "no_resume", "not_found", "invalid_input", "too_many_requests"}
    assert codes >= {"not_configured", "vendor_unavailable", "unusable_answer"}


# Secrets


async def test_no_secret_is_ever_told(
    tmp_path: Path, vendor: StandIn, small: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "tailor")
    password = "correct horse battery"
    secrets = [SECRET, password, "sk-ant-marker", "pa-voyage-marker", "$argon2"]
    settings = settings_for(
        tmp_path,
        anthropic_api_key="sk-ant-marker",
        anthropic_base_url=vendor.url,
        voyage_api_key="pa-voyage-marker",
        voyage_base_url=vendor.v1,
        model_retries=0,
    )
    vendor.responder = lambda _: Status(500)
    told: list[str] = []
    tokens: list[str] = []
    async with serve(settings) as service:
        http = service.http
        credentials = {"email": "ada@example.com", "password": password}
        told.append((await http.post("/auth/register", json=credentials)).text)
        told.append((await http.post("/auth/register", json=credentials)).text)
        told.append((await http.post("/auth/login", json=credentials | {"password": password + "x"})).text)
        told.append((await http.post("/auth/login", json={**credentials, "surprise": 1})).text)
        session = (await http.post("/auth/login", json=credentials)).json()
        tokens = [session["access_token"], session["refresh_token"]]
        ada = replace(service.person(), token=session["access_token"])
        told.append((await ada.ask("POST", "/resumes", json=small)).text)
        told.append((await ada.tailor("Python and PostgreSQL and Kafka are what we need.")).text)
        told.append((await replace(ada, token=tokens[1]).ask("GET", "/resumes")).text)
        told.append((await http.get("/health/ready")).text)
        told.append((await http.get("/openapi.json")).text)
        told.append(repr(service.container) + repr(settings))
    for secret in (*secrets, *tokens):
        assert secret not in caplog.text
        assert not any(secret in text for text in told), secret


async def test_what_a_person_wrote_is_not_logged(
    ada: Person, small: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await ada.keep(small)
    await ada.tailor("Python and PostgreSQL, and a secret project named Zephyr.")
    assert "Ada Berg" not in caplog.text
    assert "Zephyr" not in caplog.text


async def test_a_page_elsewhere_may_send_and_read_the_headers_that_matter(tmp_path: Path) -> None:
    origin = {"Origin": "https://app.example.com"}
    async with serve(settings_for(tmp_path, cors_origins=[origin["Origin"]])) as service:
        wanted = "authorization, content-type, idempotency-key, last-event-id"
        asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": wanted}
        answer = await service.http.options("/tailorings", headers=origin | asked)
        assert answer.status_code == 200
        answer = await service.http.get("/health", headers=origin)
        shown = answer.headers["access-control-expose-headers"].lower()
        assert all(name in shown for name in ("location", "idempotency-replayed", "retry-after"))


async def test_a_vendor_where_our_money_is_spent_stands_in_the_documentation(service: Service) -> None:
    for path in ("/tailor", "/tailorings"):
        examples = service.app.openapi()["paths"][path]["post"]["responses"]["503"]["content"]
        assert "vendor_spend_limit" in str(examples)
