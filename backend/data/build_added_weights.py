"""Fits added_weights.json: how much each count of an alignment says that a text adds something. Not needed at run time.

    python -m backend.data.build_added_weights FOLDER... [--rewrites FILE]

Each folder holds resumes and labelled edits, as backend/tests/evals/grounding/tune does. A logistic regression with a ridge,
on the edits that no other rule refuses; prints what it would do to resumes it has not seen (leave some out, fit, look).
"""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backend.data import HERE, load_lexicon
from backend.domain.content import Evidence, resume_evidence
from backend.domain.grounding import Grounder, Support, support_for
from backend.domain.grounding.additions import REFUSED, clauses, features
from backend.domain.grounding.alignment import aligned
from backend.domain.stored_shape import read

TODAY = date(2026, 11, 1)
RULE = "content-shown"
RIDGE = 30.0
FABRICATED = 2.0  # weight of a fabricated edit, a truthful one counting one
FOLDS = 20


class Row(NamedTuple):
    group: str
    fabricated: bool
    refused: bool  # by another rule
    counts: dict[str, float]


def main(folders: list[Path], rewrites: Path | None) -> None:
    grounder = Grounder(load_lexicon())
    rows = [row for folder in folders for row in _edits(folder, grounder)]
    if rewrites:
        rows += list(_rewrites(rewrites, grounder))
    names = sorted({name for row in rows for name in row.counts})
    table = np.array([[row.counts.get(name, 0.0) for name in names] for row in rows])
    truth = np.array([row.fabricated for row in rows], dtype=float)
    free = np.array([not row.refused for row in rows])
    _report(rows, table, truth, free)
    weights = _fitted(table[free], truth[free])
    kept = {"": round(float(weights[0]), 4)} | {n: round(float(w), 4) for n, w in zip(names, weights[1:], strict=True)}
    (HERE / "added_weights.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _edits(folder: Path, grounder: Grounder) -> Iterator[Row]:
    for file in sorted(folder.glob("*.jsonl")):
        resume = read(json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))
        evidence = tuple(resume_evidence(resume))
        for line in filter(None, file.read_text(encoding="utf-8").splitlines()):
            edit = json.loads(line)
            if not edit["path"].startswith("/skills"):
                support = support_for(edit["path"], evidence, resume, TODAY)
                yield _row(file.stem, edit["label"] == "fabricated", grounder, edit["text"], support)


def _rewrites(file: Path, grounder: Grounder) -> Iterator[Row]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        lines = tuple(
            Evidence(id=f"/{n}", text=t, kind="highlight", entry="") for n, t in enumerate(row["source_section"])
        )
        yield _row(row["source_section"][0], row["label"] != "supported", grounder, row["rewritten"], Support(lines))


def _row(group: str, fabricated: bool, grounder: Grounder, text: str, support: Support) -> Row:
    findings = grounder.check(text, support)
    refused = any(f.status == "unsupported" and f.rule != RULE for f in findings)
    check = grounder.compare(text, support)
    check.findings = [f for f in findings if f.rule != RULE]  # words of figures that are borne out count as known
    alignment = aligned(check)
    return Row(group, fabricated, refused, features(check, alignment, clauses(check, alignment)))


def _fitted(table: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Weights, the constant first, by Newton's method; the ridge is on standardised columns."""
    mean, spread = table.mean(0), table.std(0) + 1e-9
    x = np.hstack([np.ones((len(table), 1)), (table - mean) / spread])
    weight = np.where(truth > 0, FABRICATED, 1.0)
    ridge = np.diag([0.0] + [RIDGE] * table.shape[1])
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        step = np.linalg.solve(
            x.T @ (x * (weight * p * (1 - p))[:, None]) + ridge, x.T @ (weight * (truth - p)) - ridge @ beta
        )
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    slopes = beta[1:] / spread
    return np.concatenate([[beta[0] - mean @ slopes], slopes])


def _report(rows: list[Row], table: np.ndarray, truth: np.ndarray, free: np.ndarray) -> None:
    groups: Iterable[str] = sorted({row.group for row in rows})
    fold = {group: n % FOLDS for n, group in enumerate(groups)}
    folds = np.array([fold[row.group] for row in rows])
    chance = np.zeros(len(rows))
    for n in range(FOLDS):
        seen = (folds != n) & free
        weights = _fitted(table[seen], truth[seen])
        chance[folds == n] = 1 / (1 + np.exp(-(weights[0] + table[folds == n] @ weights[1:])))
    for cut in (0.3, 0.4, REFUSED, 0.6):
        refused = ~free | (chance >= cut)
        shares = [f"{np.mean(refused[truth == kind]):.1%}" for kind in (1, 0)]
        sys.stdout.write(f"refused from {cut}: fabricated {shares[0]}, truthful {shares[1]}\n")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    place = arguments.index("--rewrites") if "--rewrites" in arguments else len(arguments)
    main([Path(name) for name in arguments[:place]], Path(arguments[place + 1]) if place < len(arguments) else None)
