"""What people and operators trust us with is in no log, at any level, and comes back in no error."""

import asyncio
import io
import logging
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from backend.benchmarks import workload
from backend.tests.http.service import MANY, Person, Service, serve, settings_for
from backend.tests.security.sockets import talk
from backend.tests.standin import RecordedRequest, StandIn, Status
from backend.tests.standin.answers import Answer

SECRETS = {
    name: f"canary-{name}-0123456789-abcdefghij-0123456789"
    for name in (
        "jwt_secret", "anthropic_api_key", "voyage_api_key", "qdrant_api_key", "openai_api_key", "metrics_token",
        "password", "new_password", "forged_token", "refresh_guess", "link_guess", "basic",
    )
}  # fmt: skip
ENCRYPTION_KEY = b64encode(b"canary-encryption-key-0123456789").decode()
PERSONAL = {
    name: f"zq{name.replace('_', '')}zq"
    for name in (
        "person", "street", "employer", "highlight", "summary", "skill", "title", "company", "job_text", "salary", "chunk",
        "query", "note", "example", "phrase", "reason", "wording", "file_name", "rtf", "template", "broken", "url_path",
    )
}  # fmt: skip
EMAIL, PHONE = "zqada.bergzq@example.com", "+46 70 555 81 92"


class Heard(logging.Handler):
    """Every record, as text and as what it is made of."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        if "tailor.test" in record.getMessage() and record.name.startswith(("httpx", "httpcore")):
            return  # the caller's own client, not ours
        more = {name: value for name, value in vars(record).items() if name not in ("msg", "args", "exc_info")}
        self.lines.append(f"{self.format(record)} {record.args!r} {more!r}")


@pytest.fixture
def heard() -> Any:
    """At DEBUG, as somebody would who looks for a fault."""
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


class Vendor:
    """Answers, and when told to fails with all that it was sent in the message, as some servers do."""

    def __init__(self) -> None:
        self.failing = False

    def __call__(self, request: RecordedRequest) -> Answer:
        if self.failing:
            return Status(400, message=f"Cannot read {request.body!r} with {request.headers!r}")
        return workload.answer(request)


@pytest.fixture
async def opened(heard: Heard, tmp_path: Path) -> AsyncIterator[tuple[Service, Vendor]]:
    vendor = Vendor()
    async with StandIn(vendor) as stand_in:
        keys = {name: SECRETS[name] for name in ("jwt_secret", "anthropic_api_key", "voyage_api_key", "qdrant_api_key")}
        keys |= {name: SECRETS[name] for name in ("openai_api_key", "metrics_token")}
        reached = {"anthropic_base_url": stand_in.url, "voyage_base_url": stand_in.url, "model_retries": 1}
        limits = dict.fromkeys(("extract_rate_limit", "runs_rate_limit"), MANY)
        async with serve(settings_for(tmp_path, encryption_key=ENCRYPTION_KEY, **keys, **reached, **limits)) as service:
            yield service, vendor


def resume() -> dict[str, Any]:
    document = workload.resume()
    document["contact"] = {"name": PERSONAL["person"], "email": EMAIL, "phone": PHONE, "location": PERSONAL["street"]}
    document["summary"] += f" {PERSONAL['summary']}"
    document["skills"].append(PERSONAL["skill"])
    document["work_experience"][0]["company"] = PERSONAL["employer"]
    document["work_experience"][0]["description"] += f"\n- Reduced costs of {PERSONAL['highlight']} by 45%"
    return document


def job_text() -> str:
    return f"{workload.job().text}\nYou will work on {PERSONAL['job_text']}. Salary: {PERSONAL['salary']}."


def uploads() -> list[tuple[str, bytes]]:
    text = f"{PERSONAL['person']}\n{EMAIL}\n{PHONE}\n\nExperience\n{PERSONAL['employer']}\n- {PERSONAL['highlight']}\n".encode()
    name, rtf = PERSONAL["file_name"], b"{\\rtf1 " + PERSONAL["rtf"].encode()
    broken = PERSONAL["broken"].encode()
    return [(f"{name}.txt", text), (f"{name}.rtf", rtf), (f"{name}.pdf", b"%PDF-1.7 " + broken), (f"{name}.docx", b"PK\x03\x04" + broken), (f"{name}.json", b'{"' + broken)]  # fmt: skip


async def join(service: Service) -> tuple[Person, list[str]]:
    """Somebody, and the tokens they hold; with every way to fail on the way."""
    http, known = service.http, {"email": EMAIL, "password": SECRETS["password"]}
    user_id = (await http.post("/auth/register", json=known)).json()["id"]
    await http.post("/auth/register", json=known)
    await http.post("/auth/login", json=known | {"password": SECRETS["new_password"]})
    pair = (await http.post("/auth/login", json=known)).json()
    fresh = (await http.post("/auth/refresh", json={"refresh_token": pair["refresh_token"]})).json()
    await http.get("/shared/" + SECRETS["link_guess"])
    again = (await http.post("/auth/login", json=known)).json()
    tokens = [token for one in (pair, fresh, again) for token in (one["access_token"], one["refresh_token"])]
    return Person(service, user_id, again["access_token"]), tokens


async def wrong(person: Person) -> None:
    """Requests that are refused, each with something that must not come back."""
    http, password = person.service.http, SECRETS["password"]
    said = [
        await http.post("/auth/refresh", json={"refresh_token": SECRETS["refresh_guess"]}),
        await http.post("/auth/login", json={"email": EMAIL, "password": {"is": password}}),
        await http.post("/auth/login", json={"email": [EMAIL], "password": [password]}),
        await http.post("/auth/register", json={"email": f"{EMAIL} {EMAIL}", "password": password}),
        await http.post("/auth/register", json={"email": EMAIL, "password": password * 9}),
        await http.post("/auth/register", json={"email": EMAIL, "password": password * 99}),
        await http.post("/auth/login", content=f'{{"email": "{EMAIL}", "password": "{password}'.encode()),
        await http.post("/auth/login", content=password.encode(), headers={"Content-Type": "application/json"}),
        await http.get("/auth/me", headers={"Authorization": f"Bearer {SECRETS['forged_token']}"}),
        await http.get("/auth/me", headers={"Authorization": f"Basic {SECRETS['basic']}"}),
        await http.get("/metrics", headers={"Authorization": f"Bearer {SECRETS['metrics_token']}x"}),
        await person.ask("POST", "/tailor", json={"job_description": [PERSONAL["job_text"]]}),
        await person.ask("POST", "/resumes", json=[PERSONAL["summary"]]),
        await person.ask("POST", "/content", json={"text": PERSONAL["chunk"], "lens": PERSONAL["chunk"]}),
        await person.ask("POST", "/voice/examples", json={"text": PERSONAL["example"] * 2_000}),
        await person.ask("POST", "/jobs/extract", json={"url": f"http://127.0.0.1/{PERSONAL['url_path']}"}),
        await person.ask("POST", "/jobs", content=b"x" * 3_000_000),
    ]
    for answer in said:
        assert answer.status_code in (401, 404, 413, 422), answer.text
        assert not [name for name, secret in SECRETS.items() if secret in answer.text], answer.text
        assert not [token for token in (person.token, ENCRYPTION_KEY) if token in answer.text]
        assert SECRETS["password"] not in str(answer.headers)


async def use(person: Person) -> list[str]:
    """All that the service does, with canaries in everything; the tokens of links that it gave out."""
    resume_id = await person.keep(resume())
    await person.ask("PUT", f"/resumes/{resume_id}", json=resume())
    for name, data in uploads():
        await person.ask("POST", "/resumes/upload", files={"file": (name, io.BytesIO(data))})
    await person.ask("POST", f"/resumes/{resume_id}/audit", json={"text": job_text(), "title": PERSONAL["title"]})
    await person.ask("POST", "/content", json={"text": f"I moved the {PERSONAL['chunk']} to Kafka in six weeks."})
    await person.ask("POST", "/content/import", json={"notes": [{"text": f"# Note\n\n{PERSONAL['note']} " * 20}]})
    await person.ask("POST", "/content/search", json={"query": PERSONAL["query"]})
    kept = {
        "text": job_text(),
        "title": PERSONAL["title"],
        "company": PERSONAL["company"],
        "salary": PERSONAL["salary"],
    }
    job_id = (await person.ask("POST", "/jobs", json=kept)).json()["id"]
    await person.ask("POST", "/jobs/extract", json={"text": job_text()})
    await person.ask("POST", "/voice/examples", json={"text": f"I like a {PERSONAL['example']}."})
    said = {"kind": "rejected", "text": PERSONAL["phrase"], "reason": PERSONAL["reason"]}
    await person.ask("POST", "/voice/feedback", json=said)
    tailoring = await tailored(person, {"job_id": job_id, "resume_id": resume_id})
    for number, edit in enumerate(tailoring["edits"][:3]):
        change = (
            {"action": "reword", "text": f"Reduced {PERSONAL['wording']} by {number}%"}
            if number
            else {"action": "reject"}
        )
        await person.ask(
            "PATCH", f"/tailorings/{tailoring['id']}/edits/{edit['id']}", json=change | {"reason": PERSONAL["reason"]}
        )
    for wanted in ("pdf", "docx", "html", "txt", "rendercv"):
        assert (
            await person.ask("GET", f"/tailorings/{tailoring['id']}/export", params={"format": wanted})
        ).status_code == 200
    own = {"template": ("t.docx", b"PK\x03\x04" + PERSONAL["template"].encode())}
    await person.ask("POST", "/export/docx", params={"resume_id": resume_id}, files=own)
    await person.ask("POST", "/applications", json={"tailoring_id": tailoring["id"], "notes": PERSONAL["note"]})
    share = (await person.ask("POST", f"/tailorings/{tailoring['id']}/share", json={})).json()
    for format_ in ("json", "html", "pdf"):
        await person.service.http.get(f"/shared/{share['token']}", params={"format": format_})
    await in_background(person, {"job_description": job_text(), "resume_id": resume_id})
    assert (await person.ask("GET", "/auth/me/export")).status_code == 200
    return [share["token"]]


async def tailored(person: Person, body: Any) -> dict[str, Any]:
    answer = await person.ask("POST", "/tailor", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["edits"]
    return found


async def in_background(person: Person, body: Any) -> None:
    run_id = (await person.ask("POST", "/tailorings", json=body)).json()["id"]
    await person.ask("GET", f"/tailorings/{run_id}/events")
    await talk(person.service.app, f"/tailorings/{run_id}/progress", person.token, 20)
    async with asyncio.timeout(20):
        while (await person.ask("GET", f"/tailorings/{run_id}")).json()["state"] in ("queued", "running"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_no_canary_is_in_any_log(opened: tuple[Service, Vendor], heard: Heard) -> None:
    service, vendor = opened
    person, tokens = await join(service)
    await wrong(person)
    links = await use(person)
    vendor.failing = True
    await person.ask("POST", "/tailor", json={"job_description": job_text() + " Again."})
    await in_background(person, {"job_description": job_text() + " And again."})
    vendor.failing = False
    await person.ask("DELETE", "/auth/me", json={"confirm": "delete everything"})
    await person.ask("GET", "/auth/me")
    canaries = [*SECRETS.values(), *PERSONAL.values(), EMAIL, PHONE, ENCRYPTION_KEY, *tokens, *links]
    assert len(set(canaries)) >= 30
    told = {canary: line for line in heard.lines for canary in canaries if canary.lower() in line.lower()}
    assert not told, "\n".join(f"{canary}: {line[:400]}" for canary, line in told.items())


async def test_the_flow_was_logged(opened: tuple[Service, Vendor], heard: Heard) -> None:
    """Were nothing logged, nothing would be proven."""
    service, _ = opened
    person, _ = await join(service)
    await person.keep(resume())
    await tailored(person, {"job_description": job_text()})
    logging.getLogger("anything").debug("%s", EMAIL)
    assert any(EMAIL in line for line in heard.lines)
    loggers = {line.split(" ")[0].split(".")[0] for line in heard.lines}
    assert {"tailor", "httpx2"} <= loggers, loggers
