"""Somebody is erased while a run of theirs is under way, waits, or is just being accepted: nothing of them stays behind."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.adapters.embedded.rule_based import RuleBasedModel
from backend.adapters.mongo.erasure import PERSONAL
from backend.container import Container, Parts
from backend.domain.lexicon import Lexicon
from backend.domain.tailoring import Options
from backend.services.batches import BatchTerms, JobSent
from backend.tests.faults.test_run_faults import JOB, USER, asked, service, start, using
from backend.tests.slow_model import SlowModel


async def left(container: Container) -> dict[str, int]:
    """How many rows of the person are in which collection."""
    runs: Any = container.parts.runs.repository
    database = runs._runs.database
    counts = {o.collection: await database[o.collection].count_documents({o.by: USER}) for o in PERSONAL}
    return {name: count for name, count in counts.items() if count}


async def idle(container: Container) -> None:
    """Until the worker has let go of whatever it works on."""
    async with asyncio.timeout(10):
        while container.run_services.worker._under_way:  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


class Waits:
    """Repository of resumes whose newest one waits until it is let go."""

    def __init__(self, repository: Any) -> None:
        self._repository = repository
        self.reached, self.go = asyncio.Event(), asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._repository, name)

    async def latest(self, user_id: str) -> Any:
        found = await self._repository.latest(user_id)
        self.reached.set()
        await self.go.wait()
        return found


async def test_a_run_under_way_leaves_nothing(tmp_path: Path, lexicon: Lexicon, small: Any) -> None:
    model = SlowModel(RuleBasedModel(lexicon), held=("write_edits",))
    async with service(tmp_path, using(model), small) as container:
        container.run_services.worker.start()
        run_id = await start(container)
        await asked(model, "write_edits")
        assert {"runs", "run_steps", "resumes"} <= (await left(container)).keys()
        await container.privacy.erase(USER)
        model.let_go()  # its answers are kept before anybody notices
        await idle(container)
        await container.run_services.worker.drain()
        assert await left(container) == {}
        told = await container.parts.runs.bus.since(USER, run_id, "")
        assert [event.event.sentence for event in told if "Terraform" in event.event.sentence] == []


async def test_what_was_told_of_runs_goes_with_the_person(tmp_path: Path, lexicon: Lexicon, small: Any) -> None:
    async with service(tmp_path, using(RuleBasedModel(lexicon)), small) as container:
        sent = [JobSent(text=f"{JOB.text} {n}") for n in range(2)]
        batch = (await container.batches.start(USER, sent, None, Options(), BatchTerms())).batch
        bus = container.parts.runs.bus
        assert all([await bus.since(USER, run_id, "") for run_id in batch.run_ids])
        await container.privacy.erase(USER)
        assert not any([await bus.since(USER, log, "") for log in (batch.id, *batch.run_ids)])
        container.run_services.worker.start()
        await asyncio.sleep(0.1)  # what is in the queue still is of nobody
        await idle(container)
        await container.run_services.worker.drain()
        assert await left(container) == {}
        assert not any([await bus.since(USER, log, "") for log in (batch.id, *batch.run_ids)])


async def test_a_run_that_was_just_being_accepted_leaves_nothing(tmp_path: Path, lexicon: Lexicon, small: Any) -> None:
    held: list[Waits] = []

    def wait(parts: Parts) -> Parts:
        held.append(Waits(parts.resumes))
        resumes: Any = held[0]
        return replace(parts, resumes=resumes, model=RuleBasedModel(lexicon))

    async with service(tmp_path, wait, small) as container:
        for accept in (
            lambda: container.runs.start(USER, JOB, None, Options()),
            lambda: container.batches.start(USER, [JobSent(text=JOB.text)], None, Options(), BatchTerms()),
        ):
            if not await container.resumes.list(USER, 1, None):
                await container.resumes.create(USER, small)
            held[0].reached.clear()
            held[0].go.clear()
            accepting: asyncio.Task[Any] = asyncio.create_task(accept())  # type: ignore[arg-type]
            await asyncio.wait_for(held[0].reached.wait(), 10)
            await container.privacy.erase(USER)
            held[0].go.set()
            await asyncio.gather(accepting, return_exceptions=True)
            assert await left(container) == {}
