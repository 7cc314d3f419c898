"""What somebody may do in the service, at random, with words that are found again wherever they are kept."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import httpx

from backend.tests.http.service import Person, Service

CANARIES = 40
PASSWORD = "a long passphrase"
ASKS = "Python and PostgreSQL are required for this role at"


class History:
    """A person's doings until every canary is used. `canaries` are words like zq4f0c…, each sent at least once."""

    def __init__(self, service: Service, seed: int) -> None:
        self.random = random.Random(seed)
        self.canaries = [f"zq{self.random.getrandbits(64):016x}" for _ in range(CANARIES)]
        self.service, self._left = service, list(self.canaries)
        self._kept: dict[str, list[str]] = {}
        self.person = Person(service, "", "")
        self.done: list[str] = []

    async def run(self) -> None:
        await self._register()
        await self.resume()
        await self.tailor()
        doings = self._doings()
        while self._left:
            await self.random.choice(doings)()

    def word(self) -> str:
        """The next canary; when all are used, one of them again."""
        return self._left.pop() if self._left else self.random.choice(self.canaries)

    async def _register(self) -> None:
        known = {"email": f"{self.word()}@example.com", "password": PASSWORD}
        made = await self.service.http.post("/auth/register", json=known)
        tokens = (await self.service.http.post("/auth/login", json=known)).json()
        self.person = Person(self.service, made.json()["id"], tokens["access_token"])

    def _doings(self) -> list[Callable[[], Any]]:
        once = [self.tailor, self.file, self.share, self.unshare, self.copy, self.master]
        return once + 2 * [
            self.resume, self.rewrite, self.restore, self.chunk, self.rechunk, self.job, self.rejob, self.apply, self.note,
            self.example, self.feedback, self.delete,
        ]  # fmt: skip

    async def resume(self) -> None:
        await self._made("resumes", "POST", "/resumes", json=self._document())

    async def rewrite(self) -> None:
        if id_ := self._one("resumes"):
            await self._ask("PUT", f"/resumes/{id_}", json=self._document())

    async def restore(self) -> None:
        if id_ := self._one("resumes"):
            await self._ask("POST", f"/resumes/{id_}/versions/1/restore")

    async def master(self) -> None:
        if id_ := self._one("resumes"):
            await self._ask("PUT", f"/resumes/{id_}/master")

    async def file(self) -> None:
        text = f"{self.word()} Berg\nada@example.com\n\nExperience\n\nDeveloper, {self.word()} AB, 2018 - 2021\n- Wrote {self.word()} in Python\n"
        made = await self._made("resumes", "POST", "/resumes/upload", files={"file": ("resume.txt", text.encode())})
        assert (await self._ask("GET", f"/resumes/{made['id']}/original")).text == text

    async def chunk(self) -> None:
        body = {"text": f"I moved {self.word()} to Kafka in six weeks.", "metadata": {"company": self.word()}}
        await self._made("content", "POST", "/content", json=body)

    async def rechunk(self) -> None:
        if id_ := self._one("content"):
            self._kept["content"].remove(id_)
            await self._made(
                "content", "PUT", f"/content/{id_}", json={"text": f"I wrote about {self.word()} at length."}
            )

    async def job(self) -> None:
        await self._made("jobs", "POST", "/jobs", json={"text": f"{ASKS} {self.word()}.", "title": self.word()})

    async def rejob(self) -> None:
        if id_ := self._one("jobs"):
            await self._ask("PUT", f"/jobs/{id_}", json={"text": f"{ASKS} {self.word()}."})

    async def tailor(self) -> None:
        body = {"job_description": f"{ASKS} {self.word()}.", "company": self.word()}
        await self._made("tailorings", "POST", "/tailor", json=body)

    async def apply(self) -> None:
        body = {"title": self.word(), "company": self.word(), "notes": self.word(), "status": "applied"}
        body |= {"tailoring_id": self._one("tailorings")} if self.random.random() < 0.5 else {}
        await self._made("applications", "POST", "/applications", json={k: v for k, v in body.items() if v})

    async def note(self) -> None:
        if id_ := self._one("applications"):
            await self._ask("PATCH", f"/applications/{id_}", json={"notes": self.word(), "status": "rejected"})

    async def example(self) -> None:
        await self._ask("POST", "/voice/examples", json={"text": f"I built {self.word()}. It took six weeks."})

    async def feedback(self) -> None:
        body = {"kind": "rejected", "text": f"results-driven {self.word()}", "reason": self.word()}
        await self._ask("POST", "/voice/feedback", json=body)

    async def share(self) -> None:
        if id_ := self._one("tailorings"):
            made = await self._made("shares", "POST", f"/tailorings/{id_}/share", json={})
            wanted = self.random.choice(["json", "html", "pdf"])
            assert (await self.service.http.get(made["url"], params={"format": wanted})).status_code in (200, 404)

    async def unshare(self) -> None:
        if id_ := self._one("shares"):
            await self._ask("DELETE", f"/shares/{id_}")

    async def copy(self) -> None:
        await self._ask("GET", "/auth/me/export")

    async def delete(self) -> None:
        kind = self.random.choice(["resumes", "content", "jobs", "applications"])
        if id_ := self._one(kind):
            self._kept[kind].remove(id_)
            await self._ask("DELETE", f"/{kind}/{id_}")

    def _one(self, kind: str) -> str | None:
        return self.random.choice(self._kept[kind]) if self._kept.get(kind) else None

    async def _made(self, kind: str, method: str, path: str, **more: Any) -> dict[str, Any]:
        answer = await self._ask(method, path, **more)
        made: dict[str, Any] = answer.json() if answer.status_code < 300 else {}
        id_ = made.get("id") or (made.get("chunk") or {}).get("id")
        if id_:
            self._kept.setdefault(kind, []).append(id_)
        return made

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await self.person.ask(method, path, **more)
        assert answer.status_code < 300 or answer.status_code == 404, f"{method} {path}: {answer.text}"
        self.done.append(f"{method} /{path.split('/')[1]}")
        return answer

    def _document(self) -> dict[str, Any]:
        return {
            "contact": {"name": f"Ada {self.word()}", "email": "ada@example.com"},
            "summary": f"Backend engineer who knows {self.word()}.",
            "work_experience": [
                {
                    "company": self.word(),
                    "title": "Developer",
                    "start_date": "2018-01",
                    "description": f"- Reduced the query time of {self.word()} in PostgreSQL by 45%\n- Wrote Python",
                }
            ],
            "skills": ["Git", "Python"],
            "kept as it is": self.word(),
        }


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def found_in(contents: Iterable[bytes], words: Iterable[str]) -> set[str]:
    """Those of the words that are in any of the contents, be it as UTF-16."""
    known = list(contents)
    return {
        word
        for word in words
        if any(form in content for content in known for form in (word.encode(), word.encode("utf-16le")))
    }
