"""A person's resumes, and nobody else's."""

import asyncio
from typing import Any

import pytest

from backend.tests.http.service import Person, code_of


async def test_a_resume_is_created_and_says_where(ada: Person, small: dict[str, Any]) -> None:
    answer = await ada.ask("POST", "/resumes", json=small)
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/resumes/{answer.json()['id']}"
    assert (await ada.ask("GET", answer.headers["location"])).status_code == 200


async def test_a_resume_comes_back_as_it_was_sent(ada: Person, small: dict[str, Any]) -> None:
    document = {**small, "hobbies": {"sailing": ["knots", 3]}, "note": None, "a.b": "dotted", "": "nameless"}
    resume_id = await ada.keep(document)
    kept = (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"]
    assert {key: value for key, value in kept.items() if key not in ("createdDate", "updatedDate")} == document
    assert kept["createdDate"] == kept["updatedDate"]


async def test_fields_that_are_ours_are_not_taken_from_a_caller(
    ada: Person, eve: Person, small: dict[str, Any]
) -> None:
    theirs = {**small, "_id": "mine", "id": "mine", "user_id": eve.id, "deleted": True, "createdDate": "1999"}
    resume_id = await ada.keep(theirs)
    kept = (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"]
    assert not kept["createdDate"].startswith("1999")
    assert {"_id", "id", "user_id", "deleted"}.isdisjoint(kept)
    assert (await eve.ask("GET", "/resumes")).json()["items"] == []


async def test_a_resume_is_replaced_whole(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep({**small, "hobbies": ["sailing"]})
    created = (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"]["createdDate"]
    answer = await ada.ask("PUT", f"/resumes/{resume_id}", json={**small, "summary": "A new one."})
    assert answer.status_code == 200
    kept = (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"]
    assert kept["summary"] == "A new one."
    assert "hobbies" not in kept
    assert kept["createdDate"] == created


async def test_a_replaced_line_is_no_longer_evidence(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep({**small, "summary": "Engineer who used Terraform for years and liked it."})
    await ada.ask("PUT", f"/resumes/{resume_id}", json=small)
    found = (await ada.tailor("You must know Terraform and Python and PostgreSQL.")).json()
    assert "Terraform" in [gap["text"] for gap in found["gaps"]]


async def test_a_deleted_resume_is_gone(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    assert (await ada.ask("DELETE", f"/resumes/{resume_id}")).status_code == 204
    assert code_of(await ada.ask("GET", f"/resumes/{resume_id}")) == (404, "not_found")
    assert code_of(await ada.ask("DELETE", f"/resumes/{resume_id}")) == (404, "not_found")
    assert (await ada.ask("GET", "/resumes")).json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_another_persons_resume_is_not_there(
    ada: Person, eve: Person, small: dict[str, Any], method: str
) -> None:
    resume_id = await ada.keep(small)
    more = {"json": small} if method == "PUT" else {}
    assert code_of(await eve.ask(method, f"/resumes/{resume_id}", **more)) == (404, "not_found")
    assert (await ada.ask("GET", f"/resumes/{resume_id}")).status_code == 200


async def test_nobody_sees_another_persons_list(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    assert (await eve.ask("GET", "/resumes")).json()["items"] == []


async def test_a_list_is_read_page_by_page_newest_first(ada: Person, small: dict[str, Any]) -> None:
    ids = [await ada.keep(small) for _ in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await ada.ask("GET", "/resumes", params=params)).json()
        assert len(page["items"]) <= 2
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", ""])
async def test_a_limit_that_is_none_is_refused(ada: Person, limit: str) -> None:
    assert code_of(await ada.ask("GET", "/resumes", params={"limit": limit})) == (422, "invalid_input")


@pytest.mark.parametrize("cursor", ["nonsense", "\0", "0" * 24, "$ne"])
async def test_a_cursor_that_is_none_has_nothing_after_it(ada: Person, small: dict[str, Any], cursor: str) -> None:
    await ada.keep(small)
    assert (await ada.ask("GET", "/resumes", params={"cursor": cursor})).json()["items"] == []


@pytest.mark.parametrize("resume_id", ["nonsense", "%00", "%ff", "f" * 24, "%24ne"])
async def test_an_id_that_is_none_is_not_there(ada: Person, resume_id: str) -> None:
    assert code_of(await ada.ask("GET", f"/resumes/{resume_id}")) == (404, "not_found")


async def test_what_cannot_be_tailored_is_not_stored(ada: Person) -> None:
    assert code_of(await ada.ask("POST", "/resumes", json={"contact": {"name": "Ada"}})) == (422, "invalid_input")
    assert (await ada.ask("GET", "/resumes")).json()["items"] == []


async def test_a_replacement_that_is_refused_leaves_the_resume_as_it_was(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    assert code_of(await ada.ask("PUT", f"/resumes/{resume_id}", json={})) == (422, "invalid_input")
    assert (await ada.ask("GET", f"/resumes/{resume_id}")).json()["resume"]["summary"] == small["summary"]


async def test_resumes_written_at_once_are_all_kept(ada: Person, small: dict[str, Any]) -> None:
    ids = await asyncio.gather(*(ada.keep(small) for _ in range(8)))
    listed = (await ada.ask("GET", "/resumes")).json()["items"]
    assert {item["id"] for item in listed} == set(ids)
