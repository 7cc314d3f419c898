"""The Idempotency-Key header: on everything that costs money."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.domain.lexicon import Lexicon
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.slow_model import SlowModel

JOB = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and know Terraform."
BODY = {"job_description": JOB}
COSTLY = ["/tailor", "/tailorings", "/tailorings/plan"]


@pytest.fixture(scope="module")
def model(lexicon: Lexicon) -> SlowModel:
    return SlowModel(RuleBasedModel(lexicon), seconds=0.02)


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory, model: SlowModel) -> AsyncIterator[Service]:
    settings = settings_for(tmp_path_factory.mktemp("keys"), runs_rate_limit="10000/minute")
    async with serve(settings, lambda parts: replace(parts, model=model)) as opened:
        yield opened


@pytest.fixture
async def ada(service: Service, small: dict[str, Any]) -> Person:
    person = service.person()
    await person.keep(small)
    return person


async def send(person: Person, path: str, key: str, body: dict[str, Any] | None = None) -> Any:
    return await person.ask("POST", path, json=body or BODY, headers={"Idempotency-Key": key})


@pytest.mark.parametrize("path", COSTLY)
async def test_the_first_answer_is_given_again(ada: Person, model: SlowModel, path: str) -> None:
    first = await send(ada, path, "k1")
    before = model.asked.copy()
    again = await send(ada, path, "k1")
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers.get("location") == first.headers.get("location")
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    if path == "/tailor":
        assert model.asked == before


@pytest.mark.parametrize("path", COSTLY)
async def test_a_key_with_another_body_is_refused(ada: Person, path: str) -> None:
    await send(ada, path, "k1")
    answer = await send(ada, path, "k1", BODY | {"title": "Another"})
    assert code_of(answer) == (422, "idempotency_key_reused")


async def test_the_order_of_names_in_a_body_does_not_matter(ada: Person) -> None:
    body = BODY | {"title": "Engineer"}
    first = await send(ada, "/tailorings", "k1", body)
    again = await send(ada, "/tailorings", "k1", dict(reversed(body.items())))
    assert again.json() == first.json()


async def test_keys_are_each_persons_and_each_routes_own(ada: Person, service: Service, small: dict[str, Any]) -> None:
    eve = service.person()
    await eve.keep(small)
    ids = [
        (await send(ada, "/tailorings", "k1")).json()["id"],
        (await send(eve, "/tailorings", "k1")).json()["id"],
        (await send(ada, "/tailorings/plan", "k1")).json()["id"],
    ]
    assert len(set(ids)) == 3


@pytest.mark.parametrize("path", COSTLY)
async def test_of_many_at_once_one_is_done(ada: Person, path: str) -> None:
    answers = await asyncio.gather(*(send(ada, path, "k1") for _ in range(100)))
    assert Counter(answer.status_code for answer in answers) == {answers[0].status_code: 100}
    assert len({answer.json()["id"] for answer in answers}) == 1
    listed = (await ada.ask("GET", "/tailorings")).json()["items"]
    assert len(listed) == 1


async def test_an_error_that_stays_is_an_answer_too(service: Service) -> None:
    nobody = service.person()
    first = await send(nobody, "/tailorings", "k1")
    again = await send(nobody, "/tailorings", "k1")
    assert code_of(first) == code_of(again) == (404, "no_resume")
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "é"])
async def test_a_key_that_is_none_is_refused(ada: Person, key: str) -> None:
    headers = {"Idempotency-Key": key.encode()}
    answer = await ada.ask("POST", "/tailorings", json=BODY, headers=headers)
    assert code_of(answer) == (422, "invalid_input")
