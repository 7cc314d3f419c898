"""The log of changes, written in one place: around the repositories, so that no writer need think of it."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

from backend.ports import Change, ChangeAction, ChangeKind, ChangeRepository, Clock, Ids

R = TypeVar("R")


class Note(NamedTuple):
    """What one call changed: whose, and the ids of the things. No ids: nothing was changed."""

    user_id: str
    subjects: Sequence[str]


Given = Mapping[str, Any]
Read = Callable[[Given, Any], Note]
"""From a call's arguments, by name, and its result."""


def _result(given: Given, result: Any) -> Note:
    return Note(given["user_id"], [result.id] if result is not None else [])


def _named(argument: str) -> Read:
    """The id is in an argument; the result says whether there was such a thing."""
    return lambda given, result: Note(given["user_id"], [given[argument]] if result else [])


def _within(argument: str) -> Read:
    """The id is that of the thing in an argument; a result of False says that it was not written."""
    return lambda given, result: Note(given["user_id"], [given[argument].id] if result is not False else [])


def _tailoring(given: Given, result: Any) -> Note:
    """The record itself says whose it is."""
    record = given["tailoring"]
    return Note(record.user_id, [record.id] if result is not False else [])


WRITES: Mapping[ChangeKind, Mapping[str, tuple[ChangeAction, Read]]] = {
    "resume": {
        "add": ("created", _result),
        "replace": ("changed", _result),
        "delete": ("deleted", _named("resume_id")),
        "set_master": ("changed", lambda given, _: Note(given["user_id"], [given["resume_id"]])),
    },
    "content": {
        "put": ("created", lambda given, _: Note(given["user_id"], [chunk.id for chunk in given["chunks"]])),
        "delete": ("deleted", lambda given, result: Note(given["user_id"], list(given["ids"]) if result else [])),
    },
    "job": {
        "add": ("created", _result),
        "replace": ("changed", _result),
        "delete": ("deleted", _named("job_id")),
    },
    "tailoring": {
        "add": ("created", _tailoring),
        "replace": ("changed", _tailoring),
    },
    "application": {
        "add": ("created", _within("application")),
        "replace": ("changed", _within("application")),
        "delete": ("deleted", _named("application_id")),
    },
    "voice": {"put": ("created", _within("entry")), "delete": ("deleted", _named("entry_id"))},
    "share": {"add": ("created", _within("share")), "delete": ("deleted", _named("share_id"))},
    "account": {"add": ("created", lambda _, result: Note(result.id, [result.id]))},
}
"""The methods that write, of each kind's repository."""
READS = frozenset(
    {
        "get",
        "latest",
        "list",
        "versions",
        "master",
        "users",
        "get_many",
        "all",
        "shared",
        "by_email",
        "external",
        "count",
    }
)
"""Those that do not; `external` makes an account at first sight, on the word of a provider that keeps a log of its own."""


@dataclass(frozen=True)
class Changes:
    repository: ChangeRepository
    clock: Clock
    ids: Ids

    async def note(self, kind: ChangeKind, action: ChangeAction, note: Note) -> None:
        now = self.clock.now()
        changes = [
            Change(self.ids.new_id(), now, note.user_id, kind, subject, action)
            for subject in dict.fromkeys(note.subjects)
        ]
        if changes:
            await self.repository.add(note.user_id, changes)

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[Change]:
        return await self.repository.list(user_id, limit, after)

    def around(self, kind: ChangeKind, repository: R) -> R:
        """The same repository, whose writes are noted once they are done."""
        return cast("R", _Noted(repository, kind, self))


class _Noted:
    def __init__(self, repository: Any, kind: ChangeKind, changes: Changes) -> None:
        self._repository, self._kind, self._changes = repository, kind, changes

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._repository, name)
        if name not in WRITES[self._kind]:
            return method
        action, read = WRITES[self._kind][name]

        async def noted(*args: Any, **named: Any) -> Any:
            given = inspect.signature(method).bind(*args, **named).arguments
            result = await method(*args, **named)
            await self._changes.note(self._kind, action, read(given, result))
            return result

        return noted
