"""Retrieval quality on labelled data: by meaning, by words, and both fused as the service fuses them."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from backend.adapters.embedded.minilm import MiniLmEmbedder
from backend.benchmarks.table import Row
from backend.data import TOKENIZER, load_lexicon
from backend.domain.bm25 import SparseVector
from backend.domain.ranking import fuse

_DEPTH = 200


class Ranker:
    """Ranks documents for queries, dense and sparse, then fuses both by reciprocal rank."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._embedder = MiniLmEmbedder(TOKENIZER)
        self._bm25 = load_lexicon().bm25
        self._vectors = np.array([self._embedder.one(text) for text in documents])
        self._postings: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
        for place, text in enumerate(documents):
            for term, weight in self._bm25.vector(text).items():
                self._postings[term].append((place, weight))

    def rankings(self, query: str) -> dict[str, list[int]]:
        dense = self._vectors @ self._embedder.one(query)
        sparse = self._sparse(self._bm25.vector(query))
        halves = {"dense": _order(dense), "sparse": _order(sparse)}
        fused = fuse([[str(n) for n in halves["dense"]], [str(n) for n in halves["sparse"]]])
        hybrid = sorted(fused, key=lambda name: (-fused[name], int(name)))
        return {**halves, "hybrid": [int(name) for name in hybrid]}

    def _sparse(self, query: SparseVector) -> np.ndarray:
        scores = np.zeros(len(self._vectors))
        for term, weight in query.items():
            for place, other in self._postings.get(term, ()):
                scores[place] += weight * other
        return scores


def _order(scores: np.ndarray) -> list[int]:
    ranked = np.argsort(-scores, kind="stable")[:_DEPTH]
    return [int(n) for n in ranked if scores[n] > 0]


def skill_linking(folder: Path, part: str) -> dict[str, float]:
    """Mean R-precision at 5: sentences of job ads to ESCO skill labels."""
    labels = [
        line.strip()
        for line in (folder / "skills_en_label.txt").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    place = {label.lower(): n for n, label in enumerate(labels)}
    gold: defaultdict[str, set[int]] = defaultdict(set)
    with (folder / f"{part}_validation_annotations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (label := row["label"].lower()) in place:
                gold[row["sentence"]].add(place[label])
    ranker = _labels_ranker(tuple(labels))
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for sentence, wanted in gold.items():
        for name, ranking in ranker.rankings(sentence).items():
            scores[name].append(sum(n in wanted for n in ranking[:5]) / min(5, len(wanted)))
    return {name: sum(values) / len(values) for name, values in scores.items()}


_RANKERS: dict[tuple[str, ...], Ranker] = {}


def _labels_ranker(labels: tuple[str, ...]) -> Ranker:
    if labels not in _RANKERS:
        _RANKERS[labels] = Ranker(labels)
    return _RANKERS[labels]


def resume_job_pairs(folder: Path) -> dict[str, float]:
    """Mean NDCG at 10 of jobs ranked for each resume."""

    def read(name: str) -> list[dict[str, str]]:
        return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]

    resumes, jobs = read("resumes.jsonl"), read("jobs.jsonl")
    labels = {(row["resume_id"], row["job_id"]): float(row["label"]) for row in read("labels_suggested.jsonl")}
    texts = [
        " ".join([j["title"], j["responsibilities"], j["requirements_text"], ", ".join(j["skills"])]) for j in jobs
    ]
    ranker = Ranker(texts)
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for row in resumes:
        query = " ".join(
            [str(row["education"]), str(row["projects"]), ", ".join(row["skills"]), str(row.get("experience", ""))]
        )
        gains = [2 ** labels[row["resume_id"], j["job_id"]] - 1 for j in jobs]
        for name, ranking in ranker.rankings(query).items():
            left = [n for n in range(len(jobs)) if n not in ranking]
            scores[name].append(_ndcg([gains[n] for n in (*ranking, *left)]))
    return {name: sum(values) / len(values) for name, values in scores.items()}


def _ndcg(gains: Sequence[float], depth: int = 10) -> float:
    def dcg(values: Iterable[float]) -> float:
        return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, 1))

    return dcg(gains[:depth]) / dcg(sorted(gains, reverse=True)[:depth])


def rows(data: Path) -> list[Row]:
    measures = [
        (f"ESCO skill linking, {part} sentences, RP@5", skill_linking(data / "esco_skill_linking", part))
        for part in ("house", "tech")
    ]
    measures.append(("jobs for a resume, NDCG@10", resume_job_pairs(data / "resume_job_llm_pairs")))
    found = []
    for name, score in measures:
        text = f"{score['hybrid']:.3f} (dense {score['dense']:.3f}, sparse {score['sparse']:.3f})"
        better = score["hybrid"] > max(score["dense"], score["sparse"])
        found.append(Row(name, "hybrid beats both halves", text, better))
    return found
