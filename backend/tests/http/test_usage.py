"""What runs cost, and the month's budget."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.container import Parts
from backend.domain.spent import Spent
from backend.errors import VendorUnavailable
from backend.ports import LanguageModel
from backend.tasks.task import Answer, Task
from backend.tests.http.service import Person, Service, code_of, serve, settings_for

JOB = "Python and PostgreSQL are required for this role."
BUDGET, PRICE = 1.0, 0.05


class Priced:
    """The rule-based model with a price, which fails at the task `fails`."""

    def __init__(self, model: LanguageModel) -> None:
        self._model, self.fails, self.price = model, "", PRICE

    async def run(self, task: Task[Any], model: str | None = None) -> Answer[Any]:
        if task.name == self.fails:
            raise VendorUnavailable("The vendor is down.")
        answer = await self._model.run(task, model)
        return Answer(answer.output, Spent("priced", 100, 40, 10, self.price))


@pytest.fixture
async def priced(tmp_path: Path) -> AsyncIterator[tuple[Service, Priced]]:
    models: list[Priced] = []

    def with_price(parts: Parts) -> Parts:
        models.append(Priced(parts.model))
        return replace(parts, model=models[0])

    async with serve(settings_for(tmp_path, monthly_budget=BUDGET, run_cost_budget=0.5), with_price) as service:
        yield service, models[0]


async def test_a_run_is_counted_by_day_and_by_tailoring(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    tailored = (await ada.tailor(JOB)).json()
    usage = (await ada.ask("GET", "/usage")).json()
    assert [day["runs"] for day in usage["days"]] == [1]
    assert usage["total"]["calls"] == tailored["usage"]["calls"] > 0
    assert usage["budget"]["budget"] is None
    (run,) = (await ada.ask("GET", "/usage/tailorings")).json()["items"]
    assert (run["tailoring_id"], run["outcome"]) == (tailored["id"], "done")


async def test_nobody_sees_what_another_spends(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    await ada.tailor(JOB)
    assert (await eve.ask("GET", "/usage")).json()["total"]["runs"] == 0
    assert (await eve.ask("GET", "/usage/tailorings")).json()["items"] == []


@pytest.mark.parametrize(
    "params", [{"from": "2026-02-01", "to": "2026-01-01"}, {"from": "2020-01-01", "to": "2026-01-01"}, {"from": "soon"}]
)
async def test_days_that_are_none_are_refused(ada: Person, params: dict[str, str]) -> None:
    assert code_of(await ada.ask("GET", "/usage", params=params)) == (422, "invalid_input")


async def test_other_days_are_empty(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    await ada.tailor(JOB)
    usage = (await ada.ask("GET", "/usage", params={"from": "2020-01-01", "to": "2020-01-31"})).json()
    assert usage["days"] == []


async def test_runs_are_listed_page_by_page(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    made = [(await ada.tailor(JOB)).json()["id"] for _ in range(3)]
    first = (await ada.ask("GET", "/usage/tailorings", params={"limit": 2})).json()
    rest = (await ada.ask("GET", "/usage/tailorings", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["tailoring_id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


async def test_a_failed_run_is_counted_with_what_it_spent(
    priced: tuple[Service, Priced], small: dict[str, Any]
) -> None:
    service, model = priced
    person = service.person()
    await person.keep(small)
    model.fails = "write_edits"
    assert code_of(await person.tailor(JOB)) == (503, "vendor_unavailable")
    (run,) = (await person.ask("GET", "/usage/tailorings")).json()["items"]
    assert (run["outcome"], run["tailoring_id"]) == ("failed", "")
    assert run["cost"] >= PRICE
    budget = (await person.ask("GET", "/usage")).json()["budget"]
    assert (budget["spent"], budget["held"]) == (run["cost"], 0)
    assert await person.tailorings() == 0


async def test_a_run_that_cost_nothing_and_failed_is_not_counted(ada: Person) -> None:
    assert code_of(await ada.tailor(JOB)) == (404, "no_resume")
    assert (await ada.ask("GET", "/usage/tailorings")).json()["items"] == []


async def test_when_the_budget_is_spent_the_next_run_is_refused_and_told_why(
    priced: tuple[Service, Priced], small: dict[str, Any]
) -> None:
    service, model = priced
    person, other = service.person(), service.person()
    await person.keep(small)
    await other.keep(small)
    model.price = 0.12
    answers = [await person.tailor(JOB) for _ in range(12)]
    served = [answer.json()["usage"]["cost"] for answer in answers if answer.status_code == 200]
    assert BUDGET <= sum(served) < BUDGET + 0.5
    assert sum(served[:-1]) < BUDGET
    assert code_of(answers[-1]) == (402, "budget_exhausted")
    detail = answers[-1].json()["detail"]
    assert f"${sum(served):.2f} of the $1.00" in detail
    assert "renews on" in detail
    assert (await person.ask("GET", "/usage")).json()["budget"]["spent"] == pytest.approx(sum(served))
    assert (await other.tailor(JOB)).status_code == 200


async def test_fifty_starts_at_once_do_not_overshoot(priced: tuple[Service, Priced], small: dict[str, Any]) -> None:
    service, _ = priced
    person = service.person()
    await person.keep(small)
    one = (await person.tailor(JOB)).json()["usage"]["cost"]
    answers = await asyncio.gather(*(person.tailor(JOB) for _ in range(50)))
    served = [answer for answer in answers if answer.status_code == 200]
    assert {code_of(answer) for answer in answers if answer not in served} == {(402, "budget_exhausted")}
    budget = (await person.ask("GET", "/usage")).json()["budget"]
    assert budget["held"] == 0
    assert budget["spent"] == pytest.approx(one * (len(served) + 1))
    assert BUDGET <= budget["spent"] <= BUDGET + one
