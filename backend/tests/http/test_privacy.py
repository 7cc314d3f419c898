"""A copy of everything, its end, and the log of changes."""

import asyncio
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
import pytest

from backend.container import Parts
from backend.errors import VendorUnavailable
from backend.ports import ChunkIndex
from backend.tests.http.service import Person, Service, code_of, serve, settings_for

JOB = "Python and PostgreSQL are required for this role."
ERASE = {"json": {"confirm": "delete everything"}}
PASSWORD = "a long passphrase"


def unpacked(answer: httpx.Response) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/zip"
    copy = ZipFile(io.BytesIO(answer.content))
    assert copy.testzip() is None
    return {name: json.loads(copy.read(name)) for name in copy.namelist() if name.endswith(".json")} | {
        "README.txt": copy.read("README.txt").decode()
    }


async def registered(service: Service, email: str) -> Person:
    known = {"email": email, "password": PASSWORD}
    user_id = (await service.http.post("/auth/register", json=known)).json()["id"]
    token = (await service.http.post("/auth/login", json=known)).json()["access_token"]
    return Person(service, user_id, token)


async def test_a_copy_has_everything_and_no_secret(service: Service, small: dict[str, Any]) -> None:
    ada = await registered(service, "copy@example.com")
    resume_id = await ada.keep(small)
    await ada.ask("PUT", f"/resumes/{resume_id}", json={**small, "summary": "A changed one."})
    await ada.ask("PUT", f"/resumes/{resume_id}/master")
    await ada.ask("POST", "/content", json={"text": "I moved billing to Kafka in six weeks."})
    await ada.ask("POST", "/jobs", json={"text": JOB, "title": "Engineer"})
    tailoring_id = (await ada.tailor(JOB)).json()["id"]
    await ada.ask("POST", "/applications", json={"tailoring_id": tailoring_id, "title": "Engineer"})
    await ada.ask("POST", f"/tailorings/{tailoring_id}/share", json={})
    found = unpacked(await ada.ask("GET", "/auth/me/export"))
    assert found["resumes.json"][0]["summary"] == "A changed one."
    assert found["resume_versions.json"][0]["summary"] == small["summary"]
    assert found["content_library.json"][0]["text"] == "I moved billing to Kafka in six weeks."
    assert found["tailorings.json"][0]["_id"] == tailoring_id
    assert found["account.json"][0]["email"] == "copy@example.com"
    for name in ("jobs", "applications", "shares", "usage", "spending", "changes", "sessions", "preferences"):
        assert len(found[f"{name}.json"]) >= 1, name
        assert name in found["README.txt"]
    text = json.dumps(found)
    assert "password_hash" not in text
    assert "argon2" not in text
    assert '"turn"' not in text


async def test_a_copy_has_nothing_of_anybody_else(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    found = unpacked(await eve.ask("GET", "/auth/me/export"))
    assert all(rows == [] for name, rows in found.items() if name.endswith(".json"))


async def test_everything_is_erased_and_nobody_elses(service: Service, eve: Person, small: dict[str, Any]) -> None:
    ada = await registered(service, "gone@example.com")
    kept = await eve.keep(small)
    resume_id = await ada.keep(small)
    await ada.tailor(JOB)
    assert (await ada.ask("DELETE", "/auth/me", **ERASE)).status_code == 204
    assert code_of(await ada.ask("GET", f"/resumes/{resume_id}")) == (401, "unauthenticated")
    again = await service.http.post("/auth/login", json={"email": "gone@example.com", "password": PASSWORD})
    assert code_of(again) == (401, "unauthenticated")
    same = Person(service, ada.id, service.container.tokens.access(ada.id))
    assert all(not rows for name, rows in unpacked(await same.ask("GET", "/auth/me/export")).items() if "json" in name)
    assert (await eve.ask("GET", f"/resumes/{kept}")).status_code == 200


async def test_an_erasure_may_be_repeated_and_the_person_may_come_back(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    for _ in range(2):
        assert (await ada.ask("DELETE", "/auth/me", **ERASE)).status_code == 204
    await ada.keep(small)
    assert (await ada.tailor(JOB)).status_code == 200


@pytest.mark.parametrize("body", [{}, {"confirm": "yes"}, {"confirm": "Delete everything"}, {"confirm": None}])
async def test_an_erasure_wants_to_be_confirmed(ada: Person, small: dict[str, Any], body: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    assert code_of(await ada.ask("DELETE", "/auth/me", json=body)) == (422, "invalid_input")
    assert (await ada.ask("GET", f"/resumes/{resume_id}")).status_code == 200


async def test_what_is_tailored_while_its_owner_is_erased_is_not_kept(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    tailored, erased = await asyncio.gather(ada.tailor(JOB), ada.ask("DELETE", "/auth/me", **ERASE))
    assert erased.status_code == 204
    assert tailored.status_code in (200, 404)
    found = unpacked(await ada.ask("GET", "/auth/me/export"))
    assert all(not rows for name, rows in found.items() if name.endswith(".json"))


async def test_an_erasure_that_was_cut_short_is_finished_at_the_next_start(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    def without_index(parts: Parts) -> Parts:
        return replace(parts, index=Failing(parts.index))

    async with serve(settings_for(tmp_path), without_index) as service:
        ada = service.person()
        await ada.keep(small)
        assert code_of(await ada.ask("DELETE", "/auth/me", **ERASE)) == (503, "vendor_unavailable")
    async with serve(settings_for(tmp_path)) as service:
        same = Person(service, ada.id, service.container.tokens.access(ada.id))
        found = unpacked(await same.ask("GET", "/auth/me/export"))
        assert all(not rows for name, rows in found.items() if name.endswith(".json"))
        assert list(await service.container.parts.personal.unfinished()) == []


class Failing:
    """An index that cannot be reached when something is to be dropped from it whole."""

    def __init__(self, index: ChunkIndex) -> None:
        self._index = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    async def forget(self, user_id: str) -> None:
        raise VendorUnavailable("Qdrant is not available.")


async def test_changes_are_listed_by_whom_and_never_what(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    await ada.ask("PUT", f"/resumes/{resume_id}", json=small)
    tailoring_id = (await ada.tailor(JOB)).json()["id"]
    application_id = (await ada.ask("POST", "/applications", json={"title": "Engineer"})).json()["id"]
    await ada.ask("PATCH", f"/applications/{application_id}", json={"status": "applied"})
    made = (await ada.ask("POST", f"/tailorings/{tailoring_id}/share", json={})).json()
    await ada.ask("DELETE", f"/shares/{made['id']}")
    await ada.ask("DELETE", f"/applications/{application_id}")
    await ada.ask("DELETE", f"/resumes/{resume_id}")
    listed = await ada.ask("GET", "/auth/me/changes")
    assert [(item["kind"], item["action"], item["subject"]) for item in listed.json()["items"]] == [
        ("resume", "deleted", resume_id),
        ("application", "deleted", application_id),
        ("share", "deleted", made["id"]),
        ("share", "created", made["id"]),
        ("application", "changed", application_id),
        ("application", "created", application_id),
        ("tailoring", "created", tailoring_id),
        ("resume", "changed", resume_id),
        ("resume", "created", resume_id),
    ]
    assert {item["by"] for item in listed.json()["items"]} == {ada.id}
    assert "Engineer" not in listed.text
    assert (await eve.ask("GET", "/auth/me/changes")).json() == {"items": [], "next_cursor": None}
    first = (await ada.ask("GET", "/auth/me/changes", params={"limit": 4})).json()
    rest = (await ada.ask("GET", "/auth/me/changes", params={"cursor": first["next_cursor"]})).json()
    assert first["items"] + rest["items"] == listed.json()["items"]


async def test_registering_is_a_change_too(service: Service) -> None:
    ada = await registered(service, "logged@example.com")
    (item,) = (await ada.ask("GET", "/auth/me/changes")).json()["items"]
    assert (item["kind"], item["action"], item["subject"]) == ("account", "created", ada.id)
