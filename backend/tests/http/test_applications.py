"""Applications, as their callers see them."""

import asyncio
import csv
import io
from typing import Any

import pytest

from backend.tests.http.service import Person, code_of

JOB = "Python and PostgreSQL are required for this role."


async def create(person: Person, **more: Any) -> dict[str, Any]:
    answer = await person.ask("POST", "/applications", json={"title": "Engineer"} | more)
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/applications/{answer.json()['id']}"
    found: dict[str, Any] = answer.json()
    return found


async def test_an_application_is_created_read_changed_and_deleted(ada: Person) -> None:
    made = await create(ada, company="Kvitto", next_step_on="2026-02-03", notes="n")
    path = f"/applications/{made['id']}"
    assert (await ada.ask("GET", path)).json() == made
    changed = await ada.ask("PATCH", path, json={"notes": None, "next_step_on": None, "company": "Kvitto Pay"})
    assert (changed.json()["notes"], changed.json()["next_step_on"]) == ("", None)
    assert (changed.json()["company"], changed.json()["title"]) == ("Kvitto Pay", "Engineer")
    assert (await ada.ask("DELETE", path)).status_code == 204
    assert code_of(await ada.ask("GET", path)) == (404, "not_found")
    assert code_of(await ada.ask("DELETE", path)) == (404, "not_found")


async def test_an_application_of_a_tailoring_takes_what_that_knows(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    tailored = (await ada.tailor(JOB, title="Developer", company="Aktiebolaget")).json()
    made = await create(ada, title="My title", tailoring_id=tailored["id"])
    assert (made["title"], made["company"]) == ("My title", "Aktiebolaget")
    assert (made["resume_id"], made["tailoring_id"]) == (resume_id, tailored["id"])
    assert made["scores"]["overall"] == tailored["evaluation"]["overall"]
    assert made["scores"]["match_after"] == tailored["match_score"]["after"]
    assert made["usage"]["calls"] == tailored["usage"]["calls"] > 0


async def test_every_status_is_recorded_with_its_time(ada: Person) -> None:
    path = f"/applications/{(await create(ada))['id']}"
    for status in ("applied", "rejected", "interviewing", "interviewing", "offered", "accepted", "withdrawn"):
        answer = await ada.ask("PATCH", path, json={"status": status})
        assert answer.status_code == 200
    found = answer.json()
    kept = [change["status"] for change in found["history"]]
    assert kept == ["saved", "applied", "rejected", "interviewing", "offered", "accepted", "withdrawn"]
    assert found["status"] == "withdrawn"
    assert found["applied_on"]


async def test_changes_at_once_are_all_kept(ada: Person) -> None:
    path = f"/applications/{(await create(ada))['id']}"
    changes = [{"notes": "n"}, {"company": "c"}, {"next_step": "s"}, {"status": "applied"}, {"title": "t"}]
    await asyncio.gather(*(ada.ask("PATCH", path, json=change) for change in changes))
    found = (await ada.ask("GET", path)).json()
    assert [found[name] for name in ("notes", "company", "next_step", "status", "title")] == [
        "n",
        "c",
        "s",
        "applied",
        "t",
    ]
    assert found["revision"] == 6


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"title": "t", "status": "hired"},
        {"title": "t", "url": "javascript:alert(1)"},
        {"title": "t", "applied_on": "yesterday"},
        {"title": "t", "salary": 1},
        {"title": "t" * 301},
        {"title": 5},
    ],
)
async def test_what_is_no_application_is_refused(ada: Person, body: dict[str, Any]) -> None:
    assert code_of(await ada.ask("POST", "/applications", json=body)) == (422, "invalid_input")
    assert (await ada.ask("GET", "/applications")).json()["items"] == []


async def test_broken_unicode_is_refused(ada: Person) -> None:
    assert code_of(await ada.send("/applications", '{"title": "\\ud800"}')) == (422, "invalid_input")


async def test_a_change_that_would_leave_it_nameless_is_refused(ada: Person) -> None:
    path = f"/applications/{(await create(ada))['id']}"
    assert code_of(await ada.ask("PATCH", path, json={"title": ""})) == (422, "invalid_input")
    assert (await ada.ask("GET", path)).json()["title"] == "Engineer"


async def test_what_it_names_must_be_there_and_ones_own(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    tailoring_id = (await ada.tailor(JOB)).json()["id"]
    for body in ({"resume_id": resume_id}, {"tailoring_id": tailoring_id}, {"tailoring_id": "0" * 24}):
        assert code_of(await eve.ask("POST", "/applications", json={"title": "t"} | body)) == (404, "not_found")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
async def test_another_persons_application_is_not_there(ada: Person, eve: Person, method: str) -> None:
    path = f"/applications/{(await create(ada))['id']}"
    more = {"json": {"title": "stolen"}} if method == "PATCH" else {}
    assert code_of(await eve.ask(method, path, **more)) == (404, "not_found")
    assert (await ada.ask("GET", path)).json()["title"] == "Engineer"
    assert (await eve.ask("GET", "/applications")).json()["items"] == []


async def test_a_list_is_read_page_by_page_and_by_status(ada: Person) -> None:
    made = [(await create(ada, status=status))["id"] for status in ("saved", "applied", "saved", "applied", "saved")]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 2, "status": "saved"}
    while True:
        page = (await ada.ask("GET", "/applications", params=params)).json()
        seen += [item["id"] for item in page["items"]]
        if not page["next_cursor"]:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == [made[4], made[2], made[0]]
    assert code_of(await ada.ask("GET", "/applications", params={"status": "x"})) == (422, "invalid_input")


async def test_the_csv_has_all_and_runs_nothing(ada: Person, eve: Person) -> None:
    await create(ada, company='=HYPERLINK("http://evil.example")', notes="two\nlines")
    await create(ada, title='Åsa, "quoted"', status="applied")
    answer = await ada.ask("GET", "/applications/export.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["title"] for row in rows] == ['Åsa, "quoted"', "Engineer"]
    assert rows[1]["company"] == '\'=HYPERLINK("http://evil.example")'
    assert rows[1]["notes"] == "two\nlines"
    assert len((await eve.ask("GET", "/applications/export.csv")).text.splitlines()) == 1
