"""Every route × anybody, a stranger, an administrator, an expired token, one that was logged out, and the owner."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any
from zipfile import ZipFile

import httpx
import pytest
from docx import Document

from backend.security.tokens import Tokens
from backend.tests.doubles import FixedClock
from backend.tests.http.service import MANY, SECRET, Person, Service, serve, settings_for
from backend.tests.security.matrix import CANARY, REACHING, TABLE, Row, filled, routes
from backend.tests.security.sockets import talk

PASSWORD, OPERATOR = "a long passphrase", "metrics-token-for-tests"
OURS = {"Origin": "http://tailor.test"}
_numbers = count(1)


@dataclass(frozen=True)
class World:
    service: Service
    owner: Person
    stranger: Person
    admin: Person
    names: Mapping[str, Any]
    """What belongs to the owner."""

    def refused(self) -> dict[str, dict[str, str]]:
        """Headers that let nobody in."""
        life = timedelta(seconds=1)
        over = Tokens((SECRET,), life, life, FixedClock()).access(self.owner.id)
        bearer = {
            "expired": over,
            "revoked": self.names["revoked"],
            "refresh": self.names["refresh_token"],
            "link": self.names["token"],
        }
        shapes = {"anonymous": {}, "basic": {"Authorization": "Basic YTpi"}, "empty": {"Authorization": "Bearer "}}
        browsers = {f"{name} cookie": {"Cookie": f"tailor_session={token}", **OURS} for name, token in bearer.items()}
        return shapes | browsers | {name: {"Authorization": f"Bearer {token}"} for name, token in bearer.items()}


async def joined(service: Service, email: str) -> tuple[Person, dict[str, str]]:
    known = {"email": email, "password": PASSWORD}
    user_id = (await service.http.post("/auth/register", json=known)).json()["id"]
    pair = (await service.http.post("/auth/login", json=known)).json()
    return Person(service, user_id, pair["access_token"]), pair


async def made(person: Person, path: str, body: Any) -> str:
    answer = await person.ask("POST", path, json=body)
    assert answer.status_code in (201, 202), answer.text
    return str(answer.json()["id"])


async def ended(person: Person, run_id: str) -> str:
    async with asyncio.timeout(20):
        while True:
            state = (await person.ask("GET", f"/tailorings/{run_id}")).json()["state"]
            if state not in ("queued", "running"):
                return run_id
            await asyncio.sleep(0.02)


async def batched(person: Person, body: Any) -> str:
    """A batch of one, whose run has ended."""
    answer = (await person.ask("POST", "/tailorings/batch", json=body)).json()
    await ended(person, answer["run_ids"][0])
    return str(answer["id"])


async def things(person: Person, resume: Mapping[str, Any], job: str, mark: str) -> dict[str, Any]:
    """One of each, all of them with the mark."""
    resume_id = await person.keep({**resume, "extras": [mark]} | {"summary": f"{resume['summary']} {mark}"})
    await person.ask("PUT", f"/resumes/{resume_id}", json={**resume, "summary": f"{resume['summary']} {mark}"})
    tailoring = (await person.tailor(f"{job}\n{mark}", resume_id=resume_id)).json()
    plan = {"job_description": f"{job}\n{mark}", "resume_id": resume_id}
    share = (await person.ask("POST", f"/tailorings/{tailoring['id']}/share", json={})).json()
    file = {"file": ("resume.txt", f"Ada Berg\n\nSkills\nPython, {mark}\n".encode())}
    uploaded = (await person.ask("POST", "/resumes/upload", files=file)).json()
    return {
        "resume_id": resume_id,
        "uploaded_id": uploaded["id"],
        "number": 1,
        "template_id": "classic",
        "tailoring_id": tailoring["id"],
        "edit_id": tailoring["edits"][0]["id"],
        "run_id": await ended(person, await made(person, "/tailorings", plan)),
        "plan_id": await ended(person, await made(person, "/tailorings/plan", plan)),
        "batch_id": await batched(person, {"jobs": [{"job_description": f"{job}\n{mark}"}], "resume_id": resume_id}),
        "share_id": share["id"],
        "token": share["token"],
        "job_id": await made(person, "/jobs", {"text": f"{job}\n{mark}", "title": mark}),
        "chunk_id": await made(person, "/content", {"text": f"I restored the {mark} of the harbour {next(_numbers)}."}),
        "application_id": await made(person, "/applications", {"title": "Engineer", "notes": mark}),
        "example_id": await made(person, "/voice/examples", {"text": f"I keep a {mark}, {next(_numbers)}."}),
        "feedback_id": await made(
            person, "/voice/feedback", {"kind": "rejected", "text": f"a {mark} {next(_numbers)}"}
        ),
    }


@pytest.fixture(scope="module")
async def world(
    tmp_path_factory: pytest.TempPathFactory, sample_document: Any, sample_job: Any
) -> AsyncIterator[World]:
    limits = dict.fromkeys(("extract_rate_limit", "runs_rate_limit", "batches_rate_limit"), MANY)
    folder = tmp_path_factory.mktemp("matrix")
    settings = settings_for(folder, admin_email="root@example.com", metrics_token=OPERATOR, **limits)
    async with serve(settings) as service:
        owner, _ = await joined(service, "owner@example.com")
        stranger, _ = await joined(service, "stranger@example.com")
        admin, _ = await joined(service, "root@example.com")
        names = await things(owner, sample_document, sample_job.text, CANARY)
        doomed = await things(owner, sample_document, sample_job.text, CANARY)
        names |= {f"doomed_{name}": value for name, value in doomed.items()}
        _, pair = await joined(service, "second@example.com")
        gone = (
            await service.http.post("/auth/login", json={"email": "owner@example.com", "password": PASSWORD})
        ).json()
        await Person(service, owner.id, gone["access_token"]).ask("POST", "/auth/logout")
        page = io.BytesIO()
        Document().save(page)
        names |= {
            "revoked": gone["access_token"],
            "refresh_token": pair["refresh_token"],
            "docx": ("t.docx", page.getvalue()),
        }
        names |= {"new_email": "new@example.com"}
        for person in (stranger, admin):
            await person.keep(sample_document)
        yield World(service, owner, stranger, admin, names)


def ids_of(world: World) -> set[str]:
    """Those that are the owner's alone."""
    return {str(value) for name, value in world.names.items() if name.endswith("_id") and len(str(value)) >= 16}


def names_for(row: Row, names: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is to be deleted is another one than what is read."""
    run = {"tailoring_id": names["run_id"]} if row.path.endswith(("/events", "/progress")) else {}
    run |= {"resume_id": names["uploaded_id"]} if row.path.endswith("/original") else {}
    if row.method != "DELETE":
        return {**names, **run}
    if row.path == "/tailorings/{tailoring_id}":
        return {**names, "tailoring_id": names["doomed_run_id"]}
    return {**names, **{name.removeprefix("doomed_"): names[name] for name in names if name.startswith("doomed_")}}


async def ask(world: World, row: Row, headers: Mapping[str, str]) -> httpx.Response:
    names = names_for(row, world.names)
    return await world.service.http.request(
        row.method, row.path.format(**names), headers=dict(headers), **filled(row.send, names)
    )


async def everything(person: Person) -> dict[str, Any]:
    """All that is kept of somebody, but for who is logged in."""
    copy = ZipFile(io.BytesIO((await person.ask("GET", "/auth/me/export")).content))
    return {
        name: json.loads(copy.read(name))
        for name in copy.namelist()
        if name.endswith(".json") and name != "sessions.json"
    }


def test_every_route_has_a_row_and_every_row_a_route(world: World) -> None:
    declared, known = set(routes(world.service.app)), {(row.method, row.path) for row in TABLE}
    assert declared - known == set(), "who may use these? Add them to backend/tests/security/matrix.py"
    assert known - declared == set(), "these are gone; take them out of backend/tests/security/matrix.py"
    assert len(known) == len(TABLE) >= 70


def test_openapi_says_which_need_a_token(world: World) -> None:
    paths = world.service.app.openapi()["paths"]
    for row in TABLE:
        operation = paths.get(row.path, {}).get(row.method.lower())
        if operation:
            assert bool(operation.get("security")) == (row.kind not in ("public", "browser", "operator")), row.name


def test_every_path_with_an_id_is_somebodys(world: World) -> None:
    open_to_all = {"/templates/{template_id}/preview", "/shared/{token}"}
    for row in TABLE:
        if "{" in row.path and row.path not in open_to_all:
            assert row.kind == "object", row.name


async def test_nobody_gets_in_without_a_living_token(world: World) -> None:
    before = await everything(world.owner)
    for row in TABLE:
        if row.kind in ("public", "browser", "operator") or row.method == "WS":
            continue
        for who, headers in world.refused().items():
            answer = await ask(world, row, headers)
            assert answer.status_code == 401, f"{row.name} as {who}: {answer.status_code} {answer.text[:200]}"
            assert CANARY not in answer.text
            assert answer.headers["www-authenticate"] == "Bearer"
    assert await everything(world.owner) == before


@pytest.mark.parametrize("who", ["stranger", "admin"])
async def test_what_is_anothers_is_not_there(world: World, who: str) -> None:
    person, before = getattr(world, who), await everything(world.owner)
    for row in (*TABLE, *REACHING):
        if row.kind != "object" or row.method == "WS":
            continue
        answer = await ask(world, row, person.headers)
        assert answer.status_code == 404, f"{row.name} {row.send} as {who}: {answer.status_code} {answer.text[:300]}"
        assert answer.json()["code"] in ("not_found", "no_resume")
        assert CANARY not in answer.text
    assert await everything(world.owner) == before


async def test_what_is_anothers_reads_as_what_never_was(world: World) -> None:
    """The answer about a foreign thing is that about nothing, word for word, or it would tell that there is something."""
    absent = {name: "0" * 24 for name in world.names if name.endswith("_id") and not name.startswith("doomed_")}
    for row in TABLE:
        if row.kind != "object" or row.method == "WS":
            continue
        nothing = World(
            world.service,
            world.owner,
            world.stranger,
            world.admin,
            {**world.names, **absent, "doomed_run_id": "0" * 24},
        )
        theirs, none = await ask(world, row, world.stranger.headers), await ask(nothing, row, world.stranger.headers)
        said = [answer.json()["detail"] for answer in (theirs, none)]
        for value in {*ids_of(world), "0" * 24}:
            said = [text.replace(value, "ID") for text in said]
        assert said[0] == said[1], row.name


async def test_lists_and_searches_hold_nothing_of_anothers(world: World) -> None:
    ids = ids_of(world)
    before = await everything(world.owner)
    for row in TABLE:
        if (
            row.kind != "signed in"
            or row.method == "DELETE"
            or row.path == "/auth/logout"
            or "{resume_id}" in str(row.send)
        ):
            continue
        for person in (world.stranger, world.admin):
            answer = await ask(world, row, person.headers)
            assert answer.status_code in row.ok, f"{row.name}: {answer.status_code} {answer.text[:300]}"
            copied = row.path == "/auth/me/export"
            text = json.dumps(await everything(person)) if copied else answer.text
            assert CANARY not in text, row.name
            assert not [value for value in ids if value in text], row.name
    assert await everything(world.owner) == before


async def test_a_cursor_of_anothers_shows_nothing_of_theirs(world: World) -> None:
    for row in TABLE:
        parameters = world.service.app.openapi()["paths"].get(row.path, {}).get("get", {}).get("parameters", [])
        if (
            row.method != "GET"
            or row.kind == "object"
            or "cursor" not in {parameter["name"] for parameter in parameters}
        ):
            continue
        for cursor in {*ids_of(world), "f" * 24, "~", "z" * 64}:
            answer = await world.stranger.ask("GET", row.path, params={"cursor": cursor})
            assert answer.status_code == 200
            assert CANARY not in answer.text, row.name


async def test_a_tailoring_draws_on_nothing_of_anothers(world: World) -> None:
    answer = await world.stranger.tailor(
        f"We need {CANARY} and Python and Kafka. You must know the {CANARY} of harbours."
    )
    assert answer.status_code == 200
    found = answer.json()
    told = json.dumps([found["tailored_resume"], found["edits"], found["verification"]])
    assert CANARY not in told


async def test_a_run_is_followed_by_its_owner_alone(world: World) -> None:
    path = f"/tailorings/{world.names['run_id']}/progress"
    for token, code in (
        (None, 4401),
        ("", 4401),
        (world.names["revoked"], 4401),
        (world.stranger.token, 4404),
        (world.admin.token, 4404),
    ):
        told, closed = await talk(world.service.app, path, token)
        assert closed == code
        assert [message["type"] for message in told] == ["problem"]
    told, _ = await talk(world.service.app, path, world.owner.token)
    assert told
    assert {message["type"] for message in told} <= {"event", "reconnect", "heartbeat"}


async def test_another_site_changes_nothing_with_the_cookie_of_somebody_who_is_signed_in(world: World) -> None:
    before = await everything(world.owner)
    for row in TABLE:
        if row.kind in ("public", "operator") or row.method in ("GET", "WS"):
            continue
        for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site", **OURS}):
            cookies = {"Cookie": f"tailor_session={world.owner.token}; tailor_refresh={world.names['refresh_token']}"}
            answer = await ask(world, row, cookies | headers)
            assert answer.status_code == 403, f"{row.name}: {answer.status_code} {answer.text[:200]}"
    assert await everything(world.owner) == before


async def test_public_routes_are_open_and_the_operators_is_not(world: World) -> None:
    for row in TABLE:
        if row.kind == "public":
            answer = await ask(world, row, {})
            assert answer.status_code in row.ok, f"{row.name}: {answer.status_code} {answer.text[:300]}"
        if row.kind == "browser":
            for headers in (OURS, {**world.owner.headers, **OURS}):
                assert (await ask(world, row, headers)).status_code == 401
        if row.kind == "operator":
            for headers in ({}, world.owner.headers, world.admin.headers):
                assert (await ask(world, row, headers)).status_code == 404
            assert (await ask(world, row, {"Authorization": f"Bearer {OPERATOR}"})).status_code == 200


async def test_administrators_alone_may_use_what_is_theirs(world: World) -> None:
    for row in TABLE:
        if row.kind == "admin":
            assert (await ask(world, row, world.owner.headers)).status_code == 403, row.name
            assert (await ask(world, row, world.admin.headers)).status_code in row.ok, row.name
    assert (await world.admin.ask("GET", "/auth/me")).json()["role"] == "admin"
    assert (await world.stranger.ask("GET", "/auth/me")).json()["role"] == "user"


async def test_the_owner_may_do_all_of_it(world: World) -> None:
    """Last, for it ends with the owner's erasure. Were it not so, all the refusals above would prove nothing."""
    rows = [row for row in (*TABLE, *REACHING) if row.kind in ("signed in", "object") and row.method != "WS"]
    rows = [row for row in rows if row.path != "/auth/logout"]
    last = {"POST /resumes/{resume_id}/versions/{number}/restore": 1, "DELETE /auth/me": 4}
    order = {"PUT": 2, "DELETE": 3}
    for row in sorted(rows, key=lambda row: last.get(row.name, order.get(row.method, 0))):
        answer = await ask(world, row, world.owner.headers)
        assert answer.status_code in row.ok, f"{row.name}: {answer.status_code} {answer.text[:400]}"
    assert (await world.owner.ask("GET", "/auth/me")).status_code == 401
