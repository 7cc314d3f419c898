"""The truth rules on labelled edits: what share of fabrications is blocked and of truthful rewriting refused, by kind."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from backend.data import load_lexicon
from backend.domain.content import Evidence, resume_evidence
from backend.domain.grounding import Grounder, Support, support_for
from backend.domain.stored_shape import read
from backend.domain.verification import Finding

SETS = Path(__file__).parent / "grounding"
TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Judged:
    """One labelled edit and what the rules found."""

    label: str
    kind: str
    where: str
    text: str
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> str:
        found = {finding.status for finding in self.findings}
        return "blocked" if "unsupported" in found else "flagged" if "undecided" in found else "supported"


@dataclass
class Tally:
    count: int = 0
    verdicts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def share(self, verdict: str) -> float:
        return self.verdicts[verdict] / self.count if self.count else 0.0


def judge_set(part: str, grounder: Grounder) -> Iterator[Judged]:
    """`part` is "tune" or "held"."""
    for file in sorted((SETS / part).glob("*.jsonl")):
        resume = read(json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))
        evidence = tuple(resume_evidence(resume))
        supports: dict[str, Support] = {}
        for line in file.read_text(encoding="utf-8").splitlines():
            edit = json.loads(line)
            place = edit["path"].partition("/highlights")[0]
            if place not in supports:
                supports[place] = support_for(edit["path"], evidence, resume, TODAY)
            check = grounder.check_skill if place == "/skills" else grounder.check
            yield Judged(edit["label"], edit["kind"], edit["id"], edit["text"], check(edit["text"], supports[place]))


def judge_rewrites(file: Path, grounder: Grounder) -> Iterator[Judged]:
    """Bullets that small models rewrote, against the section they came from."""
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        lines = tuple(
            Evidence(id=f"/work_experience/0/highlights/{n}", text=text, kind="highlight", entry="/work_experience/0")
            for n, text in enumerate(row["source_section"])
        )
        findings = grounder.check(row["rewritten"], Support(lines))
        yield Judged(row["label"], row["label"], str(row["id"]), row["rewritten"], findings)


def judge_pairs(file: Path, grounder: Grounder) -> Iterator[Judged]:
    """One line of a resume, or more with " | " between them, and one rewriting. "?" marks what is not right yet."""
    for row in file.read_text(encoding="utf-8").splitlines():
        label, known, rewritten = row.split("\t")
        findings = grounder.check(rewritten, Support(pair_evidence(known)))
        yield Judged(label.rstrip("?"), label.rstrip("?"), known, rewritten, findings)


def pair_evidence(known: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(id=f"/work_experience/0/highlights/{n}", text=text, kind="highlight", entry="/work_experience/0")
        for n, text in enumerate(known.split(" | "))
    )


def tallies(judged: Iterator[Judged]) -> dict[tuple[str, str], Tally]:
    found: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for one in judged:
        tally = found[one.label, one.kind]
        tally.count += 1
        tally.verdicts[one.verdict] += 1
    return found


def overall(found: dict[tuple[str, str], Tally], label: str) -> Tally:
    total = Tally()
    for (its_label, _), tally in found.items():
        if its_label == label:
            total.count += tally.count
            for verdict, count in tally.verdicts.items():
                total.verdicts[verdict] += count
    return total


def show(title: str, found: dict[tuple[str, str], Tally]) -> None:
    print(f"\n{title}\n{'label':<12}{'kind':<38}{'count':>6}{'blocked':>9}{'flagged':>9}")
    for (label, kind), tally in sorted(found.items()):
        print(f"{label:<12}{kind:<38}{tally.count:>6}{tally.share('blocked'):>9.0%}{tally.share('flagged'):>9.0%}")
    for label in sorted({label for label, _ in found}):
        tally = overall(found, label)
        print(f"{label:<12}{'all':<38}{tally.count:>6}{tally.share('blocked'):>9.1%}{tally.share('flagged'):>9.1%}")


def main(data: Path) -> None:
    grounder = Grounder(load_lexicon())
    for part, title in (("tune", "Labelled edits, tuned on"), ("held", "Labelled edits, held back")):
        show(title, tallies(judge_set(part, grounder)))
    show("Plain pairs of a line and its rewriting", tallies(judge_pairs(SETS / "plain_pairs.tsv", grounder)))
    show(
        "Bullets rewritten by SmolLM2", tallies(judge_rewrites(SETS / "rewrites" / "smollm2_rewrites.jsonl", grounder))
    )
    pairs = data / "rewrite_pairs" / "rewrite_pairs_labelled.jsonl"
    if pairs.is_file():
        show("Bullets rewritten by small models (rewrite_pairs)", tallies(judge_rewrites(pairs, grounder)))
    else:
        print("../shared/data is absent: rewrite_pairs is not measured")
