"""Damaged files against the sandbox: `python -m backend.tests.fuzz.files [COUNT] [SEED]`.

The service must not crash and no file may run past its limits. Readers that break off are caught and refused, and listed
by place, because each is a mistake of ours all the same. Exit code 1 when the service crashed or a limit did not hold.
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from backend.documents.reading.sandbox import Ended, Sandbox
from backend.documents.reading.sandbox.frames import BROKE
from backend.errors import InvalidInput
from backend.tests.fuzz.mutations import mutated
from backend.tests.fuzz.seeds import seeds
from backend.tests.security import making

COUNT, SEED, AT_ONCE = 20_000, 1, 2
SLOW, GRACE = 1.0, 3.0
COLUMNS = ("read", "refused", "broke off", "over 1 s", "memory", "time", "hung", "crashed")


class Sample(NamedTuple):
    kind: str
    data: bytes


def samples(count: int, seed: int) -> Iterator[Sample]:
    """The same files for the same seed."""
    rng = random.Random(seed)
    found = seeds()
    every = [data for files in found.values() for data in files]
    for number in range(count):
        kind = list(found)[number % len(found)]
        yield Sample(kind, mutated(rng.choice(found[kind]), kind, every, rng))


class Tally:
    def __init__(self) -> None:
        self.rows: dict[str, Counter[str]] = {}
        self.places: Counter[str] = Counter()
        self.kept: dict[str, bytes] = {}
        self.slowest = self.largest = 0.0

    def add(self, sample: Sample, ended: Ended) -> None:
        row = self.rows.setdefault(sample.kind, Counter())
        row["files"] += 1
        report = ended.report
        if report is None:
            row["crashed"] += 1
            return
        self.slowest, self.largest = max(self.slowest, report.cpu), max(self.largest, report.peak)
        row["over 1 s"] += report.cpu > SLOW
        row["hung"] += ended.seconds > ended.job.seconds + GRACE
        row["time"] += report.late
        try:
            ended.outcome()
            row["read"] += 1
        except InvalidInput as refusal:
            row["refused"] += 1
            row["memory"] += "of memory" in refusal.detail
            if "broke off over" in refusal.detail:
                row["broke off"] += 1
                place = ended.content.decode() if ended.tag == BROKE else f"exit {report.exit}"
                self.places[f"{sample.kind}: {place}"] += 1
                self.kept.setdefault(f"{sample.kind}: {place}", sample.data)
            elif report.late:
                self.kept.setdefault(f"{sample.kind}: late", sample.data)

    def failures(self) -> int:
        return sum(row["crashed"] + row["hung"] for row in self.rows.values())

    def show(self, seconds: float) -> None:
        print(f"\n{'kind':10} {'files':>7} " + " ".join(f"{name:>9}" for name in COLUMNS))
        for kind, row in [*self.rows.items(), ("all", sum(self.rows.values(), Counter()))]:
            print(f"{kind:10} {row['files']:7,} " + " ".join(f"{row[name]:9,}" for name in COLUMNS))
        print(f"slowest {self.slowest:.2f} s of CPU, largest {self.largest:.0f} MB, {seconds:.0f} s in all")
        for place, count in self.places.most_common(20):
            print(f"{count:6,} broke off  {place}")


async def run(count: int, seed: int) -> Tally:
    tally, sandbox = Tally(), Sandbox(at_once=AT_ONCE)
    began = time.monotonic()
    source = samples(count, seed)

    async def work() -> None:
        for sample in source:
            tally.add(sample, await sandbox.ended("read", sample.data))

    await sandbox.start()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    await sandbox.read(making.docx())
    await sandbox.close()
    tally.show(time.monotonic() - began)
    return tally


def main(arguments: list[str]) -> int:
    count, seed = (int(arguments[0]) if arguments else COUNT), (int(arguments[1]) if arguments[1:] else SEED)
    print(f"{count:,} damaged files, seed {seed}")
    tally = asyncio.run(run(count, seed))
    folder = Path("out/fuzz")
    for place, data in tally.kept.items():
        folder.mkdir(parents=True, exist_ok=True)
        name = "".join(char if char.isalnum() else "_" for char in place)
        (folder / name).write_bytes(data)
    return 1 if tally.failures() else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
