"""What is asked of the vendor, and what its answers mean. PydanticAI's own batch calls do the talking, over our client: so a
question is put into the very same words, and its answer read by the very same code, as if it were asked by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from anthropic import AsyncAnthropic
from pydantic import TypeAdapter
from pydantic_ai.exceptions import UserError
from pydantic_ai.models import Model as VendorModel
from pydantic_ai.models.batch import Batch, BatchResult, EncodedBatchRequest

from backend.adapters.language_model import UNREACHED, unavailable
from backend.adapters.resilience import Guard
from backend.errors import InvalidInput, UnusableAnswer, VendorRefuses, VendorUnavailable

T = TypeVar("T")
Results = Mapping[str, BatchResult]
"""By custom id."""
_MOST, _MOST_BYTES = 10_000, 128_000_000
"""Of one batch. The vendor's own limits are ten times and twice as high."""
_TRIES = 10
_CREATE, _ASK, _FETCH = 300.0, 60.0, 600.0
"""Seconds for one call, over all attempts."""
_SKEW = timedelta(minutes=2)
_LISTED = 100
_HANDLE = TypeAdapter(Batch)


class Sheet(NamedTuple):
    """A question, encoded. Sheets of equal group may be sent together, by the model of any of them."""

    name: str
    model: VendorModel[Any]
    encoded: EncodedBatchRequest

    @property
    def size(self) -> int:
        return int(self.model.batch_request_size(self.encoded))


class BatchVendor:
    def __init__(self, client: AsyncAnthropic, guard: Guard) -> None:
        self._client, self._guard = client, guard
        self._ours: set[str] = set()

    async def create(self, sheets: Sequence[Sheet], began: datetime, pause: float) -> Batch:
        """One batch of them all. Should an answer be lost, the batch that was made all the same is looked for before another
        is. While the vendor is away it is asked every `pause` seconds, so many times."""
        first, tried = sheets[0], False

        async def make() -> Batch:
            nonlocal tried
            if tried and (lost := await self._lost(first, began, len(sheets))):
                return lost
            tried = True
            return await first.model.batch_create([sheet.encoded for sheet in sheets])

        for left in reversed(range(_TRIES)):
            try:
                made = await self._guard.call(lambda: _told(first.name, make()), _CREATE)
            except VendorUnavailable as error:
                if isinstance(error, VendorRefuses) or not left:
                    raise
                await asyncio.sleep(pause)
            else:
                self._ours.add(made.id)
                return made
        raise AssertionError  # for the type checker: the last try returns or raises

    async def find(self, sheet: Sheet, began: datetime, count: int) -> Batch | None:
        """A batch of so many questions that was created at about that time, by a worker that could not say so any more."""
        return await self._guard.call(lambda: _told(sheet.name, self._lost(sheet, began, count)), _ASK)

    async def look(self, sheet: Sheet, batch: Batch) -> Batch:
        return await self._guard.call(lambda: _told(sheet.name, sheet.model.batch_status(batch)), _ASK)

    async def results(self, sheet: Sheet, batch: Batch) -> Results:
        found = await self._guard.call(lambda: _told(sheet.name, sheet.model.batch_results(batch)), _FETCH)
        return {result.custom_id: result for result in found}

    async def cancel(self, sheet: Sheet, batch: Batch) -> None:
        await self._guard.call(lambda: _told(sheet.name, sheet.model.batch_cancel(batch)), _ASK)

    async def _lost(self, sheet: Sheet, began: datetime, count: int) -> Batch | None:
        page = await self._client.beta.messages.batches.list(limit=_LISTED)
        for made in page.data:
            counts = made.request_counts
            size = counts.processing + counts.succeeded + counts.errored + counts.canceled + counts.expired
            if size == count and abs(made.created_at - began) < _SKEW and made.id not in self._ours:
                return Batch(
                    id=made.id,
                    model_name=sheet.model.model_name,
                    provider_name=sheet.model.system,
                    group=sheet.encoded.group,
                    status=made.processing_status,
                    created_at=made.created_at,
                    request_count=size,
                )
        return None


def lots(sheets: Sequence[Sheet]) -> list[list[Sheet]]:
    """Sheets that can go in one batch each, within the vendor's limits."""
    found: dict[str, list[list[Sheet]]] = {}
    sizes: dict[str, int] = {}
    for sheet in sheets:
        group, size = sheet.encoded.group, sheet.size
        known = found.setdefault(group, [[]])
        if len(known[-1]) == _MOST or (known[-1] and sizes[group] + size > _MOST_BYTES):
            known.append([])
        sizes[group] = size + (sizes.get(group, 0) if known[-1] else 0)
        known[-1].append(sheet)
    return list(chain.from_iterable(found.values()))


def kept(batch: Batch) -> dict[str, Any]:
    """As JSON, to be found again by another worker. It holds no key and nothing of what was asked."""
    return asdict(batch) | {"created_at": batch.created_at.isoformat()}


def found(step: Mapping[str, Any]) -> Batch:
    return _HANDLE.validate_python(dict(step))


async def _told(name: str, request: Awaitable[T]) -> T:
    try:
        return await request
    except UNREACHED as error:
        raise unavailable(name, error) from error
    except UserError as error:
        raise InvalidInput(f"{name} cannot be asked in a batch: its vendor takes none, or not so much.") from error
    except (AttributeError, TypeError, LookupError, ValueError) as error:
        raise UnusableAnswer(f"{name}: the vendor said something unexpected of a batch. Try again.") from error


Over = Callable[[str, str], Awaitable[bool]]
"""Whether a person's run has ended."""
