"""Rates over several processes of the API on one Redis: `python -m backend.tests.chaos.rates [REQUESTS] [PROCESSES]`.

First so many requests, from ten people at once; then a short window that moves; then Redis dies, and comes back.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from backend.benchmarks import workload
from backend.tests.chaos.farm import Farm, farm, show
from backend.tests.chaos.servers import Server

REQUESTS, PROCESSES = 5_000, 4
PEOPLE, LIMIT, AT_ONCE = 10, 50, 64
WINDOW, IN_WINDOW, HAMMERED = 2.0, 20, 9.0  # seconds, requests, seconds
SETTINGS = {
    "RUNS_RATE_LIMIT": f"{LIMIT}/hour",
    "TAILOR_RATE_LIMIT": f"{IN_WINDOW}/{WINDOW:g} seconds",
    "AUTH_RATE_LIMIT": "1000/minute",
}
LOGIN = {"email": "ada@example.com", "password": "correct horse battery"}
MONEY = ("/tailor", "/tailorings", "/tailorings/plan")
BODY = {"job_description": workload.job().text}
_RECOVERY = 10.0


@dataclass
class Table:
    rows: list[tuple[str, object, str]] = field(default_factory=list)
    good: bool = True

    def add(self, name: str, found: object, wanted: str, *, met: bool) -> None:
        self.rows.append((name, found, wanted if met else f"{wanted}  NOT MET"))
        self.good = self.good and met


class People:
    """The API's processes, asked in turn."""

    def __init__(self, found: Farm, servers: Sequence[Server], http: httpx.AsyncClient) -> None:
        self._farm, self._servers, self._http, self._asked, self._known = found, servers, http, 0, 0

    async def new(self) -> dict[str, str]:
        """Somebody with a resume: the header that says who."""
        self._known += 1
        user = f"{self._known:024x}"
        await self._farm.container.resumes.create(user, workload.resume())
        return {"Authorization": f"Bearer {self._farm.container.tokens.access(user)}"}

    async def post(self, path: str, who: dict[str, str], body: object = BODY) -> httpx.Response:
        self._asked += 1
        server = self._servers[self._asked % len(self._servers)]
        return await self._http.post(f"{server.url}{path}", json=body, headers=who)


async def measure(requests: int, processes: int) -> bool:
    table = Table()
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with (
        farm() as found,
        found.serving(processes, **SETTINGS) as servers,
        httpx.AsyncClient(timeout=30, limits=limits) as http,
    ):
        people = People(found, servers, http)
        await _exact(people, found, requests, table)
        await _moving(people, table)
        await http.post(f"{servers[0].url}/auth/register", json=LOGIN)
        found.redis.stop()
        await _without(people, found, servers, http, table)
        found.redis.start()
        await _back(people, servers, http, table)
    show(f"rates over {processes} processes of the API on one Redis", table.rows)
    return table.good


async def _exact(people: People, found: Farm, requests: int, table: Table) -> None:
    """Everybody asks far more often than they may, at every process, at the same time."""
    everybody = [await people.new() for _ in range(PEOPLE)]
    let_through: Counter[str] = Counter()
    statuses: Counter[int] = Counter()
    waiting = [who for _ in range(requests // PEOPLE) for who in everybody]

    async def ask() -> None:
        while waiting:
            who = waiting.pop()
            answer = await people.post("/tailorings", who)
            statuses[answer.status_code] += 1
            let_through[who["Authorization"]] += answer.status_code != 429
            if answer.status_code == 429 and not 0 < int(answer.headers["Retry-After"]) <= 3_600:
                statuses[0] += 1

    began = time.monotonic()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    exact = sum(count == LIMIT for count in let_through.values())
    kept = await found.rows.count_documents({})
    table.add("requests answered, and in how many seconds", f"{requests}/{time.monotonic() - began:.0f}", "", met=True)
    table.add(f"people of {PEOPLE} who got exactly {LIMIT} through", exact, str(PEOPLE), met=exact == PEOPLE)
    table.add("runs kept", kept, str(PEOPLE * LIMIT), met=kept == PEOPLE * LIMIT)
    wrong = requests - statuses[202] - statuses[429] + statuses[0]
    table.add("answers that are neither 202 nor 429 with when to come back", wrong, "0", met=not wrong)


async def _moving(people: People, table: Table) -> None:
    """Never more than the limit in any stretch of the window's length, and as many as that as time goes by."""
    who = await people.new()
    sent, heard = list[float](), list[float]()
    until = time.monotonic() + HAMMERED

    async def ask() -> None:
        while (began := time.monotonic()) < until:
            answer = await people.post("/tailor", who, {"job_id": "0" * 24})  # counted, then a 404
            if answer.status_code != 429:
                sent.append(began)
                heard.append(time.monotonic())

    await asyncio.gather(*(ask() for _ in range(8)))
    sent, heard = sorted(sent), sorted(heard)
    pairs = zip(sent, heard[IN_WINDOW:], strict=False)
    shortest = min((late - early for early, late in pairs), default=0.0)
    least, most = IN_WINDOW * int(HAMMERED / WINDOW), IN_WINDOW * (int(HAMMERED / WINDOW) + 1)
    table.add(
        f"shortest stretch with over {IN_WINDOW} let through, s", f"{shortest:.2f}", f">= {WINDOW:g}",
        met=shortest >= WINDOW,
    )  # fmt: skip
    wanted = f"{least} to {most}"
    table.add(f"let through in {HAMMERED:g} s", len(sent), wanted, met=least <= len(sent) <= most)


async def _without(
    people: People, found: Farm, servers: Sequence[Server], http: httpx.AsyncClient, table: Table
) -> None:
    who = await people.new()
    kept = await found.rows.count_documents({})
    closed, slowest, asked = 0, 0.0, 0
    for _ in range(3 * len(servers)):
        for path in MONEY:
            began = time.monotonic()
            answer = await people.post(path, who)
            slowest = max(slowest, time.monotonic() - began)
            asked += 1
            kind = answer.headers["content-type"]
            problem = answer.json() if kind == "application/problem+json" else {}
            closed += answer.status_code == problem.get("status") == 503 and problem["code"] == "vendor_unavailable"
    table.add("Redis dead: of the requests that cost money, a 503 problem", closed, str(asked), met=closed == asked)
    table.add("Redis dead: slowest of these, s", f"{slowest:.2f}", "<= 5", met=slowest <= 5)
    more = await found.rows.count_documents({}) - kept
    table.add("Redis dead: runs kept nevertheless", more, "0", met=not more)
    logged_in = [await http.post(f"{server.url}/auth/login", json=LOGIN) for server in servers]
    looked = [await http.get(f"{server.url}/resumes", headers=who) for server in servers]
    fine = sum(answer.status_code == 200 for answer in (*logged_in, *looked))
    table.add(
        "Redis dead: logins and looks at resumes that worked", fine, str(2 * len(servers)), met=fine == 2 * len(servers)
    )


async def _back(people: People, servers: Sequence[Server], http: httpx.AsyncClient, table: Table) -> None:
    began, who = time.monotonic(), await people.new()
    through = 0
    for server in servers:
        async with asyncio.timeout(60):
            while True:
                answer = await http.post(f"{server.url}/tailorings", json=BODY, headers=who)
                if answer.status_code == 202:
                    through += 1
                    break
                await asyncio.sleep(0.1)
    seconds = time.monotonic() - began
    table.add("Redis back: until every process lets through, s", f"{seconds:.2f}", "<= 10", met=seconds <= _RECOVERY)
    answers = await asyncio.gather(*(people.post("/tailorings", who) for _ in range(4 * LIMIT)))
    through += sum(answer.status_code == 202 for answer in answers)
    table.add("Redis back: let through of one person", through, str(LIMIT), met=through == LIMIT)
    again = [await http.post(f"{server.url}/auth/login", json=LOGIN) for server in servers]
    fine = sum(answer.status_code == 200 for answer in again)
    table.add("Redis back: logins that worked", fine, str(len(servers)), met=fine == len(servers))


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if asyncio.run(measure(*(given + [REQUESTS, PROCESSES][len(given) :]))) else 1)
