"""How far a run is: stages weighed by the time they take, and a sentence for people."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from backend.domain.progress import ProgressEvent, Stage
from backend.domain.run_state import StageTiming

LOOP: tuple[Stage, ...] = ("generate", "verify", "evaluate")
BEFORE: tuple[Stage, ...] = ("analyze", "retrieve", "plan")
MEASURED: Mapping[Stage, float] = MappingProxyType(
    {"analyze": 2.1, "retrieve": 0.2, "plan": 0.02, "generate": 4.6, "verify": 0.4, "evaluate": 1.3}
)
"""Seconds a stage takes until something better has been measured here."""
_LEARN = 0.1  # what the newest run counts for
_FIRST_ATTEMPT = 0.85  # of the way through the loop, if there may be more than one
_SENTENCES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("analyze", "started"): "Reading what the job asks.",
        ("analyze", "finished"): "The job is read: {}.",
        ("retrieve", "started"): "Looking for what you have written that bears on it.",
        ("retrieve", "finished"): "Found: {}.",
        ("plan", "started"): "Planning what to show.",
        ("plan", "finished"): "The plan is made: {}.",
        ("generate", "started"): "Rewording your lines.",
        ("generate", "finished"): "The wording is proposed: {}.",
        ("verify", "started"): "Checking every claim against your own words.",
        ("verify", "finished"): "Checked: {}.",
        ("evaluate", "started"): "Measuring the result.",
        ("evaluate", "finished"): "Measured: {}.",
    }
)


def sentence(event: ProgressEvent) -> str:
    text = _SENTENCES.get((event.stage, event.status), "").format(event.message or "done")
    return f"{text[:-1]} (attempt {event.attempt})." if event.attempt > 1 and event.stage in LOOP else text


def learned(weights: Mapping[Stage, float], timings: Iterable[StageTiming]) -> Mapping[Stage, float]:
    """The weights moved a little towards what a finished run took."""
    took: dict[Stage, list[float]] = {}
    for timing in timings:
        if timing.seconds is not None and timing.stage in weights:
            took.setdefault(timing.stage, []).append(timing.seconds)
    mean = {stage: sum(seconds) / len(seconds) for stage, seconds in took.items()}
    return {stage: old + _LEARN * (mean.get(stage, old) - old) for stage, old in weights.items()}


def overall(
    weights: Mapping[Stage, float], stage: Stage, attempt: int, stage_share: float, *, plan_only: bool, more: bool
) -> float:
    """Percent of the whole, 0 to 100. `stage_share` is 0 to 1; `more` says that the loop may go round again. A further
    attempt takes half of what is left, as nobody knows how many there will be."""
    if stage == "done":
        return 100.0
    before = sum(weights[name] for name in BEFORE)
    loop = sum(weights[name] for name in LOOP)
    if stage in BEFORE:
        done = sum(weights[name] for name in BEFORE[: BEFORE.index(stage)]) + stage_share * weights[stage]
        return 100 * done / (before if plan_only else before + loop)
    within = (sum(weights[name] for name in LOOP[: LOOP.index(stage)]) + stage_share * weights[stage]) / loop
    start, length = 0.0, _FIRST_ATTEMPT if more or attempt > 1 else 1.0
    for _ in range(1, attempt):
        start += length
        length = (1 - start) / 2
    return 100 * (before + loop * (start + length * within)) / (before + loop)
