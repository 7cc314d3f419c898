"""What build_near_words adds to synonyms: irregular forms, parts of speech, names of persons, and words used alike."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from backend.domain.text import stem

_PARTS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
_NAMES = (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r"))
_PERSON = "18"  # WordNet's file of nouns that denote people
_SHARE = 0.15  # of a word's uses, for it to count as a part of speech
_PERSONS = 0.25  # of a noun's uses, for it to name persons
_UNTAGGED = 0.3  # what a sense that is nowhere tagged counts
_USED = 1.5  # uses below which a word is too rare to compare
_ALIKE, _NEAREST = 0.5, 25


def irregular(wordnet: Path, common: set[str]) -> Iterator[tuple[str, str]]:
    """Stems of irregular forms with the stems of their bases, both ways: "brought" and "bring"."""
    for part, _ in _NAMES:
        for line in (wordnet / f"{part}.exc").read_text(encoding="latin-1").splitlines():
            form, *bases = line.split()
            for base in bases:
                one, other = stem(form), stem(base)
                if one != other and form.isalpha() and base.isalpha() and {one, other} & common:
                    yield one, other
                    yield other, one


def word_uses(wordnet: Path) -> dict[str, dict[str, float]]:
    """For a stem, how often it is tagged as each part of speech in WordNet's texts; a sense that never is counts 0.3."""
    used: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for line in (wordnet / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        word, sense = line.split("%")
        if word.isalpha():
            used[stem(word)][_PARTS[sense[0]]] += int(sense.split()[-1])
    for part, letter in _NAMES:
        for line in (wordnet / f"index.{part}").read_text(encoding="latin-1").splitlines():
            word = line.split(" ", 1)[0]
            if word.isalpha():
                used[stem(word)][letter] += _UNTAGGED
    return used


def persons(wordnet: Path) -> frozenset[str]:
    """Stems of nouns that name persons in a good part of their uses."""
    tagged: dict[tuple[str, int], int] = {}
    for line in (wordnet / "cntlist.rev").read_text(encoding="latin-1").splitlines():
        key, number, count = line.split()
        word, sense = key.split("%")
        if sense[0] == "1":
            tagged[word, int(number)] = int(count)
    files = dict(_files(wordnet / "data.noun"))
    uses: dict[str, dict[bool, float]] = defaultdict(lambda: defaultdict(float))
    for line in (wordnet / "index.noun").read_text(encoding="latin-1").splitlines():
        fields = line.split()
        if not line.startswith(" ") and fields[0].isalpha():
            for rank, place in enumerate(fields[-int(fields[2]) :], 1):
                weight = tagged.get((fields[0], rank), 0) + _UNTAGGED / rank
                uses[stem(fields[0])][files[place] == _PERSON] += weight
    named = {word for word, shares in uses.items() if shares[True] >= _PERSONS * sum(shares.values())}
    return frozenset(named | {one for one, other in irregular(wordnet, named) if other in named})


def word_classes(wordnet: Path) -> dict[str, str]:
    """For a stem, its parts of speech, commonest first, and "p" if it names persons."""
    people = persons(wordnet)
    found = {}
    for word, uses in word_uses(wordnet).items():
        total = sum(uses.values())
        parts = "".join(part for part in sorted(uses, key=lambda p: -uses[p]) if uses[part] >= _SHARE * total)
        found[word] = parts + "p" * (word in people)
    return found


def _files(data: Path) -> Iterator[tuple[str, str]]:
    for line in data.read_text(encoding="latin-1").splitlines():
        if not line.startswith(" "):
            yield line[:8], line[9:11]


def used_alike(
    common: set[str], classes: dict[str, str], uses: dict[str, dict[str, float]], vector: Callable[[str], np.ndarray]
) -> dict[str, list[str]]:
    """For a stem, the stems of the words whose vectors are nearest, of a part of speech in common."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word in common:
        if sum(uses.get(stem(word), {}).values()) >= _USED:
            forms[stem(word)].append(word)
    names = sorted(forms)
    vectors = np.array(
        [np.mean([vector(f) for f in sorted(forms[s], key=lambda w: (len(w), w))[:2]], 0) for s in names]
    )
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found: dict[str, list[str]] = {}
    for place, name in enumerate(names):
        cosines = vectors @ vectors[place]
        order = [int(n) for n in np.argsort(-cosines)[1:40] if cosines[n] >= _ALIKE]
        shared = [n for n in order if set(classes[name]) & set(classes[names[n]]) - {"p"}]
        found[name] = [names[n] for n in shared][:_NEAREST]
    return found
