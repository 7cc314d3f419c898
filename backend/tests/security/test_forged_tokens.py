"""Nobody gets in with a token that we or the provider did not make for that."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from pydantic import ValidationError

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.mongo import Mongo, MongoAccounts, MongoSessions
from backend.adapters.oidc import OidcIssuer
from backend.adapters.system import SystemIds
from backend.errors import Unauthenticated
from backend.ports import Account
from backend.security.links import Links
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts
from backend.settings import Settings
from backend.tests.doubles import FixedClock
from backend.tests.security.forging import Forged, Known, forgeries
from backend.tests.security.issuing import Issuer

SECRET, REMOVED, OTHER = (
    "the-secret-of-this-service-0123456789",
    "one-that-was-taken-out-0123456789abcd",
    "another-0123456789-0123456789-abcdef",
)
LIFE = timedelta(hours=1)


@dataclass(frozen=True)
class World:
    accounts: Accounts
    clock: FixedClock
    issuer: Issuer
    ada: Account
    eve: Account

    def tokens(self, *secrets: str) -> Tokens:
        return Tokens(secrets, LIFE, LIFE, self.clock)

    def their_claims(self, **more: Any) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        base = {"iss": self.issuer.url, "aud": "tailor", "sub": "ada-at-theirs", "iat": now, "exp": now + 3_600}
        return base | more


@pytest.fixture
async def world() -> AsyncIterator[World]:
    server, clock, ids = EmbeddedMongo(None), FixedClock(datetime.now(UTC)), SystemIds()
    mongo = Mongo(await server.open(), "test")
    await mongo.prepare()
    async with Issuer() as issuer:
        oidc = OidcIssuer(issuer.url, "tailor", clock)
        repository, sessions = MongoAccounts(mongo.database, ids), MongoSessions(mongo.database, clock, LIFE)
        tokens = Tokens((SECRET,), LIFE, LIFE, clock)
        accounts = Accounts(repository, sessions, tokens, ids, oidc)
        people = [await repository.add(f"{name}@example.com", "no hash") for name in ("ada", "eve")]
        yield World(accounts, clock, issuer, *people)
        await oidc.close()
    await mongo.close()
    await server.close()


async def session(world: World, person: Account) -> str:
    await world.accounts.sessions.add(person.id, f"session-of-{person.id}", "turn")
    return world.accounts.tokens.access(person.id, f"session-of-{person.id}")


async def known(world: World) -> Known:
    valid, now = await session(world, world.ada), world.clock.now().timestamp()
    claims = jwt.decode(valid, options={"verify_signature": False})
    theirs = world.their_claims()
    kid = jwt.get_unverified_header(valid)["kid"]
    other = await session(world, world.eve)
    return Known(SECRET, kid, world.issuer, claims, theirs, valid, world.issuer.token(theirs), other, now)


async def opened_by(world: World, found: list[Forged]) -> list[str]:
    """The forgeries that got in, or that broke what should have refused them."""
    wrong = []
    for forged in found:
        try:
            await world.accounts.user_of(forged.token)
        except Unauthenticated:
            continue
        except Exception as error:  # noqa: BLE001 - any other is a finding
            wrong.append(f"{forged.trick} broke: {error!r:.90} {forged.token[:200]}")
        else:
            wrong.append(f"{forged.trick} got in: {forged.token[:300]}")
    return wrong


async def test_no_forged_or_altered_token_gets_in(world: World) -> None:
    found = list(forgeries(await known(world)))
    wrong = await opened_by(world, found)
    counts = Counter(forged.trick for forged in found)
    assert not wrong, f"{len(wrong)} of {len(found)}: " + "\n".join(wrong[:20])
    assert len({forged.token for forged in found}) >= 1_000
    assert min(counts.values()) >= 14, counts


async def test_the_addresses_in_a_header_are_never_asked(world: World) -> None:
    await opened_by(world, list(forgeries(await known(world))))
    assert set(world.issuer.asked) == {"/.well-known/openid-configuration", "/keys"}
    assert world.issuer.asked["/keys"] == 1, "unknown keys made us ask again and again"


async def test_valid_tokens_get_in(world: World) -> None:
    facts = await known(world)
    plain = {"sub": world.ada.id, "exp": facts.now + 60}
    for token in (facts.valid, facts.ours(facts.claims), facts.ours(plain), facts.ours(plain, typ="at+jwt")):
        assert await world.accounts.user_of(token) == world.ada.id
    assert await world.accounts.user_of(jwt.encode(plain, SECRET, "HS256")) == world.ada.id
    stranger = await world.accounts.user_of(facts.their_valid)
    for algorithm in ("RS256", "RS512", "PS256", "ES256"):
        token = world.issuer.token(world.their_claims(aud=["other", "tailor"]), algorithm)
        assert await world.accounts.user_of(token) == stranger
    assert stranger not in (world.ada.id, world.eve.id)


async def test_tokens_of_other_secrets_do_not_get_in(world: World) -> None:
    both = world.tokens(OTHER, SECRET)
    rotated = Accounts(world.accounts.repository, world.accounts.sessions, both, world.accounts.ids)
    old, new = world.accounts.tokens.access(world.ada.id), both.access(world.ada.id)
    assert [await rotated.user_of(token) for token in (old, new)] == [world.ada.id] * 2
    without = Accounts(world.accounts.repository, world.accounts.sessions, world.tokens(OTHER), world.accounts.ids)
    with pytest.raises(Unauthenticated):
        await without.user_of(old)
    assert await opened_by(world, [Forged("removed", world.tokens(REMOVED).access(world.ada.id))]) == []


async def test_refresh_tokens_and_links_are_no_access_tokens(world: World) -> None:
    links = Links((SECRET,), world.clock)
    tokens = [
        world.accounts.tokens.refresh(world.ada.id, "session", "turn"),
        world.accounts.tokens.refresh(world.ada.id, "", ""),
        links.token(world.ada.id, world.clock.now() + LIFE),
        links.token("0" * 24, world.clock.now() + LIFE),
    ]
    assert await opened_by(world, [Forged("another kind", token) for token in tokens]) == []


async def test_no_altered_refresh_token_gives_a_pair(world: World) -> None:
    await world.accounts.sessions.add(world.ada.id, "s", "t")
    token, accepted = world.accounts.tokens.refresh(world.ada.id, "s", "t"), 0
    for at in range(len(token)):
        for altered in (token[:at], f"{token[:at]}{'A' if token[at] != 'A' else 'B'}{token[at + 1 :]}"):
            try:
                await world.accounts.refresh(altered)
                accepted += 1
            except Unauthenticated:
                pass
    assert accepted == 0
    assert await world.accounts.refresh(token)  # and none of them has ended the session


async def test_a_token_ends_with_its_time(world: World) -> None:
    token = await session(world, world.ada)
    world.clock.advance(LIFE.total_seconds() - 1)
    assert await world.accounts.user_of(token) == world.ada.id
    world.clock.advance(1)
    with pytest.raises(Unauthenticated):
        await world.accounts.user_of(token)


def test_a_secret_that_is_too_short_is_refused_at_the_start() -> None:
    for wrong in ({"jwt_secret": "short"}, {"jwt_secret": SECRET, "jwt_previous_secrets": [OTHER, "short"]}):
        with pytest.raises(ValidationError, match="32"):
            Settings(_env_file=None, **wrong)
