"""/tailorings: runs in the background."""

import asyncio
from datetime import datetime
from typing import Any

import httpx
import pytest

from backend.domain.job import Job
from backend.tests.http.service import Person, code_of

JOB = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and know Terraform."


async def start(person: Person, path: str = "/tailorings", **body: Any) -> httpx.Response:
    return await person.ask("POST", path, json={"job_description": JOB} | body)


async def ended(person: Person, run_id: str) -> dict[str, Any]:
    """The run, once it has ended."""
    async with asyncio.timeout(20):
        while True:
            found: dict[str, Any] = (await person.ask("GET", f"/tailorings/{run_id}")).json()
            if found["state"] not in ("queued", "running"):
                return found
            await asyncio.sleep(0.02)


@pytest.fixture
async def ready(ada: Person, small: dict[str, Any]) -> Person:
    """Somebody with a resume."""
    await ada.keep(small)
    return ada


# Starting


async def test_a_run_is_accepted_at_once(ready: Person) -> None:
    answer = await start(ready, priority="high", deadline_seconds=60)
    found = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/tailorings/{found['id']}"
    assert (found["state"], found["priority"], found["deadline_seconds"]) == ("queued", "high", 60)


async def test_a_run_comes_to_what_a_request_comes_to(ready: Person, sample_document: Any, sample_job: Job) -> None:
    await ready.keep(sample_document)
    run = (await start(ready, job_description=sample_job.text)).json()
    result = (await ended(ready, run["id"]))["result"]
    asked = (await ready.tailor(sample_job.text)).json()
    for name in ("tailored_resume", "edits", "match_score", "evaluation", "plan", "analysis"):
        assert result[name] == asked[name]
    assert result["id"] == run["id"]


async def test_a_run_says_what_each_stage_took(ready: Person) -> None:
    found = await ended(ready, (await start(ready)).json()["id"])
    assert found["state"] == "succeeded"
    assert [stage["stage"] for stage in found["stages"][:3]] == ["analyze", "retrieve", "plan"]
    assert all(stage["seconds"] >= 0 for stage in found["stages"])
    assert datetime.fromisoformat(found["started"]) <= datetime.fromisoformat(found["finished"])


async def test_a_result_names_what_it_was_made_from(ready: Person, small: dict[str, Any]) -> None:
    resume_id = await ready.keep(small)
    first = (await start(ready)).json()["inputs"]
    await ready.ask("PUT", f"/resumes/{resume_id}", json=small | {"summary": "Another."})
    second = (await start(ready)).json()["inputs"]
    assert (first["resume_id"], first["resume_version"]) == (resume_id, 1)
    assert (second["resume_id"], second["resume_version"]) == (resume_id, 2)
    assert first["resume_hash"] != second["resume_hash"]
    assert first["prompts"].keys() == {"analyze_job", "write_edits", "judge_claims", "judge_relevance"}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"job_description": " "}, (422, "invalid_input")),
        ({"job_description": None}, (422, "invalid_input")),
        ({"priority": "now"}, (422, "invalid_input")),
        ({"deadline_seconds": 0}, (422, "invalid_input")),
        ({"resume_id": "nobody's"}, (404, "not_found")),
        ({"plan": {}}, (422, "invalid_input")),
        ({"plan_id": "x"}, (422, "invalid_input")),
        ({"plan_id": "x", "job_description": None}, (404, "not_found")),
    ],
)
async def test_what_cannot_be_run_is_refused_at_once(
    ready: Person, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code_of(await start(ready, **body)) == expected


async def test_without_a_resume_there_is_nothing_to_run(ada: Person) -> None:
    assert code_of(await start(ada)) == (404, "no_resume")


# Looking


async def test_runs_and_records_are_listed_newest_first(ready: Person) -> None:
    made = (await ready.tailor(JOB)).json()["id"]
    run = (await start(ready, title="Engineer")).json()["id"]
    await ended(ready, run)
    page = (await ready.ask("GET", "/tailorings")).json()
    assert [item["id"] for item in page["items"]] == [run, made]
    assert [item["state"] for item in page["items"]] == ["succeeded", "succeeded"]
    assert page["items"][0]["title"] == "Engineer"
    assert page["next_cursor"] is None


async def test_lists_come_in_pages(ready: Person) -> None:
    ids = [(await start(ready)).json()["id"] for _ in range(3)]
    for run in ids:
        await ended(ready, run)
    first = (await ready.ask("GET", "/tailorings?limit=2")).json()
    second = (await ready.ask("GET", f"/tailorings?limit=2&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in (*first["items"], *second["items"])] == ids[::-1]
    assert second["next_cursor"] is None


async def test_a_list_may_be_of_some_states_only(ready: Person) -> None:
    await ended(ready, (await start(ready)).json()["id"])
    assert (await ready.ask("GET", "/tailorings?state=failed")).json()["items"] == []
    assert len((await ready.ask("GET", "/tailorings?state=succeeded&state=failed")).json()["items"]) == 1
    assert code_of(await ready.ask("GET", "/tailorings?state=lost")) == (422, "invalid_input")


async def test_another_persons_run_is_not_there(ready: Person, eve: Person) -> None:
    run = (await start(ready)).json()["id"]
    assert code_of(await eve.ask("GET", f"/tailorings/{run}")) == (404, "not_found")
    assert code_of(await eve.ask("DELETE", f"/tailorings/{run}")) == (404, "not_found")
    assert (await eve.ask("GET", "/tailorings")).json()["items"] == []
    assert (await ended(ready, run))["state"] == "succeeded"


# Cancelling


async def test_a_run_that_is_cancelled_comes_to_nothing(ready: Person) -> None:
    run = (await start(ready)).json()["id"]
    answer = await ready.ask("DELETE", f"/tailorings/{run}")
    again = await ready.ask("DELETE", f"/tailorings/{run}")
    assert (answer.json()["state"], again.json()["state"]) == ("cancelled", "cancelled")
    await asyncio.sleep(0.2)
    assert (await ready.ask("GET", f"/tailorings/{run}")).json()["result"] is None
    assert await ready.tailorings() == 0


async def test_what_has_ended_cannot_be_cancelled(ready: Person) -> None:
    run = (await start(ready)).json()["id"]
    await ended(ready, run)
    made = (await ready.tailor(JOB)).json()["id"]
    for id_ in (run, made):
        assert code_of(await ready.ask("DELETE", f"/tailorings/{id_}")) == (409, "conflict")


# Plans


async def test_a_plan_can_be_made_changed_and_carried_out(ready: Person, sample_document: Any, sample_job: Job) -> None:
    await ready.keep(sample_document)
    planned = (await start(ready, "/tailorings/plan", job_description=sample_job.text)).json()
    assert planned["kind"] == "plan"
    found = (await ended(ready, planned["id"]))["plan_result"]
    first = next(item for item in found["plan"]["items"] if item["action"] == "rewrite")
    changed = first | {"action": "gap", "target": "", "why": "I would rather not."}
    answer = await ready.ask(
        "POST", "/tailorings", json={"plan_id": planned["id"], "plan": {"items": [changed], "keywords_to_add": []}}
    )
    result = (await ended(ready, answer.json()["id"]))["result"]
    assert first["requirement_id"] in [gap["requirement_id"] for gap in result["gaps"]]
    assert result["analysis"] == found["analysis"]
    assert "analyze_job" not in [task["task"] for task in result["usage"]["tasks"]]


async def test_a_plan_can_be_carried_out_as_it_is(ready: Person) -> None:
    planned = await ended(ready, (await start(ready, "/tailorings/plan")).json()["id"])
    answer = await ready.ask("POST", "/tailorings", json={"plan_id": planned["id"]})
    assert (await ended(ready, answer.json()["id"]))["result"]["plan"] == planned["plan_result"]["plan"]


async def test_a_plan_of_what_nothing_supports_fails_and_says_so(ready: Person) -> None:
    planned = await ended(ready, (await start(ready, "/tailorings/plan")).json()["id"])
    gap = next(item for item in planned["plan_result"]["plan"]["items"] if item["action"] == "gap")
    wish = gap | {"action": "mention_in_summary", "target": "/summary"}
    answer = await ready.ask("POST", "/tailorings", json={"plan_id": planned["id"], "plan": {"items": [wish]}})
    found = await ended(ready, answer.json()["id"])
    assert (found["state"], found["problem"]["code"]) == ("failed", "invalid_input")


async def test_a_plan_for_a_resume_that_changed_since_is_not_carried_out(ready: Person, small: dict[str, Any]) -> None:
    resume_id = await ready.keep(small)
    planned = await ended(ready, (await start(ready, "/tailorings/plan")).json()["id"])
    await ready.ask("PUT", f"/resumes/{resume_id}", json=small | {"summary": "Another."})
    assert code_of(await ready.ask("POST", "/tailorings", json={"plan_id": planned["id"]})) == (409, "conflict")


async def test_a_plan_cannot_have_requirements_the_job_has_not(ready: Person) -> None:
    planned = await ended(ready, (await start(ready, "/tailorings/plan")).json()["id"])
    body = {"plan_id": planned["id"], "plan": {"items": [{"requirement_id": "r99", "action": "gap", "why": ""}]}}
    assert code_of(await ready.ask("POST", "/tailorings", json=body)) == (422, "invalid_input")


async def test_what_is_no_plan_is_not_carried_out(ready: Person) -> None:
    run = (await start(ready)).json()["id"]
    assert code_of(await ready.ask("POST", "/tailorings", json={"plan_id": run})) == (409, "conflict")
