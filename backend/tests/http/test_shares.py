"""Links to tailored resumes."""

import base64
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.container import Parts
from backend.errors import VendorUnavailable
from backend.security.links import Links
from backend.tests.doubles import FixedClock
from backend.tests.http.service import SECRET, Person, code_of, serve, settings_for

JOB = "Python and PostgreSQL are required for this role at Hemligbolaget."


@pytest.fixture
async def tailoring_id(ada: Person, small: dict[str, Any]) -> str:
    await ada.keep({**small, "_internal": {"salary": 5}})
    return str((await ada.tailor(JOB, company="Hemligbolaget")).json()["id"])


async def share(person: Person, tailoring_id: str, **more: Any) -> dict[str, Any]:
    answer = await person.ask("POST", f"/tailorings/{tailoring_id}/share", json=more)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def read(person: Person, token: str, **params: str) -> httpx.Response:
    return await person.service.http.get(f"/shared/{token}", params=params)


async def test_anybody_with_the_link_reads_the_resume_and_nothing_else(ada: Person, tailoring_id: str) -> None:
    made = await share(ada, tailoring_id)
    answer = await ada.service.http.get(made["url"])
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.json().keys() == {"resume"}
    assert answer.json()["resume"]["contact"]["name"] == "Ada Berg"
    for word in ("Hemligbolaget", ada.id, tailoring_id, "edits", "verification", "user_id", "usage"):
        assert word not in answer.text


@pytest.mark.parametrize(
    ("wanted", "kind", "begins"), [("html", "text/html", b"<!DOC"), ("pdf", "application/pdf", b"%PDF")]
)
async def test_it_is_read_as_a_file(ada: Person, tailoring_id: str, wanted: str, kind: str, begins: bytes) -> None:
    answer = await read(ada, (await share(ada, tailoring_id))["token"], format=wanted)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert answer.headers["content-disposition"].startswith("inline")
    assert answer.headers["x-robots-tag"].startswith("noindex")
    assert answer.content.startswith(begins)


async def test_no_other_format_is_given(ada: Person, tailoring_id: str) -> None:
    answer = await read(ada, (await share(ada, tailoring_id))["token"], format="docx")
    assert code_of(answer) == (422, "invalid_input")


async def test_a_link_that_was_taken_back_opens_nothing(ada: Person, eve: Person, tailoring_id: str) -> None:
    made = await share(ada, tailoring_id)
    assert code_of(await eve.ask("DELETE", f"/shares/{made['id']}")) == (404, "not_found")
    assert (await read(ada, made["token"])).status_code == 200
    assert (await ada.ask("DELETE", f"/shares/{made['id']}")).status_code == 204
    assert code_of(await read(ada, made["token"])) == (404, "not_found")
    assert code_of(await ada.ask("DELETE", f"/shares/{made['id']}")) == (404, "not_found")


async def test_wrong_expired_and_revoked_get_the_same_answer(ada: Person, tailoring_id: str) -> None:
    kept, revoked = await share(ada, tailoring_id), await share(ada, tailoring_id)
    await ada.ask("DELETE", f"/shares/{revoked['id']}")
    past = FixedClock()
    tokens = {
        "wrong": "x" * 59,
        "expired": Links((SECRET,), past).token(kept["id"], past.now()),
        "another secret's": Links(("n" * 40,), past).token(kept["id"], ada.service.container.parts.clock.now()),
        "revoked": revoked["token"],
        "of a login": ada.token,
        "cut": kept["token"][:-1],
        "unknown": base64.urlsafe_b64encode(bytes(44)).decode(),
    }
    answers = [await read(ada, token) for token in tokens.values()]
    assert {answer.status_code for answer in answers} == {404}
    told = {(answer.json()["code"], answer.json()["title"], answer.json()["detail"]) for answer in answers}
    assert len(told) == 1
    assert (await read(ada, kept["token"])).status_code == 200


async def test_a_token_of_a_link_is_no_login(ada: Person, tailoring_id: str) -> None:
    token = (await share(ada, tailoring_id))["token"]
    answer = await ada.service.http.get("/resumes", headers={"Authorization": f"Bearer {token}"})
    assert code_of(answer) == (401, "unauthenticated")


async def test_shares_are_listed_without_their_tokens(ada: Person, eve: Person, tailoring_id: str) -> None:
    made = [await share(ada, tailoring_id, expires_in_days=days) for days in (1, 90)]
    listed = await ada.ask("GET", "/shares")
    assert [item["id"] for item in listed.json()["items"]] == [made[1]["id"], made[0]["id"]]
    assert made[0]["token"] not in listed.text
    assert (await eve.ask("GET", "/shares")).json()["items"] == []
    page = (await ada.ask("GET", "/shares", params={"limit": 1})).json()
    assert page["next_cursor"] == made[1]["id"]


@pytest.mark.parametrize("days", [0, 91, -1, "soon"])
async def test_a_life_that_is_none_is_refused(ada: Person, tailoring_id: str, days: object) -> None:
    answer = await ada.ask("POST", f"/tailorings/{tailoring_id}/share", json={"expires_in_days": days})
    assert code_of(answer) == (422, "invalid_input")


async def test_another_persons_tailoring_is_not_shared(ada: Person, eve: Person, tailoring_id: str) -> None:
    assert code_of(await eve.ask("POST", f"/tailorings/{tailoring_id}/share", json={})) == (404, "not_found")


async def test_reading_is_limited_by_address(tmp_path: Path) -> None:
    async with serve(settings_for(tmp_path, auth_rate_limit="2/minute")) as service:
        person = service.person()
        answers = [code_of(await read(person, "nothing")) for _ in range(3)]
    assert answers == [(404, "not_found"), (404, "not_found"), (429, "too_many_requests")]


async def test_a_token_is_in_no_log_of_a_failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Gone:
        async def shared(self, share_id: str) -> Any:
            raise VendorUnavailable("MongoDB is not available.")

    def without(parts: Parts) -> Parts:
        shares: Any = Gone()
        return replace(parts, shares=shares)

    caplog.set_level("DEBUG")
    async with serve(settings_for(tmp_path), without) as service:
        clock = service.container.parts.clock
        token = Links((SECRET,), clock).token("0" * 24, clock.now() + timedelta(days=1))
        answer = await service.http.get(f"/shared/{token}")
    assert code_of(answer) == (503, "vendor_unavailable")
    ours = [record.getMessage() for record in caplog.records if record.name != "httpx"]  # the test's own client
    assert "GET /shared/{token}: vendor_unavailable" in ours
    assert not any(token[:20] in message for message in ours)
