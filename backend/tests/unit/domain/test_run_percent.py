"""How far a run is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.progress import ProgressEvent
from backend.domain.run_percent import BEFORE, LOOP, MEASURED, learned, overall, sentence
from backend.domain.run_state import StageTiming

STAGES = st.sampled_from((*BEFORE, *LOOP))


def order(attempts: int) -> list[tuple[str, int]]:
    return [(stage, 0) for stage in BEFORE] + [(stage, n) for n in range(1, attempts + 1) for stage in LOOP]


@given(st.integers(1, 5), st.booleans())
def test_percent_rises_from_stage_to_stage_and_attempt_to_attempt(attempts: int, more: bool) -> None:
    steps = [
        overall(MEASURED, stage, attempt, share, plan_only=False, more=more or attempt < attempts)  # type: ignore[arg-type]
        for stage, attempt in order(attempts)
        for share in (0.0, 0.5, 1.0)
    ]
    assert all(before <= after + 1e-9 for before, after in pairwise(steps))
    assert 0 <= steps[0] <= steps[-1] <= 100


def test_a_run_of_one_attempt_ends_at_100() -> None:
    assert round(overall(MEASURED, "evaluate", 1, 1.0, plan_only=False, more=False), 6) == 100


def test_a_plan_ends_at_100() -> None:
    assert round(overall(MEASURED, "plan", 0, 1.0, plan_only=True, more=True), 6) == 100


def test_a_stage_weighs_what_it_takes() -> None:
    slow = {**MEASURED, "analyze": 100.0}
    done = overall(MEASURED, "analyze", 0, 1.0, plan_only=False, more=False)
    assert overall(slow, "analyze", 0, 1.0, plan_only=False, more=False) > done


@given(st.lists(st.tuples(STAGES, st.floats(0, 1000)), max_size=20))
def test_weights_move_towards_what_runs_took_and_never_past_it(took: list[tuple[str, float]]) -> None:
    timings = [StageTiming.model_validate({"stage": stage, "seconds": seconds}) for stage, seconds in took]
    for stage, weight in learned(MEASURED, timings).items():
        seconds = [seconds for name, seconds in took if name == stage]
        known = [MEASURED[stage], *seconds]
        assert min(known) - 1e-9 <= weight <= max(known) + 1e-9


def test_a_stage_that_was_cut_short_teaches_nothing() -> None:
    assert learned(MEASURED, [StageTiming(stage="generate")]) == dict(MEASURED)


def test_there_is_a_sentence_for_every_step() -> None:
    for stage in (*BEFORE, *LOOP):
        for status in ("started", "finished"):
            event = ProgressEvent.model_validate({"stage": stage, "status": status, "message": "3 lines"})
            assert sentence(event).endswith(".")
            assert "{" not in sentence(event)


def test_a_sentence_says_which_attempt_it_is_of() -> None:
    assert sentence(ProgressEvent(stage="generate", status="started", attempt=2)) == "Rewording your lines (attempt 2)."
