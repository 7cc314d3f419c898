"""Whether anything of ours blocks the event loop over 50 ms in the HTTP suite: `python -m backend.tests.chaos.loop [PATH...]`.

Prints the longest turns and what they did. How it is measured stands in `loop_watch`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from backend.tests.chaos.farm import show
from backend.tests.chaos.loop_watch import LIMIT

PATHS = ("backend/tests/http",)
_WORST = 20


class Blocked(NamedTuple):
    seconds: float
    turn: float
    test: str
    stack: Sequence[str]


def measure(paths: Sequence[str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "turns"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "backend.tests.chaos.loop_watch", *paths]
        done = subprocess.run(  # noqa: S603 - ourselves
            command, env=os.environ | {"LOOP_WATCH_REPORT": str(report)}, check=False, capture_output=True, text=True
        )
        lines = report.read_text().splitlines() if report.exists() else []
        turns = int(Path(f"{report}.turns").read_text())
    found = [Blocked(known["ours"], known["turn"], known["test"], known["stack"]) for known in map(json.loads, lines)]
    ours = sorted((known for known in found if known.seconds > LIMIT), reverse=True)
    show(
        f"the event loop over {' '.join(paths)}",
        [
            ("tests", done.stdout.strip().rpartition("\n")[2].strip("= "), ""),
            ("turns of the loop", turns, ""),
            ("of them over 50 ms with tests' own work", len(found), ""),
            ("of them with over 50 ms of ours", len(ours), "0"),
            ("longest of ours, ms", f"{1_000 * max((known.seconds for known in found), default=0):.0f}", "<= 50"),
        ],
    )
    places: dict[str, list[Blocked]] = {}
    for known in ours:
        places.setdefault(_place(known.stack), []).append(known)
    for place, those in list(places.items())[:_WORST]:
        longest = those[0]
        took = f"{1_000 * longest.seconds:.0f} ms of {1_000 * longest.turn:.0f}"
        sys.stdout.write(f"\n  {len(those)} times at {place}; the longest, {took}, in {longest.test}\n")
        for frame in longest.stack:
            sys.stdout.write(f"      {frame}\n")
    return not ours and done.returncode == 0


def _place(stack: Sequence[str]) -> str:
    """The innermost frame of ours, without its line."""
    frame = next((frame for frame in stack if frame.startswith("backend/")), "nowhere")
    name, _, function = frame.rpartition(" ")
    return f"{name.partition(':')[0]} {function}"


if __name__ == "__main__":
    sys.exit(0 if measure(sys.argv[1:] or PATHS) else 1)
