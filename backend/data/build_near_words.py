"""Builds near_words.tsv: for a word, the words that say as much as it does or more. Not needed at run time.

    apt-get install wordnet-base scowl && python -m backend.data.build_near_words /usr/share/wordnet /usr/share/dict/scowl

From WordNet 3.0 (Princeton University; see README.md for its notice): a word is borne out by its synonyms, by the words it
is a more general name of, and by the verb or noun that it is derived from. Only common senses of common words count, and
only pairs that a sentence encoder finds at all alike, which leaves out what a word means once in a hundred times. Each row: a stem; the parts of speech it is
used as, commonest first, "p" for a name of persons; what bears it out; and what is used alike, nearest first.
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from backend.adapters.embedded.minilm import MiniLmEmbedder
from backend.data import HERE, TOKENIZER
from backend.data.word_classes import irregular, used_alike, word_classes, word_uses
from backend.domain.text import STOPWORDS, stem

_CLASSES = (10, 20, 35, 40, 50)
_SENSES = 4  # of a word, the commonest first
_STEPS = {"n": 3, "v": 2}  # how much more general
_ALIKE = (
    0.35  # cosine of two words, where more than a common sense is needed to believe that one may stand for the other
)
_SURE = 2  # in its commonest senses a word's own synonyms are believed as they are
_TOO_GENERAL = 2_000  # a word that is over so many others says nothing


class Synset(NamedTuple):
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str], ...]
    """(symbol, key of the other synset, source and target word numbers)."""


def main(wordnet: Path, scowl: Path) -> None:
    synsets, senses = _read(wordnet)
    common = _common_words(scowl)
    pairs, sure = (
        {(w, o) for w in common for o in find(w, synsets, senses) if o in common and stem(o) != stem(w)}
        for find in (_bearing_out, _synonyms)
    )
    kept = [*sure, *_alike(pairs - sure)]
    near: dict[str, set[str]] = defaultdict(set)
    for word, other in kept:
        near[stem(word)].add(stem(other))
    for word, other in irregular(wordnet, {stem(word) for word in common}):
        near[word].add(other)
    found = word_classes(wordnet)
    model = MiniLmEmbedder(TOKENIZER)
    like = used_alike(common, found, word_uses(wordnet), model.one)
    model.close()
    lines = []
    for word in sorted({*near, *like, *(s for s, parts in found.items() if "p" in parts)}):
        said = near[word] - {word}
        others = [other for other in like.get(word, ()) if other not in said]
        lines.append("\t".join((word, found.get(word, ""), " ".join(sorted(said)), " ".join(others))))
    (HERE / "near_words.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(lines):,} words, {len(kept):,} of {len(pairs):,} pairs\n")


def _read(folder: Path) -> tuple[dict[str, Synset], dict[str, list[str]]]:
    synsets: dict[str, Synset] = {}
    senses: dict[str, list[str]] = defaultdict(list)
    for part, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):
                synsets[letter + line[:8]] = _synset(line)
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith(" "):
                fields = line.split()
                senses[fields[0]] += [letter + offset for offset in fields[-int(fields[2]) :][:_SENSES]]
    return synsets, senses


def _synset(line: str) -> Synset:
    fields = line.split(" | ")[0].split()
    count = int(fields[3], 16)
    names = tuple(word.split("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2])
    rest = fields[4 + 2 * count :]
    found = [rest[1 + 4 * n : 5 + 4 * n] for n in range(int(rest[0]))]
    return Synset(names, tuple((symbol, letter.replace("s", "a") + key, ends) for symbol, key, letter, ends in found))


def _common_words(scowl: Path) -> set[str]:
    files = (scowl / f"{kind}-words.{size}" for kind in ("english", "american", "british") for size in _CLASSES)
    lines = chain.from_iterable(f.read_text(encoding="latin-1").split() for f in files if f.exists())
    return {word for word in lines if word.isalpha() and word.islower() and len(word) > 2} - STOPWORDS


def _synonyms(word: str, synsets: dict[str, Synset], senses: dict[str, list[str]]) -> set[str]:
    """Words that share one of a word's commonest senses, where it is one of theirs too."""
    keys = senses.get(word, ())
    found: set[str] = set()
    for key in (k for n, k in enumerate(keys) if sum(o[0] == k[0] for o in keys[:n]) < _SURE):
        found.update(other for other in synsets[key].words if key in senses.get(other, ()))
    return found


def _bearing_out(word: str, synsets: dict[str, Synset], senses: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    for key in senses.get(word, ()):
        same = synsets[key]
        found.update(same.words)
        below = list(_below(key, synsets, _STEPS.get(key[0], 0)))
        if len(below) < _TOO_GENERAL:
            found.update(chain.from_iterable(synsets[k].words for k in below if k in _known(senses)))
        for symbol, other, ends in same.pointers:
            if symbol == "&":
                found.update(synsets[other].words)
            elif symbol in ("+", "\\") and same.words[int(ends[:2], 16) - 1 : int(ends[:2], 16)] == (word,):
                found.add(synsets[other].words[int(ends[2:], 16) - 1])
                found.update(synsets[other].words)
    return found


_KNOWN: dict[int, frozenset[str]] = {}


def _known(senses: dict[str, list[str]]) -> frozenset[str]:
    """Synsets that are a common sense of some word."""
    if id(senses) not in _KNOWN:
        _KNOWN[id(senses)] = frozenset(chain.from_iterable(senses.values()))
    return _KNOWN[id(senses)]


def _below(key: str, synsets: dict[str, Synset], steps: int) -> Iterator[str]:
    """Keys of what this is a more general name of."""
    if steps:
        for symbol, other, _ in synsets[key].pointers:
            if symbol in ("~", "~i"):
                yield other
                yield from _below(other, synsets, steps - 1)


def _alike(pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    import asyncio

    names = sorted({word for pair in pairs for word in pair})
    model = MiniLmEmbedder(TOKENIZER)
    vectors = asyncio.run(model.embed(names, "document"))
    model.close()
    place = {word: n for n, word in enumerate(names)}
    listed = sorted(pairs)
    one, other = (np.array([place[pair[n]] for pair in listed]) for n in (0, 1))
    cosines = np.einsum("ij,ij->i", vectors[one], vectors[other])
    return [pair for pair, cosine in zip(listed, cosines, strict=True) if cosine >= _ALIKE]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
