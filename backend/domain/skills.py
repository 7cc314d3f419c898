"""The skill vocabulary: which names mean the same skill, and where a text speaks of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple, cast

from backend.domain.text import Word, stem, words

SkillKind = Literal["tool", "knowledge", "soft", "language", "credential"]
Source = Literal["core", "onet", "mit"]


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill.

    `broader` names the skills this one is an instance of: who has used PostgreSQL has used a relational database,
    never the other way round. `prior` is the log-odds that a mention in a job advertisement is a demand and not
    passing talk, measured on annotated advertisements; None where the skill was never seen there.
    """

    name: str
    kind: SkillKind
    source: Source = "core"
    prior: float | None = None
    broader: tuple[str, ...] = ()


class Mention(NamedTuple):
    """A place in a text, in characters, that names a skill."""

    skill: Skill
    start: int
    end: int


class Vocabulary:
    """Finds skills in text.

    Built from lines of tab-separated fields: name, kind, source, prior, broader names by ";", and forms by "|".
    A form is the key of one spelling (see `form_key`); "go!Go" is a form that is also an ordinary word and counts
    only as written after the "!". Of two skills that share a form the first line wins. Skills are parsed when first met: a
    vocabulary of 35,000 opens in some 40 ms.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = [line for line in lines if line and not line.startswith("#")]
        self._by_key: dict[str, tuple[int, str]] = {}
        self._reach: dict[str, int] = {}  # a phrase's first word -> the words in the longest phrase it opens
        self._parsed: dict[int, Skill] = {}
        self._looked_up: dict[str, Skill | None] = {}
        self._found: dict[str, list[Mention]] = {}
        for number, line in enumerate(self._lines):
            for form in line.rpartition("\t")[2].split("|"):
                key, _, spelling = form.partition("!")
                self._by_key.setdefault(key, (number, spelling))
                if (length := key.count(" ") + 1) > 1:
                    first = key[: key.index(" ")]
                    self._reach[first] = max(self._reach.get(first, 0), length)

    def __len__(self) -> int:
        return len(self._lines)

    def lookup(self, name: str) -> Skill | None:
        """The skill that `name` names as a whole, by any of its forms; None if the vocabulary has no such skill."""
        if name not in self._looked_up:
            if len(self._looked_up) > 20_000:
                self._looked_up.clear()
            entry = self._by_key.get(form_key(name))
            self._looked_up[name] = self._skill(entry[0]) if entry else None
        return self._looked_up[name]

    def canonical(self, name: str) -> str:
        """The vocabulary's own name for a skill; a name it does not know is returned as it came."""
        skill = self.lookup(name)
        return skill.name if skill else name.strip()

    def find(self, text: str) -> Sequence[Mention]:
        """Every mention, left to right; of two that start at the same word the longer wins, and none overlap. Lines read
        lately are remembered."""
        known = self._found.get(text)
        if known is None:
            if len(self._found) > 20_000:
                self._found.clear()
            known = self._found[text] = self._find(text)
        return known

    def _find(self, text: str) -> list[Mention]:
        found: list[Mention] = []
        sequence = words(text)
        keys = [_phrase_key(word.text) for word in sequence]
        position = 0
        while position < len(sequence):
            mention, length = self._longest(text, sequence, keys, position)
            if mention:
                found.append(mention)
            position += length
        return found

    def _longest(
        self, text: str, sequence: Sequence[Word], keys: list[str], position: int
    ) -> tuple[Mention | None, int]:
        limit = min(len(sequence), position + self._reach.get(keys[position], 1))
        end = position + 1
        while end < limit and sequence[end].joined:
            end += 1
        first = sequence[position]
        for stop in range(end, position, -1):
            key = " ".join(keys[position:stop]) if stop > position + 1 else _singular(first.text)
            entry = self._by_key.get(key)
            if entry is None:
                continue
            number, spelling = entry
            last = sequence[stop - 1]
            if not spelling or spelling == text[first.start : last.end]:
                return Mention(self._skill(number), first.start, last.end), stop - position
        return None, 1

    def _skill(self, number: int) -> Skill:
        skill = self._parsed.get(number)
        if skill is None:
            name, kind, source, prior, broader, _ = self._lines[number].split("\t")
            skill = self._parsed[number] = Skill(
                name,
                cast("SkillKind", kind),
                cast("Source", source),
                float(prior) if prior else None,
                tuple(broader.split(";")) if broader else (),
            )
        return skill


def form_key(name: str) -> str:
    """What all spellings of one name share: "Node.js" and "node js", "unit tests" and "unit testing"."""
    sequence = words(name)
    if len(sequence) == 1:
        return _singular(sequence[0].text)
    return " ".join(_phrase_key(word.text) for word in sequence)


@lru_cache(maxsize=65_536)
def _phrase_key(word: str) -> str:
    """A word's key inside a phrase: its stem, with those who do a thing kept apart from the thing done, so that
    "software engineer" is a title and no mention of software engineering."""
    return stem(word) + ("+er" if word.lower().removesuffix("s").endswith(("er", "or", "ist")) else "")


@lru_cache(maxsize=65_536)
def _singular(word: str) -> str:
    """A lone word's key. Not its stem: "accounts" are not "accounting", and "forecast" is not "forecasting"."""
    word = word.lower()
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
