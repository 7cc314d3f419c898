"""What is kept about a person's use: money, links, changes; and everything, to be given or erased."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from backend.domain.usage import UsageRecord


class UsageRepository(Protocol):
    async def add(self, user_id: str, record: UsageRecord) -> None: ...

    async def between(self, user_id: str, start: datetime, end: datetime) -> Sequence[UsageRecord]:
        """From `start` until before `end`."""
        ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[UsageRecord]:
        """Newest first, those older than the id `after`."""
        ...


class Spending(NamedTuple):
    """US dollars of one month: spent by runs that ended, and held for those under way."""

    spent: float
    held: float


class LedgerRepository(Protocol):
    """What each person spends in a month such as "2026-01"."""

    async def hold(
        self, user_id: str, month: str, run_id: str, amount: float, budget: float | None, lasts: float = 3600.0
    ) -> bool:
        """Sets money aside for a run unless what is spent and held has reached the budget; of many at once none is let in
        too much. A hold that nobody settles is given back after `lasts` seconds, which is longer than the run
        may take: by then its process has ended."""
        ...

    async def settle(self, user_id: str, month: str, run_id: str, spent: float) -> None:
        """Puts what the run cost in the place of what was held for it."""
        ...

    async def of(self, user_id: str, month: str) -> Spending: ...


class Share(NamedTuple):
    """A tailored resume that whoever has the link may read."""

    id: str
    user_id: str
    tailoring_id: str
    created: datetime
    expires: datetime


class ShareRepository(Protocol):
    async def add(self, user_id: str, share: Share) -> None: ...

    async def shared(self, share_id: str) -> Share | None:
        """Whoever's it is: for the reader of a link, who has shown its signature. The only look-up without a person."""
        ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Share]:
        """Newest first, those older than the id `after`."""
        ...

    async def delete(self, user_id: str, share_id: str) -> bool: ...


ChangeKind = Literal["resume", "job", "content", "application", "tailoring", "share", "voice", "account"]
ChangeAction = Literal["created", "changed", "deleted"]


class Change(NamedTuple):
    """That something was changed, and by whom; never what it says. `subject` is its id."""

    id: str
    at: datetime
    by: str
    kind: ChangeKind
    subject: str
    action: ChangeAction


class ChangeRepository(Protocol):
    """Append only."""

    async def add(self, user_id: str, changes: Sequence[Change]) -> None: ...

    async def list(self, user_id: str, limit: int, after: str | None = None) -> Sequence[Change]:
        """Newest first, those older than the id `after`."""
        ...


class PersonalData(Protocol):
    """Everything that is kept of a person, wherever it is."""

    def files(self) -> Mapping[str, str]:
        """The files of an export, each with what it holds."""
        ...

    def rows(self, user_id: str, file: str) -> AsyncIterator[Sequence[Mapping[str, Any]]]:
        """What goes into one of the files: readable, without secrets, some hundred at a time."""
        ...

    async def begin_erasure(self, user_id: str) -> None:
        """Marks the erasure as begun, so that one cut short is found again, and destroys the key."""
        ...

    async def erase(self, user_id: str) -> None:
        """Deletes every row, those by which the person is known last, and then what the files of the database still hold."""
        ...

    async def unfinished(self) -> Sequence[str]:
        """Whose erasure has begun and not ended."""
        ...

    async def erased_since(self, user_id: str, moment: datetime) -> bool:
        """Whether an erasure has ended since then, or is under way."""
        ...
