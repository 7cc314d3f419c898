"""/tailorings/batch: one resume for many jobs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from bson import ObjectId

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.domain.lexicon import Lexicon
from backend.domain.tailoring import Options
from backend.services.batches import BatchTerms, JobSent
from backend.tests.http.following import Heard, heard
from backend.tests.http.live import live
from backend.tests.http.service import MANY, Person, Service, code_of, serve, settings_for
from backend.tests.slow_model import SlowModel

JOB = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and know Terraform."
UNKNOWN = "0" * 24


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    settings = settings_for(tmp_path_factory.mktemp("batches"), batches_rate_limit=MANY)
    async with serve(settings) as opened:
        yield opened


@pytest.fixture
async def ada(service: Service, small: dict[str, Any]) -> Person:
    person = service.person()
    await person.keep(small)
    return person


def jobs(count: int) -> list[dict[str, Any]]:
    return [{"job_description": f"{JOB} Reference {n}."} for n in range(count)]


async def start(person: Person, sent: list[dict[str, Any]], **body: Any) -> dict[str, Any]:
    headers = body.pop("headers", {})
    answer = await person.ask("POST", "/tailorings/batch", json={"jobs": sent} | body, headers=headers)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def get(person: Person, batch: str, **params: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await person.ask("GET", f"/tailorings/batch/{batch}", params=params)).json()
    return found


async def over(person: Person, batch: str, seconds: float = 30) -> dict[str, Any]:
    """The batch, once all of its runs have ended."""
    async with asyncio.timeout(seconds):
        while True:
            found = await get(person, batch, limit=100)
            if not found["counts"]["queued"] + found["counts"]["running"]:
                return found
            await asyncio.sleep(0.05)


# Starting


async def test_each_job_is_a_run_of_its_own(ada: Person) -> None:
    batch = await start(ada, jobs(5))
    assert (batch["size"], batch["folded"], batch["economy"], len(set(batch["run_ids"]))) == (5, 0, False, 5)
    found = await over(ada, batch["id"])
    assert (found["state"], found["counts"]["succeeded"], found["percent"]) == ("succeeded", 5, 100.0)
    run = (await ada.ask("GET", f"/tailorings/{batch['run_ids'][3]}")).json()
    assert (run["state"], run["priority"], run["batch_id"]) == ("succeeded", "low", batch["id"])
    assert run["result"]["tailored_resume"]
    assert await ada.tailorings() == 5


async def test_the_answer_says_where_to_look(ada: Person) -> None:
    answer = await ada.ask("POST", "/tailorings/batch", json={"jobs": jobs(1)})
    assert answer.headers["location"] == f"/tailorings/batch/{answer.json()['id']}"


async def test_stored_jobs_and_descriptions_go_together(ada: Person) -> None:
    kept = (await ada.ask("POST", "/jobs", json={"text": f"{JOB} Stored.", "title": "Stored"})).json()["id"]
    batch = await start(ada, [{"job_id": kept}, {"job_id": kept, "title": "Mine"}, *jobs(1)])
    await over(ada, batch["id"])
    runs = [(await ada.ask("GET", f"/tailorings/{id_}")).json()["title"] for id_ in batch["run_ids"]]
    assert runs == ["Stored", "Mine", ""]


async def test_jobs_that_are_the_same_are_one_run(ada: Person) -> None:
    again = {"job_description": f"  {JOB}  Reference 1. "}
    batch = await start(ada, [*jobs(3), again, {**again, "title": "Another"}])
    assert (batch["size"], batch["folded"]) == (4, 1)
    assert batch["run_ids"][3] == batch["run_ids"][1]
    assert (await over(ada, batch["id"]))["counts"]["succeeded"] == 4


async def test_a_job_that_is_not_known_fails_alone(ada: Person) -> None:
    batch = await start(ada, [*jobs(10), {"job_id": UNKNOWN}, *({**one, "title": "X"} for one in jobs(9))])
    found = await over(ada, batch["id"])
    assert (found["counts"]["succeeded"], found["counts"]["failed"]) == (19, 1)
    (failed,) = [item for item in found["items"] if item["state"] == "failed"]
    assert failed["id"] == batch["run_ids"][10]
    assert (failed["problem"]["code"], failed["problem"]["status"]) == ("not_found", 404)
    run = (await ada.ask("GET", f"/tailorings/{failed['id']}")).json()
    assert (run["state"], run["problem"]) == ("failed", failed["problem"])


async def test_a_job_of_anothers_reads_as_one_that_never_was(ada: Person, service: Service) -> None:
    theirs = (await service.person().ask("POST", "/jobs", json={"text": f"{JOB} Secret."})).json()["id"]
    found = await over(ada, (await start(ada, [{"job_id": theirs}, {"job_id": UNKNOWN}]))["id"])
    said = {item["problem"]["detail"].replace(theirs, "ID").replace(UNKNOWN, "ID") for item in found["items"]}
    assert len(said) == 1
    assert found["state"] == "failed"


async def test_a_job_that_cannot_be_read_fails_alone(ada: Person) -> None:
    batch = await start(ada, [*jobs(1), {"job_description": "…!?"}])
    found = await over(ada, batch["id"])
    assert {item["state"]: (item["problem"] or {}).get("code") for item in found["items"]} == {
        "succeeded": None,
        "failed": "invalid_input",
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"jobs": []},
        {"jobs": [{}]},
        {"jobs": [{"job_id": "a", "job_description": "b"}]},
        {"jobs": [{"job_description": "x" * 50_001}]},
        {"jobs": [{"job_description": JOB, "priority": "high"}]},
        {"jobs": jobs(501)},
        {"jobs": jobs(1), "deadline_seconds": 0},
        {"jobs": "many"},
        ["jobs"],
    ],
)
async def test_what_is_no_batch_is_refused(ada: Person, body: Any) -> None:
    answer = await ada.ask("POST", "/tailorings/batch", json=body)
    assert code_of(answer) == (422, "invalid_input")


async def test_a_refusal_says_which_job(ada: Person) -> None:
    answer = await ada.ask("POST", "/tailorings/batch", json={"jobs": [*jobs(2), {"title": "No text"}]})
    assert "jobs.2.job_description" in answer.json()["detail"]


async def test_without_a_resume_nothing_is_started(service: Service) -> None:
    nobody = service.person()
    answer = await nobody.ask("POST", "/tailorings/batch", json={"jobs": jobs(2)})
    assert code_of(answer) == (404, "no_resume")
    assert (await nobody.ask("GET", "/tailorings/batch")).json()["items"] == []


async def test_a_batch_may_be_larger_than_other_requests(tmp_path: Path, small: dict[str, Any]) -> None:
    async with serve(settings_for(tmp_path, body_limit=20_000, batch_limit=60_000)) as service:
        ann = service.person()
        await ann.keep(small)
        long = [{"job_description": f"{JOB} {n} {'and Python ' * 700}"} for n in range(10)]
        assert (await ann.ask("POST", "/tailorings/batch", json={"jobs": long[:3]})).status_code == 202
        answer = await ann.ask("POST", "/tailorings/batch", json={"jobs": long})
        assert code_of(answer) == (413, "too_large")
        assert "60,000 bytes" in answer.json()["detail"]
        assert code_of(await ann.ask("POST", "/tailorings", json=long[0] | {"title": "x" * 20_000})) == (
            413,
            "too_large",
        )


# Once for a key


async def test_a_repeated_request_starts_nothing_new(ada: Person) -> None:
    key = {"Idempotency-Key": "batch-1"}
    answers = await asyncio.gather(
        *(ada.ask("POST", "/tailorings/batch", json={"jobs": jobs(6)}, headers=key) for _ in range(5))
    )
    assert {(answer.status_code, answer.json()["id"]) for answer in answers} == {(202, answers[0].json()["id"])}
    assert len((await ada.ask("GET", "/tailorings/batch")).json()["items"]) == 1
    await over(ada, answers[0].json()["id"])
    assert await ada.tailorings() == 6


async def test_a_request_that_was_cut_short_is_finished_by_the_same_again(ada: Person) -> None:
    """As if the process had died after it had kept the batch and the first of its runs."""
    batches, made = ada.service.container.batches, ada.service.container.parts.ids.new_id()
    sent = [JobSent(text=f"{JOB} Cut {n}.") for n in range(4)]
    first = (await batches.start(ada.id, sent, None, Options(), BatchTerms(id=made))).batch
    rows: Any = ada.service.container.parts.runs.repository
    await over(ada, made)
    await rows._runs.delete_many({"user_id": ada.id, "_id": {"$ne": ObjectId(first.run_ids[0])}})
    again = (await batches.start(ada.id, sent, None, Options(), BatchTerms(id=made))).batch
    assert again.run_ids == first.run_ids
    assert (await over(ada, made))["counts"]["succeeded"] == 4


# Looking


async def test_runs_come_in_pages_the_latest_first(ada: Person) -> None:
    batch = await start(ada, jobs(7))
    await over(ada, batch["id"])
    seen: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = await get(ada, batch["id"], limit=3, **({"cursor": cursor} if cursor else {}))
        seen, cursor = seen + page["items"], page["next_cursor"]
    assert {item["id"] for item in seen} == set(batch["run_ids"])
    assert len(seen) == 7
    finished = [item["finished"] for item in seen]
    assert finished == sorted(finished, reverse=True)
    assert all(item["match_score"] is not None for item in seen)


async def test_batches_are_listed_newest_first(ada: Person) -> None:
    ids = [(await start(ada, jobs(1)))["id"] for _ in range(3)]
    first = (await ada.ask("GET", "/tailorings/batch", params={"limit": 2})).json()
    rest = (await ada.ask("GET", "/tailorings/batch", params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next_cursor"] is None


async def test_anothers_batch_is_not_there(ada: Person, service: Service) -> None:
    batch, eve = (await start(ada, jobs(2)))["id"], service.person()
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/events")):
        answer = await eve.ask(method, f"/tailorings/batch/{batch}{path}")
        assert code_of(answer) == (404, "not_found")
    assert (await eve.ask("GET", "/tailorings/batch")).json()["items"] == []
    assert (await over(ada, batch))["counts"]["succeeded"] == 2


@pytest.mark.parametrize("cursor", ["", "x", "1-", "-", "9-zz", f"9-{UNKNOWN}", "٣-٤"])
async def test_a_cursor_that_is_none_is_no_error(ada: Person, cursor: str) -> None:
    batch = await start(ada, jobs(1))
    answer = await ada.ask("GET", f"/tailorings/batch/{batch['id']}", params={"cursor": cursor})
    assert answer.status_code == 200


# Cancelling, and following


@pytest.fixture
def held(lexicon: Lexicon) -> SlowModel:
    return SlowModel(RuleBasedModel(lexicon), held=("judge_relevance",))


async def test_what_has_ended_when_a_batch_is_cancelled_keeps_its_result(
    tmp_path: Path, lexicon: Lexicon, small: dict[str, Any]
) -> None:
    slow = SlowModel(RuleBasedModel(lexicon), seconds=0.02)
    async with serve(settings_for(tmp_path, runs_at_once=2), lambda parts: replace(parts, model=slow)) as service:
        ann = service.person()
        await ann.keep(small)
        batch = await start(ann, jobs(20))
        async with asyncio.timeout(20):
            while (await get(ann, batch["id"]))["counts"]["succeeded"] < 4:  # noqa: ASYNC110 - as a caller would
                await asyncio.sleep(0.02)
        cancelled = (await ann.ask("DELETE", f"/tailorings/batch/{batch['id']}")).json()
        counts = cancelled["counts"]
        assert counts["cancelled"] > 5
        assert (counts["queued"], counts["running"]) == (0, 0)
        assert counts["succeeded"] >= 4
        again = (await ann.ask("DELETE", f"/tailorings/batch/{batch['id']}")).json()
        assert (again["state"], again["counts"]) == ("succeeded", counts)
        await asyncio.sleep(0.2)
        assert await ann.tailorings() == counts["succeeded"]
        story = await heard(ann, f"batch/{batch['id']}")
        assert len(story) == 21
        assert story[-1].data["state"] == "succeeded"


async def test_followers_hear_of_each_run_once_and_then_of_the_end(ada: Person) -> None:
    batch = await start(ada, [*jobs(6), {"job_id": UNKNOWN}])
    story = await heard(ada, f"batch/{batch['id']}")
    told = [event.data for event in story if event.name == "run"]
    assert sorted(one["run_id"] for one in told) == sorted(batch["run_ids"])
    assert sorted(one["state"] for one in told) == ["failed"] + ["succeeded"] * 6
    percents = [event.data["percent"] for event in story]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert story[-1].data["sentence"] == "7 of 7 have ended: 6 succeeded, 1 failed."
    assert all(event.id for event in story)


async def test_who_hangs_up_and_comes_back_misses_nothing_and_hears_nothing_twice(
    tmp_path: Path, lexicon: Lexicon, small: dict[str, Any]
) -> None:
    slow = SlowModel(RuleBasedModel(lexicon), seconds=0.02)
    async with live(settings_for(tmp_path, runs_at_once=2), lambda parts: replace(parts, model=slow)) as server:
        ann = server.service.person()
        await ann.keep(small)
        batch = await start(ann, jobs(9))
        story: list[Heard] = []
        while not story or story[-1].name != "state":
            story += await heard(ann, f"batch/{batch['id']}", after=story[-1].id if story else "", most=2)
        assert story == await heard(ann, f"batch/{batch['id']}")
        assert len(story) == 10
        last = {"Last-Event-ID": story[-1].id}
        answer = await ann.ask("GET", f"/tailorings/batch/{batch['id']}/events", headers=last)
        assert answer.status_code == 204


async def test_what_a_dead_worker_did_not_tell_is_told_in_the_end(ada: Person) -> None:
    batch = await start(ada, jobs(3))
    await over(ada, batch["id"])
    bus: Any = ada.service.container.parts.runs.bus
    async with asyncio.timeout(5):
        while len(log := bus._logs.get((ada.id, batch["id"]), [])) < 4:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)
    del log[1:]
    story = await heard(ada, f"batch/{batch['id']}")
    assert sorted(event.data["run_id"] for event in story[:-1]) == sorted(batch["run_ids"])
    assert story[-1].name == "state"


async def test_without_a_token_nothing_is_told(ada: Person) -> None:
    batch = await start(ada, jobs(1))
    answer: httpx.Response = await ada.service.http.get(f"/tailorings/batch/{batch['id']}/events")
    assert code_of(answer) == (401, "unauthenticated")


# Money


async def test_a_run_that_the_months_budget_refuses_fails_alone(
    tmp_path: Path, lexicon: Lexicon, small: dict[str, Any], held: SlowModel
) -> None:
    settings = settings_for(tmp_path, monthly_budget=2.0, run_cost_budget=1.0, runs_at_once=4)
    async with serve(settings, lambda parts: replace(parts, model=held)) as service:
        ann = service.person()
        await ann.keep(small)
        batch = await start(ann, jobs(4))
        async with asyncio.timeout(10):
            while (await get(ann, batch["id"]))["counts"]["failed"] < 2:  # noqa: ASYNC110 - as a caller would
                await asyncio.sleep(0.02)
        held.let_go()
        found = await over(ann, batch["id"])
        assert (found["counts"]["succeeded"], found["counts"]["failed"]) == (2, 2)
        codes = {item["problem"]["code"] for item in found["items"] if item["state"] == "failed"}
        assert codes == {"budget_exhausted"}
