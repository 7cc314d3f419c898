"""Bundled data and how to open it. What is in here, and under which licence: README.md beside this file."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from backend.domain.bm25 import Bm25
from backend.domain.lexicon import Lexicon
from backend.domain.skills import Vocabulary
from backend.domain.text import stems

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
TOKENIZER = HERE / "minilm" / "tokenizer.json"


@cache
def load_lexicon() -> Lexicon:
    """The skill vocabulary, word weights and gate; some 60 ms the first time."""
    with (HERE / "skills.tsv").open(encoding="utf-8") as file:
        vocabulary = Vocabulary(line.rstrip("\n") for line in file)
    with (HERE / "idf.tsv").open(encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))
        idf = {stem: float(weight) for stem, weight in rows}
    gate = json.loads((HERE / "skill_gate.json").read_text(encoding="utf-8"))
    common = frozenset((HERE / "common_words.txt").read_text(encoding="utf-8").split())
    with (HERE / "near_words.tsv").open(encoding="utf-8") as file:
        words = [line.rstrip("\n").split("\t") for line in file]
    added = json.loads((HERE / "added_weights.json").read_text(encoding="utf-8"))
    parts, near, like = ({row[0]: row[n] for row in words if row[n]} for n in (1, 2, 3))
    return Lexicon(vocabulary, Bm25(idf), gate, common, near, _acronyms(), _kinds(), like, added, parts)


def load_sample() -> dict[str, Any]:
    """The sample resume, a stored document."""
    sample: dict[str, Any] = json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8"))
    return sample


def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (HERE / "tool_kinds.tsv").read_text(encoding="utf-8").splitlines():
        kind, names = line.split("\t")
        said = frozenset(stems(kind))
        for name in names.split("|"):
            found[name] = found.get(name, frozenset()) | said
    return found


def _acronyms() -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for line in (HERE / "acronyms.tsv").read_text(encoding="utf-8").splitlines():
        acronym, meaning = line.split("\t")
        found.setdefault(acronym.lower(), []).append(frozenset(stems(meaning)))
    return found
