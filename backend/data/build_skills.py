"""Builds skills.tsv and skill_gate.json from open data. Not needed at run time.

    python -m backend.data.build_skills ../shared/data

`skills_core.txt` is ours. To it are added O*NET technology names (CC BY 4.0, U.S. Department of Labor/ETA) and the
skill phrases of skill-extractor 0.2.0 (MIT), less those that annotated advertisements (SkillSpan train, MIT) show to be
ordinary words. The gate's weights are fitted on the same advertisements, each half scored with priors
counted on the other. Prints what both are worth on SkillSpan dev, which nothing here is fitted on.
"""

import csv
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from backend.data.skillspan import Line, knowledge_scores, read_lines
from backend.domain.skill_context import demanded, features
from backend.domain.skills import Vocabulary, form_key
from backend.domain.text import words

HERE = Path(__file__).parent
ORDINARY = 0.12  # below this share of demands among its mentions a phrase is an ordinary word and is left out
Row = tuple[str, str, str, str, str]  # name, kind, source, broader, forms


def core_rows(path: Path) -> Iterator[Row]:
    kind = group = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            kind, _, group = line.strip("[]").partition(":")
            continue
        left, _, aliases = line.partition("=")
        name, _, over = (part.strip() for part in left.partition("<"))
        forms = [name, *(a.strip() for a in aliases.split(",") if a.strip())]
        broader = [b.strip() for b in f"{over},{group}".split(",") if b.strip()]
        yield (
            name.rstrip("!"),
            kind,
            "core",
            ";".join(dict.fromkeys(broader)),
            "|".join(dict.fromkeys(map(as_form, forms))),
        )


def as_form(written: str) -> str:
    name = written.rstrip("!")
    return form_key(name) + (f"!{name}" if written.endswith("!") else "")


def onet_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        names = Counter(row["Example"] for row in csv.DictReader(file, delimiter="\t"))
    for name in names:
        short = re.sub(r"\s+software$", "", name)
        forms = {form_key(short)}
        if tail := re.fullmatch(r"(.+) ([A-Z][A-Z0-9]{1,6})", short):  # "Structured query language SQL"
            initials = "".join(w.text[0] for w in words(tail[1])).lower()
            if tail[2].lower()[:2] in initials:
                forms = {form_key(tail[1]), form_key(tail[2])}
        yield short, "tool", "onet", "", "|".join(sorted(forms))


def phrase_rows(path: Path) -> Iterator[Row]:
    for name in json.loads(path.read_text(encoding="utf-8")):
        if "(" not in name and "\t" not in name and 0 < len(words(name)) <= 5:
            yield name, "knowledge", "mit", "", form_key(name)


def distinct(rows: Iterable[Row]) -> list[Row]:
    """Rows with the forms that no earlier row has; a row with none left is dropped."""
    seen: set[str] = set()
    kept = []
    for *rest, forms in rows:
        new = [
            f
            for f in forms.split("|")
            if ((key := f.partition("!")[0]) and key not in seen and len(key) > 1) or "!" in f
        ]
        seen.update(f.partition("!")[0] for f in new)
        if new:
            kept.append((*rest, "|".join(new)))
    return kept  # type: ignore[return-value]


def as_lines(rows: Iterable[Row], priors: dict[str, float]) -> list[str]:
    return ["\t".join((n, k, s, f"{priors[n]:.1f}" if n in priors else "", b, f)) for n, k, s, b, f in rows]


def count_priors(rows: list[Row], lines: list[Line]) -> tuple[dict[str, float], dict[str, float]]:
    """Per skill seen in the lines: the log-odds that its mention is annotated, and the share of mentions that are."""
    vocabulary = Vocabulary(as_lines(rows, {}))
    hits, total = Counter[str](), Counter[str]()
    for line in lines:
        for mention in vocabulary.find(line.text):
            total[mention.skill.name] += 1
            hits[mention.skill.name] += line.is_knowledge(mention.start, mention.end)
    share = {name: (hits[name] + 0.35) / (total[name] + 1) for name in total}
    return {name: math.log(p / (1 - p)) for name, p in share.items()}, share


def examples(rows: list[Row], priors: dict[str, float], lines: list[Line]) -> tuple[list[dict[str, float]], list[bool]]:
    vocabulary = Vocabulary(as_lines(rows, priors))
    inputs, labels = [], []
    for line in lines:
        mentions = vocabulary.find(line.text)
        for place, mention in enumerate(mentions):
            beside = (*mentions[max(0, place - 1) : place], *mentions[place + 1 : place + 2])
            inputs.append(features(line.text, mention, beside))
            labels.append(line.is_knowledge(mention.start, mention.end))
    return inputs, labels


def fit(inputs: list[dict[str, float]], labels: list[bool]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method."""
    names = list(inputs[0])
    x = np.array([[float(i[n]) for n in names] for i in inputs])
    y = np.array(labels, float)
    weights = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.5 * np.eye(len(names))
        weights += np.linalg.solve(hessian, x.T @ (y - p) - 0.5 * weights)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}


def main(data: Path) -> None:
    train, dev = read_lines(data / "skillspan/train.jsonl"), read_lines(data / "skillspan/dev.jsonl")
    rows = distinct(
        [
            *core_rows(HERE / "skills_core.txt"),
            *onet_rows(data / "onet_29_2/Technology Skills.txt"),
            *phrase_rows(data / "skills_mit_31k/skills.json"),
        ]
    )
    _, share = count_priors(rows, train)
    rows = [row for row in rows if row[2] == "core" or share.get(row[0], 1) >= ORDINARY]

    halves = [[line for line in train if line.document % 2 == side] for side in (0, 1)]
    inputs: list[dict[str, float]] = []
    labels: list[bool] = []
    for fitted_on, scored in (halves, halves[::-1]):
        half_inputs, half_labels = examples(rows, count_priors(rows, fitted_on)[0], scored)
        inputs, labels = inputs + half_inputs, labels + half_labels
    weights = fit(inputs, labels)

    lines = as_lines(rows, count_priors(rows, train)[0])
    (HERE / "skills.tsv").write_text(
        "# Made by build_skills.py; see README.md for sources.\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    (HERE / "skill_gate.json").write_text(json.dumps(weights, indent=2) + "\n", encoding="utf-8")
    report(Vocabulary(lines), weights, dev)


def report(vocabulary: Vocabulary, weights: dict[str, Any], dev: list[Line]) -> None:
    print(f"{len(vocabulary)} skills")  # noqa: T201
    for floor in (0.0, 0.1, 0.15, 0.2, 0.3, 0.5):
        predicted = [
            [(m.start, m.end) for m, p in demanded(line.text, vocabulary, weights) if p >= floor] for line in dev
        ]
        print(f"gate {floor:.2f}  {knowledge_scores(dev, predicted)}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
