"""Batches: which jobs are the same, and what the states of runs come to."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.batch import BatchCounts, TailoringBatch, folded, same_job
from backend.domain.job import Job
from backend.tests.doubles import FixedClock

COUNT = st.integers(0, 500)


@given(st.lists(st.sampled_from("abcdef")))
def test_each_key_is_folded_into_the_first_that_equals_it(keys: list[str]) -> None:
    first = folded(keys)
    assert len(first) == len(keys)
    assert all(position <= n and keys[position] == keys[n] for n, position in enumerate(first))
    assert len(set(first)) == len(set(keys))


def test_white_space_makes_no_other_job_and_words_do() -> None:
    job = Job(text="Python and Go.\n\nNow.", title="Engineer", company="Vasa")
    same = Job(text="  Python  and Go.\r\nNow. ", title=" engineer", company="VASA")
    assert same_job(job) == same_job(same)
    others = (job.model_copy(update={name: "Another"}) for name in ("text", "title", "company"))
    assert len({same_job(job), *map(same_job, others)}) == 4


@given(COUNT, COUNT, COUNT, COUNT, COUNT)
def test_a_batch_is_over_when_nothing_waits_or_works(
    queued: int, running: int, succeeded: int, failed: int, cancelled: int
) -> None:
    counts = BatchCounts(queued=queued, running=running, succeeded=succeeded, failed=failed, cancelled=cancelled)
    assert counts.over == (counts.ended == counts.total) == (counts.state not in ("queued", "running"))
    assert 0 <= counts.percent <= 100
    assert not counts.over or counts.percent == 100
    if counts.over and counts.total:
        assert (counts.state == "succeeded") == bool(succeeded)
        assert (counts.state == "cancelled") == (not succeeded and not failed)
    assert str(counts.total) in counts.sentence


def test_a_batch_counts_its_runs_and_not_what_was_sent() -> None:
    batch = TailoringBatch(id="b", user_id="u", created=FixedClock().now(), resume_id="r", run_ids=("1", "2", "1"))
    assert (batch.size, batch.folded) == (2, 1)
