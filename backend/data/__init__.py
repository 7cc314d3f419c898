"""Bundled data and how to open it. What is in here, and under which licence: README.md beside this file."""

import json
from functools import cache
from pathlib import Path

from backend.domain.bm25 import Bm25
from backend.domain.lexicon import Lexicon
from backend.domain.skills import Vocabulary

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
    return Lexicon(vocabulary, Bm25(idf), gate, common)
