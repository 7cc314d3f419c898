"""People who come with the token of an identity provider; the provider is real and runs on loopback."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from backend.adapters.oidc import OidcIssuer
from backend.errors import Unauthenticated, VendorUnavailable
from backend.tests.doubles import FixedClock
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.security.issuing import Issuer
from backend.tests.security.provider import Provider

pytestmark = pytest.mark.skipif(find_spec("oidc_provider_mock") is None, reason="oidc-provider-mock is not installed")
ADA = {"email": "Ada@Example.com", "email_verified": True}


@pytest.fixture(scope="module")
async def providers() -> AsyncIterator[tuple[Provider, Provider]]:
    """The one that the service is told of, and another."""
    both = Provider(), Provider()
    await asyncio.gather(*(one.start() for one in both))
    yield both
    await asyncio.gather(*(one.stop() for one in both))


@pytest.fixture(scope="module")
def provider(providers: tuple[Provider, Provider]) -> Provider:
    return providers[0]


@pytest.fixture(scope="module")
async def service(
    providers: tuple[Provider, Provider], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Service]:
    settings = settings_for(
        tmp_path_factory.mktemp("oidc"), oidc_issuer=providers[0].url, admin_email="ada@example.com"
    )
    async with serve(settings) as opened:
        yield opened


async def me(service: Service, token: str) -> httpx.Response:
    return await service.http.get("/auth/me", headers={"Authorization": f"Bearer {token}"})


async def accounts(service: Service) -> int:
    repository: Any = service.container.parts.accounts
    return int(await repository._accounts.count_documents({}))


async def test_a_person_who_signed_in_there_is_known_here(service: Service, provider: Provider) -> None:
    token = await provider.sign_in("ada", ADA)
    first = (await me(service, token)).json()
    assert (first["email"], first["role"]) == ("ada@example.com", "admin")
    again = (await me(service, await provider.sign_in("ada", ADA))).json()
    assert again == first


async def test_what_they_keep_is_theirs(service: Service, provider: Provider, small: dict[str, Any]) -> None:
    token = await provider.sign_in("grace", {})
    grace = Person(service, (await me(service, token)).json()["id"], token)
    resume_id = await grace.keep(small)
    assert (await grace.ask("GET", f"/resumes/{resume_id}")).status_code == 200
    eve = Person(service, "", await provider.sign_in("eve", {}))
    assert code_of(await eve.ask("GET", f"/resumes/{resume_id}")) == (404, "not_found")


async def test_twenty_requests_at_once_make_one_account(service: Service, provider: Provider) -> None:
    token, before = (
        await provider.sign_in("newcomer", {"email": "new@example.com", "email_verified": True}),
        await accounts(service),
    )
    answers = await asyncio.gather(*(me(service, token) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await accounts(service) == before + 1


async def test_a_local_account_with_the_same_address_is_somebody_else(service: Service, provider: Provider) -> None:
    known = {"email": "kim@example.com", "password": "a long passphrase"}
    local = (await service.http.post("/auth/register", json=known)).json()["id"]
    token = await provider.sign_in("kim", {"email": "kim@example.com", "email_verified": True})
    answer = await me(service, token)
    assert answer.json()["email"] == "kim@example.com"
    assert answer.json()["id"] != local
    assert (await service.http.post("/auth/login", json=known)).status_code == 200


async def test_an_address_that_nobody_verified_is_not_believed(service: Service, provider: Provider) -> None:
    for verified in ({}, {"email_verified": False}, {"email_verified": "true"}, {"email_verified": 1}):
        token = await provider.sign_in("mallory", {"email": "ada@example.com", **verified})
        answer = (await me(service, token)).json()
        assert (answer["email"], answer["role"]) == ("", "user")


async def test_a_token_for_another_audience_is_refused(service: Service, provider: Provider) -> None:
    assert code_of(await me(service, await provider.sign_in("ada", ADA, client="other"))) == (401, "unauthenticated")


async def test_a_token_of_another_provider_is_refused(service: Service, providers: tuple[Provider, Provider]) -> None:
    token = await providers[1].sign_in("ada", ADA)
    assert code_of(await me(service, token)) == (401, "unauthenticated")


async def test_another_provider_cannot_speak_for_this_one(
    service: Service, providers: tuple[Provider, Provider]
) -> None:
    async with Issuer() as rogue:
        claims = jwt.decode(await providers[0].sign_in("ada", ADA), options={"verify_signature": False})
        for algorithm in ("RS256", "ES256"):
            assert code_of(await me(service, rogue.token(claims, algorithm))) == (401, "unauthenticated")


async def test_logging_out_of_a_providers_token_is_no_error(service: Service, provider: Provider) -> None:
    headers = {"Authorization": f"Bearer {await provider.sign_in('ada', ADA)}"}
    assert (await service.http.post("/auth/logout", headers=headers)).status_code == 204


async def test_its_keys_may_change_and_it_may_be_away(tmp_path: Path) -> None:
    """A restart gives this provider new keys. What it signed before is refused once the keys are asked for again."""
    provider, clock = Provider(), FixedClock(datetime.now(UTC))
    await provider.start()
    issuer = OidcIssuer(provider.url, "tailor", clock)
    try:
        old = await provider.sign_in("ada", ADA)
        assert (await issuer.verify(old)).subject == "ada"
        await provider.stop()
        assert (await issuer.verify(old)).subject == "ada"  # while its keys are believed it need not answer
        clock.advance(601)
        with pytest.raises(VendorUnavailable):
            await issuer.verify(old)
        await provider.start()
        new = await provider.sign_in("ada", ADA)
        assert (await issuer.verify(new)).subject == "ada"
        with pytest.raises(Unauthenticated):
            await issuer.verify(old)
    finally:
        await issuer.close()
        await provider.stop()


async def test_an_absent_provider_is_a_503(tmp_path: Path, providers: tuple[Provider, Provider]) -> None:
    token, absent = await providers[1].sign_in("ada", ADA), Provider()
    claims = jwt.decode(token, options={"verify_signature": False}) | {"iss": absent.url}
    async with Issuer() as rogue, serve(settings_for(tmp_path, oidc_issuer=absent.url)) as service:
        answer = await me(service, rogue.token(claims))
        assert code_of(answer) == (503, "vendor_unavailable")
        assert (
            await me(service, service.container.tokens.access("0" * 24))
        ).status_code == 404  # ours need no provider


async def test_a_new_key_is_found_by_its_name(tmp_path: Path) -> None:
    clock = FixedClock(datetime.now(UTC))
    async with Issuer() as issuing, Issuer() as next_year:
        now = int(clock.now().timestamp())
        claims = {"iss": issuing.url, "aud": "tailor", "sub": "ada", "exp": now + 9_000}
        issuer = OidcIssuer(issuing.url, "tailor", clock)
        await issuer.verify(issuing.token(claims))
        fresh = next_year.token(claims, kid="rsa-2")
        issuing.published = [next_year.published[0] | {"kid": "rsa-2"}]
        with pytest.raises(Unauthenticated):  # not asked again at once, or anybody could make us ask for ever
            await issuer.verify(fresh)
        assert issuing.asked["/keys"] == 1
        clock.advance(31)
        assert (await issuer.verify(fresh)).subject == "ada"
        with pytest.raises(Unauthenticated):  # the key it was signed with is published no more
            await issuer.verify(issuing.token(claims))
        await issuer.close()


async def test_many_unknown_keys_at_once_are_asked_for_once(tmp_path: Path) -> None:
    clock = FixedClock(datetime.now(UTC))
    async with Issuer() as issuing:
        claims = {"iss": issuing.url, "aud": "tailor", "sub": "ada", "exp": time.time() + 9_000}
        issuer = OidcIssuer(issuing.url, "tailor", clock)
        tokens = [issuing.token(claims, kid=f"unknown-{number}") for number in range(50)]
        answers = await asyncio.gather(*(issuer.verify(token) for token in tokens), return_exceptions=True)
        assert {type(answer) for answer in answers} == {Unauthenticated}
        assert issuing.asked["/keys"] == 1
        await issuer.close()


@pytest.mark.parametrize(
    "weak",
    [
        {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I", "kid": "rsa-1", "alg": "HS256"},
        {"kty": "RSA"},
        "text",
        None,
        1,
    ],
)
async def test_keys_that_are_none_are_passed_over(weak: Any) -> None:
    clock = FixedClock(datetime.now(UTC))
    async with Issuer() as issuing:
        claims = {"iss": issuing.url, "aud": "tailor", "sub": "ada", "exp": time.time() + 9_000}
        issuing.published = [weak, issuing.published[1]]
        issuer = OidcIssuer(issuing.url, "tailor", clock)
        assert (await issuer.verify(issuing.token(claims, "ES256"))).subject == "ada"
        with pytest.raises(Unauthenticated):
            await issuer.verify(jwt.encode(claims, b"secret-secret-secret-secret-secr", "HS256", {"kid": "rsa-1"}))
        await issuer.close()
