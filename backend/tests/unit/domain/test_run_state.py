"""Runs and their events."""

from datetime import UTC, datetime

import pytest

from backend.domain.run_state import ENDED, RunEvent, RunState, fingerprint

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_fingerprint_does_not_depend_on_the_order_of_names() -> None:
    assert fingerprint({"a": 1, "b": {"c": 2, "d": 3}}) == fingerprint({"b": {"d": 3, "c": 2}, "a": 1})


@pytest.mark.parametrize("other", [{"a": "1"}, {"a": [1]}, {"a": 1, "b": None}, {}])
def test_a_fingerprint_tells_values_apart(other: dict[str, object]) -> None:
    assert fingerprint({"a": 1}) != fingerprint(other)


def test_a_fingerprint_takes_any_text() -> None:
    assert len(fingerprint({"a": "\ud800 · 東京"})) == 64


@pytest.mark.parametrize("state", ["queued", "running", "succeeded", "failed", "cancelled"])
def test_only_the_state_that_ends_a_run_is_its_last_event(state: RunState) -> None:
    assert RunEvent(kind="state", state=state, at=NOW).last == (state in ENDED)
    assert not RunEvent(kind="stage", state=state, at=NOW).last
