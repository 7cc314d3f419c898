"""Many requests at once with one Idempotency-Key: `python -m backend.tests.chaos.keys [ROUNDS] [AT_ONCE]`."""

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

from backend.benchmarks import workload
from backend.tests.chaos.farm import show
from backend.tests.http.service import serve, settings_for

ROUNDS, AT_ONCE = 20, 100


async def measure(rounds: int, at_once: int) -> bool:
    answers: Counter[int] = Counter()
    one_run = one_body = 0
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_for(Path(folder), runs_rate_limit="1000000/minute", work_in_api=False)
        async with serve(settings) as service:
            for number in range(rounds):
                person = service.person()
                await person.keep(workload.resume())
                body, key = {"job_description": workload.job().text}, {"Idempotency-Key": f"round-{number}"}
                asked = [person.ask("POST", "/tailorings", json=body, headers=key) for _ in range(at_once)]
                found = await asyncio.gather(*asked)
                answers.update(answer.status_code for answer in found)
                one_body += len({answer.content for answer in found}) == 1
                one_run += len((await person.ask("GET", "/tailorings")).json()["items"]) == 1
    show(
        f"{rounds} rounds of {at_once} requests at once with one key",
        [
            ("rounds that made exactly one run", one_run, str(rounds)),
            ("rounds in which all heard the same", one_body, str(rounds)),
            ("answers by status", dict(answers), f"{{202: {rounds * at_once}}}"),
        ],
    )
    return one_run == one_body == rounds and set(answers) == {202}


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(0 if asyncio.run(measure(*(given + [ROUNDS, AT_ONCE][len(given) :]))) else 1)
