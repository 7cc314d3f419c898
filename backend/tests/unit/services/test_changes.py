"""The log of changes: whatever writes is noted, whatever reads is not, and nothing is forgotten."""

from inspect import getmembers, isfunction
from typing import Any

import pytest

from backend import ports
from backend.domain.content import Chunk
from backend.ports import Change, StoredResume
from backend.services.changes import READS, WRITES, Changes
from backend.tests.doubles import CountingIds, FixedClock

PORTS = {
    "resume": ports.ResumeRepository,
    "content": ports.ChunkRepository,
    "job": ports.JobRepository,
    "tailoring": ports.TailoringRepository,
    "application": ports.ApplicationRepository,
    "share": ports.ShareRepository,
    "account": ports.AccountRepository,
}


class Log:
    def __init__(self) -> None:
        self.rows: list[Change] = []

    async def add(self, user_id: str, changes: Any) -> None:
        self.rows += changes

    async def list(self, user_id: str, limit: int, after: str | None = None) -> list[Change]:
        return self.rows[::-1][:limit]


class Kept:
    """Resumes and chunks, as far as the log is concerned."""

    def __init__(self) -> None:
        self.resumes: dict[str, StoredResume] = {}

    async def add(self, user_id: str, document: Any) -> StoredResume:
        return self.resumes.setdefault("r1", StoredResume("r1", document))

    async def get(self, user_id: str, resume_id: str) -> StoredResume | None:
        return self.resumes.get(resume_id)

    async def delete(self, user_id: str, resume_id: str) -> bool:
        return self.resumes.pop(resume_id, None) is not None

    async def put(self, user_id: str, chunks: Any) -> None: ...


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def changes(log: Log) -> Changes:
    return Changes(log, FixedClock(), CountingIds())


@pytest.mark.parametrize("kind", PORTS)
def test_every_method_of_a_repository_is_known_to_write_or_to_read(kind: Any) -> None:
    methods = {name for name, _ in getmembers(PORTS[kind], isfunction) if not name.startswith("_")}
    assert methods - WRITES[kind].keys() - READS == set()
    assert WRITES[kind].keys() <= methods


async def test_a_write_is_noted_with_its_thing_and_a_read_is_not(changes: Changes, log: Log) -> None:
    kept = changes.around("resume", Kept())
    await kept.add("ana", {"summary": "a secret"})
    await kept.get("ana", "r1")
    await kept.delete("ana", "r1")
    assert [(row.by, row.kind, row.subject, row.action) for row in log.rows] == [
        ("ana", "resume", "r1", "created"),
        ("ana", "resume", "r1", "deleted"),
    ]
    assert "a secret" not in str(log.rows)


async def test_what_changed_nothing_is_not_noted(changes: Changes, log: Log) -> None:
    await changes.around("resume", Kept()).delete("ana", "r1")
    assert log.rows == []


async def test_arguments_may_be_named(changes: Changes, log: Log) -> None:
    await changes.around("resume", Kept()).add(document={}, user_id="ben")
    assert [row.by for row in log.rows] == ["ben"]


async def test_each_of_many_things_is_noted_once(changes: Changes, log: Log) -> None:
    one, other = Chunk(text="one"), Chunk(text="other")
    await changes.around("content", Kept()).put("ana", [one, other, one])
    assert [row.subject for row in log.rows] == [one.id, other.id]
    assert len({row.id for row in log.rows}) == 2
