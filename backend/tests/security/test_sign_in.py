"""Signing in with a browser at an identity provider that is real and runs on loopback."""

import asyncio
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.tests.http.service import Service, code_of, serve, settings_for
from backend.tests.security.code_flow import CLIENT, CLIENT_SECRET, Browser, asked, local
from backend.tests.security.provider import Provider

pytestmark = pytest.mark.skipif(find_spec("oidc_provider_mock") is None, reason="oidc-provider-mock is not installed")
PUBLIC = "http://localhost:8123"
OWN = {"Origin": PUBLIC}
ADA = {"email": "Ada@Example.com", "email_verified": True}
LEAD_ELSEWHERE = [
    "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "https://evil.example",
    "http:evil.example", "javascript:alert(1)", "data:text/html,x", "evil.example", "", " ", "?x", "#x", "./x", "../x",
    "/\r\nSet-Cookie: a=b", "/\n/evil.example", "/\t/evil.example", "\t//evil.example", " //evil.example", "/a\\b", "/\x00",
    "/\u2028/evil.example", "/\x7f", "/\x85", "/" + "x" * 1_000, "/ /evil.example",
]  # fmt: skip


@pytest.fixture(scope="module")
async def provider() -> AsyncIterator[Provider]:
    one = Provider()
    await one.start()
    yield one
    await one.stop()


@pytest.fixture(scope="module")
async def service(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    async with serve(settings(tmp_path_factory.mktemp("sign-in"), provider.url)) as opened:
        yield opened


def settings(folder: Path, issuer: str, **more: Any) -> Any:
    known = {"oidc_client_id": CLIENT, "oidc_client_secret": CLIENT_SECRET, "public_url": PUBLIC}
    return settings_for(folder, **(known | {"oidc_issuer": issuer, "admin_email": "ada@example.com"} | more))


@pytest.fixture
def browser(service: Service) -> Browser:
    return Browser(service)


async def allowed(provider: Provider, url: str, subject: str = "ada", **form: str) -> str:
    """What the person does at the provider; the path that the provider sends the browser back to."""
    async with httpx.AsyncClient() as http:
        await http.put(f"{provider.url}/users/{subject}", json=ADA)
        answer = await http.post(url, data={"sub": subject} | form)
    return local(answer.headers["location"])


async def signed_in(browser: Browser, provider: Provider, subject: str = "ada") -> httpx.Response:
    answer = await browser.get(await allowed(provider, await browser.begin(), subject))
    assert answer.status_code == 303, answer.text
    return answer


async def sessions(service: Service) -> int:
    repository: Any = service.container.parts.sessions
    return int(await repository._sessions.count_documents({}))


# The whole way


async def test_a_person_signs_in_and_is_known_by_the_cookie(browser: Browser, provider: Provider) -> None:
    url = await browser.begin("/resumes?limit=5#top")
    assert url.startswith(provider.url)
    assert {"client_id", "state", "nonce", "code_challenge", "redirect_uri", "scope"} <= asked(url).keys()
    assert asked(url)["code_challenge_method"] == "S256"
    assert asked(url)["redirect_uri"] == f"{PUBLIC}/auth/oidc/callback"
    answer = await browser.get(await allowed(provider, url))
    assert (answer.status_code, answer.headers["location"]) == (303, "/resumes?limit=5#top")
    me = (await browser.get("/auth/me")).json()
    assert (me["email"], me["role"]) == ("ada@example.com", "admin")


async def test_it_is_the_account_that_a_bearer_token_of_theirs_opens(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider, "grace")
    token = await provider.sign_in("grace", {})
    bearer = await browser.service.http.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert (await browser.get("/auth/me")).json()["id"] == bearer.json()["id"]


async def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser, provider: Provider) -> None:
    answer = await signed_in(browser, provider)
    set_ = [morsel for line in answer.headers.get_list("set-cookie") for morsel in SimpleCookie(line).values()]
    assert {morsel.key: morsel["path"] for morsel in set_} == {
        "tailor_session": "/",
        "tailor_refresh": "/auth",
        "tailor_sign_in": "/auth/oidc",
    }
    for morsel in set_:
        assert morsel["httponly"]
        assert morsel["samesite"] == "lax"
        assert not morsel["secure"], "loopback"
        assert not morsel["domain"]
    assert "tailor_sign_in" not in browser.cookies
    assert "token" not in answer.text


async def test_where_it_is_not_loopback_cookies_are_for_https_and_this_host_alone(
    tmp_path: Path, provider: Provider
) -> None:
    own = "https://tailor.example.com"
    async with serve(settings(tmp_path, provider.url, public_url=f"{own}/")) as service:
        browser = Browser(service)
        url = await browser.begin()
        assert asked(url)["redirect_uri"] == f"{own}/auth/oidc/callback"
        answer = await browser.get(await allowed(provider, url))
        set_ = [morsel for line in answer.headers.get_list("set-cookie") for morsel in SimpleCookie(line).values()]
        assert all(morsel["secure"] and morsel["httponly"] for morsel in set_)
        names = {"__Host-tailor_session", "__Secure-tailor_refresh", "__Secure-tailor_sign_in"}
        assert {morsel.key for morsel in set_} == names
        assert (await browser.get("/auth/me")).status_code == 200
        plain = Browser(service, {"tailor_session": browser.cookies["__Host-tailor_session"]})
        assert code_of(await plain.get("/auth/me")) == (401, "unauthenticated")


# What comes back from the provider


async def test_a_callback_is_good_once(browser: Browser, provider: Provider) -> None:
    url = await browser.begin()
    ticket = dict(browser.cookies)
    back = await allowed(provider, url)
    assert (await browser.get(back)).status_code == 303
    before = await sessions(browser.service)
    for cookies in (ticket, browser.cookies, browser.cookies | ticket):
        again = await Browser(browser.service, dict(cookies)).get(back)
        assert code_of(again) == (401, "unauthenticated")
    assert await sessions(browser.service) == before


async def test_of_two_callbacks_at_once_one_opens_a_session(browser: Browser, provider: Provider) -> None:
    back = await allowed(provider, await browser.begin())
    before = await sessions(browser.service)
    copies = [Browser(browser.service, dict(browser.cookies)) for _ in range(5)]
    answers = await asyncio.gather(*(copy.get(back) for copy in copies))
    assert sorted(answer.status_code for answer in answers) == [303, 401, 401, 401, 401]
    assert await sessions(browser.service) == before + 1


async def test_a_state_that_this_browser_was_not_given_is_refused(browser: Browser, provider: Provider) -> None:
    mine, theirs = await browser.begin(), await Browser(browser.service).begin()
    victim, before = await allowed(provider, theirs), await sessions(browser.service)
    state = asked(mine)["state"]
    for forged in (
        victim,
        victim.partition("&state")[0],
        "/auth/oidc/callback",
        f"/auth/oidc/callback?code=x&state={state[:-1]}",
        f"/auth/oidc/callback?code=x&state={state}0",
        "/auth/oidc/callback?code=x&state=%C3%A9",
    ):
        assert code_of(await browser.get(forged)) == (401, "unauthenticated")
    assert code_of(await Browser(browser.service).get(await allowed(provider, mine))) == (401, "unauthenticated")
    assert await sessions(browser.service) == before


async def test_an_altered_ticket_is_refused(browser: Browser, provider: Provider) -> None:
    back = await allowed(provider, await browser.begin())
    value, path = browser.cookies["tailor_sign_in"]
    for altered in (value[:-1], value + "A", value[1:], "A" * len(value), "", "%", "x" * 5_000, value.swapcase()):
        other = Browser(browser.service, {"tailor_sign_in": (altered, path)})
        assert code_of(await other.get(back, headers={})) == (401, "unauthenticated")
    assert (await browser.get(back)).status_code == 303


async def test_somebody_who_declines_is_told_so(browser: Browser, provider: Provider) -> None:
    back = await allowed(provider, await browser.begin(), action="deny")
    state = "" if "state=" in back else f"&state={asked_state(browser)}"
    answer = await browser.get(back + state)
    assert code_of(answer) in ((403, "forbidden"), (401, "unauthenticated"))


def asked_state(browser: Browser) -> str:
    ticket = browser.service.container.sign_in.tickets.read(browser.cookies["tailor_sign_in"][0])
    assert ticket
    return ticket.state


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("error=access_denied", (403, "forbidden")),
        ("error=login_required&error_description=<script>", (403, "forbidden")),
        ("error=temporarily_unavailable", (503, "vendor_unavailable")),
        ("error=server_error&code=x", (503, "vendor_unavailable")),
        ("code=", (401, "unauthenticated")),
        ("code=never-given", (401, "unauthenticated")),
        ("code=%00%FF&iss=", (401, "unauthenticated")),
        ("code=x&iss=https%3A%2F%2Fevil.example", (401, "unauthenticated")),
        (f"code={'x' * 4_001}", (422, "invalid_input")),
    ],
)
async def test_what_the_provider_refuses_is_a_problem(browser: Browser, said: str, problem: tuple[int, str]) -> None:
    url = await browser.begin()
    answer = await browser.get(f"/auth/oidc/callback?state={asked(url)['state']}&{said}")
    assert code_of(answer) == problem
    assert "script" not in answer.text
    assert "tailor_session" not in browser.cookies


async def test_an_absent_provider_is_a_503(tmp_path: Path) -> None:
    absent = Provider()
    async with serve(settings(tmp_path, absent.url)) as service:
        browser = Browser(service)
        assert code_of(await browser.get("/auth/oidc/login")) == (503, "vendor_unavailable")
        await absent.start()
        url = await browser.begin()
        back = await allowed(absent, url)
        await absent.stop()
        assert code_of(await browser.get(back)) == (503, "vendor_unavailable")


# Where it leads


@pytest.mark.parametrize("path", LEAD_ELSEWHERE)
async def test_nobody_is_sent_elsewhere(browser: Browser, path: str) -> None:
    answer = await browser.ask("GET", "/auth/oidc/login", params={"next": path})
    assert code_of(answer) == (422, "invalid_input")
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/resumes", "/a/b?c=d&e=//f#g", "/%2F%2Fevil.example", "/.//x", "/ö"])
async def test_a_local_path_is_kept(browser: Browser, provider: Provider, path: str) -> None:
    answer = await browser.get(await allowed(provider, await browser.begin(path)))
    assert httpx.URL(PUBLIC).join(answer.headers["location"]).host == "localhost"
    assert httpx.URL(answer.headers["location"]) == httpx.URL(path)


# Not configured


@pytest.mark.parametrize(
    ("unset", "named"),
    [({"oidc_client_id": None}, "OIDC_CLIENT_ID"), ({"oidc_issuer": None, "oidc_client_id": ""}, "OIDC_ISSUER, OIDC_CLIENT_ID")],
)  # fmt: skip
async def test_what_is_not_configured_is_said(tmp_path: Path, unset: dict[str, Any], named: str) -> None:
    async with serve(settings(tmp_path, "http://127.0.0.1:9", **unset)) as service:
        for path in ("/auth/oidc/login", "/auth/oidc/callback?code=x&state=y"):
            answer = await Browser(service).get(path)
            assert code_of(answer) == (404, "not_found")
            assert named in answer.json()["detail"]


# By cookie


async def test_another_site_cannot_use_the_cookie_to_change_anything(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider)
    for headers in (
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": f"{PUBLIC}.evil.example"},
        {"Origin": "https://localhost:8123"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", **OWN},
        {"Sec-Fetch-Site": "none"},
    ):
        for method, path in (
            ("POST", "/content"),
            ("DELETE", "/auth/me"),
            ("PUT", "/resumes/x"),
            ("POST", "/auth/logout"),
        ):
            answer = await browser.ask(
                method, path, headers=headers, json={"text": "x", "confirm": "delete everything"}
            )
            assert code_of(answer) == (403, "forbidden"), (method, path, headers)
        assert code_of(await browser.ask("POST", "/auth/session", headers=headers)) == (403, "forbidden")
    assert (await browser.get("/content", headers={"Origin": "https://evil.example"})).status_code == 200


@pytest.mark.parametrize(
    "headers", [OWN, {"Origin": "http://tailor.test"}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}]
)
async def test_our_own_pages_may_change_things(browser: Browser, provider: Provider, headers: dict[str, str]) -> None:
    await signed_in(browser, provider)
    text = {"text": f"I led the {headers} move."}
    assert (await browser.ask("POST", "/content", headers=headers, json=text)).status_code == 201


async def test_a_bearer_token_goes_before_the_cookie_and_needs_no_origin(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider)
    eve = browser.service.person()
    made = await browser.ask("POST", "/content", headers=eve.headers, json={"text": "I am Eve."})
    assert made.status_code == 201
    assert (await browser.get("/content")).json()["items"] != (await eve.ask("GET", "/content")).json()["items"]
    for other in ("Basic YTpi", "Bearer x", ""):
        answer = await browser.get("/auth/me", headers={"Authorization": other})
        assert code_of(answer) == (401, "unauthenticated"), other


async def test_logging_out_ends_the_session_and_clears_the_cookies(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider)
    held = Browser(browser.service, dict(browser.cookies))
    assert (await browser.ask("POST", "/auth/logout", headers=OWN)).status_code == 204
    assert browser.cookies == {}
    for path in ("/auth/me", "/resumes"):
        assert code_of(await held.get(path)) == (401, "unauthenticated")
    assert code_of(await held.ask("POST", "/auth/session", headers=OWN)) == (401, "unauthenticated")


async def test_who_comes_back_after_the_access_token_ran_out_can_still_log_out(
    browser: Browser, provider: Provider
) -> None:
    await signed_in(browser, provider)
    held, before = Browser(browser.service, dict(browser.cookies)), await sessions(browser.service)
    browser.cookies.pop("tailor_session")  # browsers forget it when it runs out
    assert (await browser.ask("POST", "/auth/logout", headers=OWN)).status_code == 204
    assert await sessions(browser.service) == before - 1
    assert code_of(await held.get("/auth/me")) == (401, "unauthenticated")


async def test_a_session_is_renewed_and_each_renewal_is_good_once(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider)
    stolen = Browser(browser.service, dict(browser.cookies))
    answer = await browser.ask("POST", "/auth/session", headers=OWN)
    assert (answer.status_code, answer.content) == (204, b"")
    assert browser.cookies != stolen.cookies
    assert (await browser.get("/auth/me")).status_code == 200
    assert code_of(await stolen.ask("POST", "/auth/session", headers=OWN)) == (401, "unauthenticated")
    assert code_of(await browser.get("/auth/me")) == (401, "unauthenticated"), "reuse ends it for everybody"


async def test_a_cookie_that_is_none_or_has_run_out_lets_nobody_in(browser: Browser, provider: Provider) -> None:
    await signed_in(browser, provider)
    token, path = browser.cookies["tailor_session"]
    refresh = browser.cookies["tailor_refresh"][0]
    for wrong in ("", "x", token[:-1], refresh, token + token):
        other = Browser(browser.service, {"tailor_session": (wrong, path)})
        assert code_of(await other.get("/auth/me")) == (401, "unauthenticated")
    for cookies in ({}, {"tailor_refresh": ("x", "/auth")}, {"tailor_refresh": (token, "/auth")}):
        other = Browser(browser.service, dict(cookies))
        assert code_of(await other.ask("POST", "/auth/session", headers=OWN)) == (401, "unauthenticated")
        assert code_of(await other.ask("POST", "/auth/logout", headers=OWN)) == (401, "unauthenticated")
