"""What an identity provider answers when a code is exchanged: checked to the letter, and never a fault of ours."""

import base64
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import jwt
import pytest

from backend.tests.http.service import Service, code_of, serve, settings_for
from backend.tests.security.code_flow import CLIENT, CLIENT_SECRET, Browser, CodeIssuer, asked

Claims = dict[str, Any]


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Service, CodeIssuer]]:
    async with CodeIssuer() as issuer:
        settings = settings_for(
            tmp_path_factory.mktemp("codes"),
            oidc_issuer=issuer.url,
            oidc_client_id=CLIENT,
            oidc_client_secret=CLIENT_SECRET,
        )
        async with serve(settings) as service:
            yield service, issuer


@pytest.fixture
def browser(world: tuple[Service, CodeIssuer]) -> Browser:
    return Browser(world[0])


@pytest.fixture
def issuer(world: tuple[Service, CodeIssuer]) -> CodeIssuer:
    issuer = world[1]
    issuer.spoil, issuer.sign, issuer.answer = dict, issuer.token, None
    issuer.exchanges.clear()
    return issuer


async def test_a_code_is_exchanged_with_its_verifier_and_our_secret(browser: Browser, issuer: CodeIssuer) -> None:
    assert (await browser.get(issuer.allow(await browser.begin("/here")))).headers["location"] == "/here"
    ((credentials, form),) = issuer.exchanges
    assert base64.b64decode(credentials.removeprefix("Basic ")).decode() == f"{CLIENT}:{CLIENT_SECRET}"
    assert 43 <= len(form["code_verifier"]) <= 128
    assert "client_secret" not in form
    assert (await browser.get("/auth/me")).status_code == 200


async def test_no_two_sign_ins_share_a_state_a_nonce_or_a_challenge(browser: Browser) -> None:
    seen = [asked(await browser.begin()) for _ in range(20)]
    for name in ("state", "nonce", "code_challenge"):
        assert len({one[name] for one in seen}) == 20
        assert min(len(one[name]) for one in seen) >= 32


async def test_a_code_of_another_sign_in_is_refused(browser: Browser, issuer: CodeIssuer) -> None:
    """Somebody puts their own code into a victim's way back: its verifier is another."""
    theirs = asked(issuer.allow(await Browser(browser.service).begin()))["code"]
    state = asked(await browser.begin())["state"]
    answer = await browser.get(f"/auth/oidc/callback?code={theirs}&state={state}")
    assert code_of(answer) == (401, "unauthenticated")


async def test_a_ticket_does_not_tell_the_nonce_or_the_verifier(browser: Browser, issuer: CodeIssuer) -> None:
    url = await browser.begin()
    value = browser.cookies["tailor_sign_in"][0]
    plain = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    await browser.get(issuer.allow(url))
    assert asked(url)["state"].encode() in plain
    for secret in (asked(url)["nonce"], issuer.exchanges[0][1]["code_verifier"]):
        assert secret.encode() not in plain


def without(*names: str) -> Callable[[Claims], Claims]:
    return lambda claims: {name: value for name, value in claims.items() if name not in names}


SPOILT: dict[str, Callable[[Claims], Mapping[str, Any]]] = {
    "another nonce": lambda claims: claims | {"nonce": "another"},
    "a nonce with more": lambda claims: claims | {"nonce": claims["nonce"] + "x"},
    "no nonce": without("nonce"),
    "a nonce that is none": lambda claims: claims | {"nonce": [claims["nonce"]]},
    "another audience": lambda claims: claims | {"aud": "tailor"},
    "no audience": without("aud"),
    "many audiences and no azp": lambda claims: claims | {"aud": [CLIENT, "other"]},
    "another azp": lambda claims: claims | {"azp": "other"},
    "many audiences and another azp": lambda claims: claims | {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": lambda claims: claims | {"iss": "https://evil.example"},
    "no subject": without("sub"),
    "an empty subject": lambda claims: claims | {"sub": ""},
    "run out": lambda claims: claims | {"exp": int(time.time()) - 1},
    "no end": without("exp"),
    "of tomorrow": lambda claims: claims | {"iat": int(time.time()) + 90_000},
}


@pytest.mark.parametrize("how", SPOILT)
async def test_an_id_token_that_is_not_for_this_sign_in_is_refused(
    browser: Browser, issuer: CodeIssuer, how: str
) -> None:
    issuer.spoil = SPOILT[how]
    answer = await browser.get(issuer.allow(await browser.begin()))
    assert code_of(answer) == (401, "unauthenticated")
    assert "tailor_session" not in browser.cookies


@pytest.mark.parametrize("how", ["one of many", "alone in a list", "said twice", "ES256"])
async def test_an_id_token_that_is_for_us_is_taken(browser: Browser, issuer: CodeIssuer, how: str) -> None:
    more = {"one of many": {"aud": [CLIENT, "other"], "azp": CLIENT}, "alone in a list": {"aud": [CLIENT]}}
    issuer.spoil = lambda claims: claims | more.get(how, {"azp": CLIENT})
    if how == "ES256":
        issuer.sign = lambda claims: issuer.token(claims, "ES256")
    assert (await browser.get(issuer.allow(await browser.begin()))).status_code == 303


def forged(how: str, issuer: CodeIssuer) -> Callable[[Mapping[str, Any]], Any]:
    stranger = CodeIssuer()
    return {
        "no signature": lambda claims: jwt.encode(dict(claims), "", "none", {"kid": "rsa-1"}),
        "our secret": lambda claims: jwt.encode(dict(claims), CLIENT_SECRET, "HS256", {"kid": "rsa-1"}),
        "a stranger's key": lambda claims: stranger.token(claims),
        "cut": lambda claims: issuer.token(claims)[:-2],
        "not a token": lambda claims: "x",
        "a number": lambda claims: 5,
        "nothing": lambda claims: None,
        "an object": dict,
    }[how]


@pytest.mark.parametrize(
    "how", ["no signature", "our secret", "a stranger's key", "cut", "not a token", "a number", "nothing", "an object"]
)
async def test_an_id_token_that_the_provider_did_not_sign_is_refused(
    browser: Browser, issuer: CodeIssuer, how: str
) -> None:
    issuer.sign = forged(how, issuer)
    assert code_of(await browser.get(issuer.allow(await browser.begin()))) == (401, "unauthenticated")


ANSWERS = {
    "down": ("500 Oops", b"oops", 503),
    "busy": ("503 Busy", b'{"error": "server_error"}', 503),
    "a page": ("200 OK", b"<html>", 503),
    "a list": ("200 OK", b"[]", 503),
    "no object": ("400 Bad", b'"invalid_grant"', 503),
    "sent on": ("302 Found\r\nLocation: http://127.0.0.1:9/", b"", 503),
    "not text": ("200 OK", b"\xff\xfe\x00", 503),
    "endless nesting": ("200 OK", b"[" * 100_000, 503),
    "we are unknown": ("401 No", b'{"error": "invalid_client", "error_description": "client secret is wrong"}', 503),
    "a bad code": ("400 Bad", b'{"error": "invalid_grant"}', 401),
    "a strange error": ("400 Bad", b'{"error": {"a": 1}}', 401),
    "nothing in it": ("200 OK", b"{}", 401),
}


@pytest.mark.parametrize("how", ANSWERS)
async def test_whatever_the_token_endpoint_says_is_a_problem(browser: Browser, issuer: CodeIssuer, how: str) -> None:
    status, body, expected = ANSWERS[how]
    issuer.answer = (status, body)
    answer = await browser.get(issuer.allow(await browser.begin()))
    assert answer.status_code == expected, answer.text
    assert answer.json()["code"] in ("vendor_unavailable", "unauthenticated")
    if how == "we are unknown":
        assert "OIDC_CLIENT_ID" in answer.json()["detail"]


async def test_a_public_client_sends_no_secret_and_some_providers_want_it_in_the_body(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    for secret, expected in ((None, None), (CLIENT_SECRET, CLIENT_SECRET)):
        async with CodeIssuer() as issuer:
            issuer.extra = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
            settings = settings_for(
                tmp_path_factory.mktemp("clients"),
                oidc_issuer=issuer.url,
                oidc_client_id=CLIENT,
                oidc_client_secret=secret,
            )
            async with serve(settings) as service:
                browser = Browser(service)
                assert (await browser.get(issuer.allow(await browser.begin()))).status_code == 303
            ((credentials, form),) = issuer.exchanges
            assert credentials == ""
            assert form.get("client_secret") == expected
            assert form["client_id"] == CLIENT


@pytest.mark.parametrize("wrong", [{"token_endpoint": ""}, {"authorization_endpoint": None}, {"issuer": "other"}])
async def test_a_provider_that_does_not_say_where_to_sign_in_is_a_problem(
    tmp_path_factory: pytest.TempPathFactory, wrong: dict[str, Any]
) -> None:
    async with CodeIssuer() as issuer:
        issuer.extra = wrong
        folder = tmp_path_factory.mktemp("silent")
        async with serve(settings_for(folder, oidc_issuer=issuer.url, oidc_client_id=CLIENT)) as service:
            assert code_of(await Browser(service).get("/auth/oidc/login")) == (503, "vendor_unavailable")
