"""What goes together in one message batch, and what is kept of one."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic_ai.models.batch import Batch, EncodedBatchRequest

from backend.adapters.message_batches.vendor import Sheet, found, kept, lots

MOST_BYTES, MOST = 128_000_000, 10_000


class Sized:
    """A model whose requests are as large as their body says."""

    def batch_request_size(self, request: EncodedBatchRequest) -> int:
        return int(request.body)


def sheet(number: int, group: str, size: int) -> Sheet:
    model: Any = Sized()
    return Sheet("anthropic:x", model, EncodedBatchRequest(custom_id=str(number), group=group, body=str(size)))


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 90_000_000)), max_size=30))
def test_every_question_goes_once_with_its_like_and_within_the_vendors_limits(asked: list[tuple[str, int]]) -> None:
    sheets = [sheet(number, group, size) for number, (group, size) in enumerate(asked)]
    found_lots = lots(sheets)
    assert sorted(int(one.encoded.custom_id) for lot in found_lots for one in lot) == list(range(len(asked)))
    for lot in found_lots:
        assert lot
        assert len({one.encoded.group for one in lot}) == 1
        assert len(lot) == 1 or sum(one.size for one in lot) <= MOST_BYTES


def test_no_batch_has_too_many_questions() -> None:
    assert [len(lot) for lot in lots([sheet(n, "a", 1) for n in range(2 * MOST + 5)])] == [MOST, MOST, 5]


def test_a_batch_comes_back_as_it_was_kept() -> None:
    batch = Batch(
        id="msgbatch_1",
        model_name="claude-haiku-4-5",
        provider_name="anthropic",
        group='{"credential": "hash"}',
        status="in_progress",
        created_at=datetime(2026, 1, 2, 3, tzinfo=UTC),
        request_count=7,
    )
    assert found(kept(batch)) == batch
