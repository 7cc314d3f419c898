"""Staying logged in, on every database: a session's refresh token works once, and a session ends when it is told to."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest

from backend.adapters.mongo import Mongo, MongoAccounts, MongoSessions
from backend.adapters.mongo.erasure import MongoPersonalData
from backend.adapters.mongo.vault import MongoVault
from backend.adapters.system import SystemIds
from backend.errors import Unauthenticated
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts, TokenPair
from backend.tests.doubles import FixedClock

LIFE = timedelta(days=30)


@pytest.fixture
def clock() -> FixedClock:
    """Of today: MongoDB itself removes sessions that are over by its own clock."""
    return FixedClock(datetime.now(UTC))


@pytest.fixture
def accounts(mongo: Mongo, clock: FixedClock) -> Accounts:
    ids = SystemIds()
    sessions = MongoSessions(mongo.database, clock, LIFE)
    tokens = Tokens((token_hex(32),), timedelta(hours=1), LIFE, clock)
    return Accounts(MongoAccounts(mongo.database, ids), sessions, tokens, ids)


async def logged_in(accounts: Accounts, email: str = "ada@example.com") -> TokenPair:
    if await accounts.repository.by_email(email) is None:
        await accounts.register(email, "a long passphrase")
    return await accounts.login(email, "a long passphrase")


async def works(request: Awaitable[object]) -> bool:
    try:
        await request
    except Unauthenticated:
        return False
    return True


async def test_refreshing_gives_another_pair_that_works(accounts: Accounts) -> None:
    first = await logged_in(accounts)
    second = await accounts.refresh(first.refresh_token)
    assert second.refresh_token != first.refresh_token
    assert await works(accounts.user_of(second.access_token))
    assert await works(accounts.refresh(second.refresh_token))


async def test_a_refresh_token_that_comes_back_ends_the_session_for_all_who_hold_it(accounts: Accounts) -> None:
    first = await logged_in(accounts)
    second = await accounts.refresh(first.refresh_token)
    assert not await works(accounts.refresh(first.refresh_token))
    assert not await works(accounts.refresh(second.refresh_token))
    assert not await works(accounts.user_of(second.access_token))


async def test_other_sessions_go_on(accounts: Accounts) -> None:
    phone, laptop, eve = [await logged_in(accounts, f"{name}@example.com") for name in ("ada", "ada", "eve")]
    await accounts.refresh(phone.refresh_token)
    assert not await works(accounts.refresh(phone.refresh_token))
    await accounts.logout(laptop.access_token)
    assert await works(accounts.user_of(eve.access_token))
    again = await logged_in(accounts)
    assert await works(accounts.user_of(again.access_token))


@pytest.mark.parametrize("at_once", [2, 8])
async def test_of_several_that_come_at_once_one_wins(accounts: Accounts, at_once: int) -> None:
    user = await accounts.user_of((await logged_in(accounts)).access_token)
    won = []
    for number in range(20):
        session = f"{number:024x}"
        await accounts.sessions.add(user, session, "first")
        token = accounts.tokens.refresh(user, session, "first")
        won.append(sum(await asyncio.gather(*(works(accounts.refresh(token)) for _ in range(at_once)))))
        assert not await accounts.sessions.lives(user, session)  # the others were second, which ends it
    assert won == [1] * 20


async def test_logging_out_ends_access_at_once(accounts: Accounts) -> None:
    pair = await logged_in(accounts)
    await accounts.logout(pair.access_token)
    assert not await works(accounts.user_of(pair.access_token))
    assert not await works(accounts.refresh(pair.refresh_token))


async def test_a_refresh_token_ends_with_its_time(accounts: Accounts, clock: FixedClock) -> None:
    pair = await logged_in(accounts)
    clock.advance(LIFE.total_seconds())
    assert not await works(accounts.refresh(pair.refresh_token))


async def test_a_refresh_token_without_a_session_ends_nobodys(accounts: Accounts) -> None:
    pair = await logged_in(accounts)
    user = await accounts.user_of(pair.access_token)
    for token in (accounts.tokens.refresh(user, "", ""), accounts.tokens.refresh(user, "", "turn")):
        assert not await works(accounts.refresh(token))
    assert await works(accounts.user_of(pair.access_token))


async def test_anothers_session_cannot_be_turned_or_ended(accounts: Accounts) -> None:
    ada, eve = [await logged_in(accounts, f"{name}@example.com") for name in ("ada", "eve")]
    session, turn = (claims := accounts.tokens.read(ada.refresh_token, "refresh")).session, claims.turn
    thief = await accounts.user_of(eve.access_token)
    assert not await works(accounts.refresh(accounts.tokens.refresh(thief, session, turn)))
    await accounts.logout(accounts.tokens.access(thief, session))
    assert await works(accounts.user_of(ada.access_token))
    assert await works(accounts.refresh(ada.refresh_token))


async def test_the_tokens_of_an_erased_account_are_dead(accounts: Accounts, mongo: Mongo, clock: FixedClock) -> None:
    ada, eve = [await logged_in(accounts, f"{name}@example.com") for name in ("ada", "eve")]
    personal = MongoPersonalData(mongo.database, MongoVault(mongo.database), clock)
    user = await accounts.user_of(ada.access_token)
    await personal.begin_erasure(user)
    await personal.erase(user)
    assert not await works(accounts.user_of(ada.access_token))
    assert not await works(accounts.refresh(ada.refresh_token))
    assert not await works(accounts.login("ada@example.com", "a long passphrase"))
    assert await works(accounts.user_of(eve.access_token))


async def test_the_same_person_of_a_provider_seen_many_times_at_once_is_one_account(accounts: Accounts) -> None:
    seen = (accounts.repository.external("https://login.example", "ada", "ada@example.com") for _ in range(20))
    assert len({account.id for account in await asyncio.gather(*seen)}) == 1


async def test_a_person_of_a_provider_is_not_the_local_account_with_that_address(accounts: Accounts) -> None:
    local = await accounts.register("ada@example.com", "a long passphrase")
    external = await accounts.repository.external("https://login.example", "ada", "ada@example.com")
    assert external.id != local.id
    assert await works(accounts.login("ada@example.com", "a long passphrase"))
