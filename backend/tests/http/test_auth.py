"""Registering and logging in."""

import time
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.tests.http.service import Service, code_of, serve, settings_for

PASSWORD = "a long passphrase"
_numbers = count(1)


def new_email() -> str:
    return f"ada{next(_numbers)}@example.com"


async def register(service: Service, email: str, password: str = PASSWORD) -> httpx.Response:
    return await service.http.post("/auth/register", json={"email": email, "password": password})


async def login(service: Service, email: str, password: str = PASSWORD) -> httpx.Response:
    return await service.http.post("/auth/login", json={"email": email, "password": password})


async def test_a_person_registers_logs_in_and_is_let_in(service: Service) -> None:
    email = new_email()
    registered = await register(service, email)
    assert (registered.status_code, registered.json()["email"]) == (201, email)
    session = (await login(service, email)).json()
    assert set(session) == {"access_token", "refresh_token", "token_type"}
    assert session["token_type"] == "bearer"
    headers = {"Authorization": f"Bearer {session['access_token']}"}
    assert (await service.http.get("/resumes", headers=headers)).status_code == 200


async def test_an_address_can_be_taken_once_however_it_is_written(service: Service) -> None:
    email = new_email()
    await register(service, email)
    assert code_of(await register(service, f" {email.upper()} ")) == (409, "conflict")


async def test_an_address_logs_in_however_it_is_written(service: Service) -> None:
    email = new_email()
    await register(service, email)
    assert (await login(service, f" {email.upper()}")).status_code == 200


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(service: Service) -> None:
    email = new_email()
    await register(service, email)
    wrong, unknown = await login(service, email, "not the passphrase"), await login(service, new_email())
    assert code_of(wrong) == code_of(unknown) == (401, "unauthenticated")
    assert wrong.json()["detail"] == unknown.json()["detail"]


async def test_an_unknown_address_takes_no_longer_than_a_wrong_password(service: Service) -> None:
    email = new_email()
    await register(service, email)

    async def seconds(address: str) -> float:
        best = 9.0
        for _ in range(4):
            started = time.perf_counter()
            await login(service, address, "not the passphrase")
            best = min(best, time.perf_counter() - started)
        return best

    known, unknown = await seconds(email), await seconds(new_email())
    assert unknown < 1.6 * known


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "a b@example.com", "ada@example", "a@b@c.de"])
async def test_an_address_that_is_none_is_refused(service: Service, email: str) -> None:
    assert code_of(await register(service, email)) == (422, "invalid_input")


@pytest.mark.parametrize("password", ["", "short", "x" * 201, "x" * 1_001])
async def test_a_password_that_is_too_short_or_too_long_is_refused(service: Service, password: str) -> None:
    assert code_of(await register(service, new_email(), password)) == (422, "invalid_input")


@pytest.mark.parametrize(
    "body",
    [{}, {"email": "a@b.cd"}, {"email": 1, "password": 2}, [], {"email": "a@b.cd", "password": PASSWORD, "admin": 1}],
)
@pytest.mark.parametrize("path", ["/auth/register", "/auth/login"])
async def test_a_body_of_another_shape_is_refused(service: Service, path: str, body: Any) -> None:
    assert code_of(await service.http.post(path, json=body)) == (422, "invalid_input")


async def test_a_refresh_token_gives_a_new_pair(service: Service) -> None:
    email = new_email()
    await register(service, email)
    token = (await login(service, email)).json()["refresh_token"]
    fresh = await service.http.post("/auth/refresh", json={"refresh_token": token})
    assert fresh.status_code == 200
    headers = {"Authorization": f"Bearer {fresh.json()['access_token']}"}
    assert (await service.http.get("/resumes", headers=headers)).status_code == 200


async def test_an_access_token_is_no_refresh_token(service: Service) -> None:
    token = service.person().token
    answer = await service.http.post("/auth/refresh", json={"refresh_token": token})
    assert code_of(answer) == (401, "unauthenticated")


@pytest.mark.parametrize("token", ["", "garbage", "a.b.c"])
async def test_a_refresh_token_that_is_none_is_refused(service: Service, token: str) -> None:
    assert code_of(await service.http.post("/auth/refresh", json={"refresh_token": token})) == (401, "unauthenticated")


async def test_a_password_is_kept_only_as_its_hash(service: Service) -> None:
    email = new_email()
    await register(service, email)
    account = await service.container.parts.accounts.by_email(email)
    assert account is not None
    assert account.password_hash.startswith("$argon2id$")


async def test_logging_in_is_limited_by_address(tmp_path: Path) -> None:
    async with serve(settings_for(tmp_path, auth_rate_limit="2/minute")) as service:
        answers = [await login(service, "nobody@example.com") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert int(answers[-1].headers["retry-after"]) <= 60


async def test_a_spent_refresh_token_ends_the_session(service: Service) -> None:
    email = new_email()
    await register(service, email)
    first = (await login(service, email)).json()
    second = (await service.http.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})).json()
    again = await service.http.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})
    assert code_of(again) == (401, "unauthenticated")
    for token in (first["access_token"], second["access_token"]):
        answer = await service.http.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert code_of(answer) == (401, "unauthenticated")


async def test_logging_out_ends_the_session_at_once_and_no_other(service: Service) -> None:
    email = new_email()
    await register(service, email)
    here, there = (await login(service, email)).json(), (await login(service, email)).json()
    headers = {"Authorization": f"Bearer {here['access_token']}"}
    assert (await service.http.post("/auth/logout", headers=headers)).status_code == 204
    assert code_of(await service.http.get("/auth/me", headers=headers)) == (401, "unauthenticated")
    spent = await service.http.post("/auth/refresh", json={"refresh_token": here["refresh_token"]})
    assert code_of(spent) == (401, "unauthenticated")
    other = {"Authorization": f"Bearer {there['access_token']}"}
    assert (await service.http.get("/auth/me", headers=other)).json()["email"] == email


async def test_the_tokens_of_an_erased_account_are_dead(service: Service) -> None:
    email = new_email()
    await register(service, email)
    pair = (await login(service, email)).json()
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    erased = await service.http.request("DELETE", "/auth/me", headers=headers, json={"confirm": "delete everything"})
    assert erased.status_code == 204
    assert code_of(await service.http.get("/resumes", headers=headers)) == (401, "unauthenticated")
    refreshed = await service.http.post("/auth/refresh", json={"refresh_token": pair["refresh_token"]})
    assert code_of(refreshed) == (401, "unauthenticated")
    assert code_of(await login(service, email)) == (401, "unauthenticated")


async def test_a_name_that_is_kept_for_persons_of_a_provider_cannot_be_registered(service: Service) -> None:
    answer = await register(service, "oidc|https://login.example|ada@example.com")
    assert code_of(answer) == (422, "invalid_input")
