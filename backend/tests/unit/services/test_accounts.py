"""Who may have which account."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backend.adapters.embedded.mongo_server import EmbeddedMongo
from backend.adapters.mongo import Mongo, MongoAccounts, MongoSessions
from backend.adapters.system import SystemIds
from backend.errors import Forbidden, InvalidInput, NotFound, Unauthenticated
from backend.security.tokens import Tokens
from backend.services.accounts import Accounts
from backend.settings import Settings
from backend.tests.doubles import FixedClock

PASSWORD, LIFE = "a long passphrase", timedelta(days=1)


@pytest.fixture(scope="module")
async def accounts() -> AsyncIterator[Accounts]:
    server, clock, ids = EmbeddedMongo(None), FixedClock(), SystemIds()
    mongo = Mongo(await server.open(), "test")
    await mongo.prepare()
    repository, sessions = MongoAccounts(mongo.database, ids), MongoSessions(mongo.database, clock, LIFE)
    tokens = Tokens(("a-secret-for-tests-that-is-long-enough",), LIFE, LIFE, clock)
    yield Accounts(repository, sessions, tokens, ids, admin_email=" Root@Example.com ")
    await mongo.close()
    await server.close()


async def test_nobody_registers_the_name_of_a_providers_person(accounts: Accounts) -> None:
    subject = "mallory@example.com"
    with pytest.raises(InvalidInput):
        await accounts.register(f"OIDC|https://login.example|{subject}", PASSWORD)
    person = await accounts.repository.external("https://login.example", subject, "")
    assert person.password_hash == ""


async def test_nobody_logs_in_by_password_as_a_providers_person(accounts: Accounts) -> None:
    await accounts.repository.external("https://login.example", "grace", "grace@example.com")
    for email in ("oidc|https://login.example|grace", "grace@example.com"):
        with pytest.raises(Unauthenticated):
            await accounts.login(email, "")


async def test_persons_of_two_providers_are_two_however_they_are_called(accounts: Accounts) -> None:
    first = await accounts.repository.external("https://one.example", "ida", "ida@example.com")
    second = await accounts.repository.external("https://two.example", "ida", "ida@example.com")
    assert first.id != second.id


async def test_a_new_address_at_the_provider_is_the_same_account(accounts: Accounts) -> None:
    before = await accounts.repository.external("https://one.example", "joan", "joan@example.com")
    after = await accounts.repository.external("https://one.example", "joan", "joan@new.example.com")
    assert (after.id, after.email) == (before.id, "joan@new.example.com")


async def test_the_administrator_is_whose_address_the_provider_verified(accounts: Accounts) -> None:
    vouch = accounts.repository.external
    root, ada = [await vouch("https://one.example", name, f"{name}@example.com") for name in ("root", "ada")]
    unverified = await vouch("https://one.example", "mallory", "")
    await accounts.check_admin(root.id)
    for other in (ada, unverified):
        with pytest.raises(Forbidden):
            await accounts.check_admin(other.id)


async def test_whoever_registers_the_administrators_address_first_is_not_the_administrator(accounts: Accounts) -> None:
    mallory = await accounts.register("root@example.com", PASSWORD)
    with pytest.raises(Forbidden):
        await accounts.check_admin(mallory.id)
    await replace(accounts, password_admin=True).check_admin(mallory.id)  # on a developer's own machine


@pytest.mark.parametrize(
    ("more", "by_password"),
    [
        ({"environment": "development"}, True),
        ({"environment": "test"}, True),
        ({"environment": "production"}, False),
        ({"environment": "test", "oidc_issuer": "https://login.example"}, False),
        ({"environment": "test", "oidc_issuer": " "}, True),
    ],
)
def test_a_password_makes_an_administrator_only_where_nobody_else_can_come(more: Any, by_password: bool) -> None:
    assert Settings(_env_file=None, **more).password_admin == by_password


async def test_nobody_is_the_administrator_where_no_address_is_set(accounts: Accounts) -> None:
    nameless = await accounts.repository.external("https://one.example", "kim", "")
    unset = Accounts(accounts.repository, accounts.sessions, accounts.tokens, accounts.ids)
    with pytest.raises(Forbidden):
        await unset.check_admin(nameless.id)


async def test_a_token_without_an_account_has_no_me(accounts: Accounts) -> None:
    with pytest.raises(NotFound):
        await accounts.me("f" * 24)
