"""What we know of words: skills, word weights and the gate that tells a demand from a mention, with one memory."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import NamedTuple

from backend.domain.bm25 import Bm25
from backend.domain.negation import denied
from backend.domain.skill_context import demanded
from backend.domain.skills import Mention, SkillKind, Vocabulary
from backend.domain.text import stems, words

_MEMORY = 20_000  # lines


class Reading(NamedTuple):
    """What one line of text says: the skills it names without denying them, with the broader ones they are instances of;
    its stems in order; and whether it is rather a list of keywords than a sentence."""

    named: frozenset[str]
    skills: frozenset[str]
    stems: tuple[str, ...]
    is_list: bool


@dataclass
class Lexicon:
    vocabulary: Vocabulary
    bm25: Bm25
    gate: Mapping[str, float]
    common: frozenset[str] = frozenset()
    """Stems of words that everybody uses, whatever their work."""
    near: Mapping[str, str] = field(default_factory=dict, repr=False)
    """For a stem, the stems that say as much as it does or more, with spaces between: synonyms and narrower words."""
    acronyms: Mapping[str, Sequence[frozenset[str]]] = field(default_factory=dict, repr=False)
    """For an acronym, lower case: the stems of each thing that it may stand for."""
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    """For a tool's name: the stems of what kind of tool it is."""
    like: Mapping[str, str] = field(default_factory=dict, repr=False)
    """For a stem, the stems of words that are used alike, nearest first, with spaces between."""
    added: Mapping[str, float] = field(default_factory=dict, repr=False)
    """Weights that tell an addition from a rewording, by the name of what is counted; "" is the constant."""
    parts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """For a stem, the parts of speech that it is commonly used as, commonest first: some of "nvar"."""
    _readings: dict[str, Reading] = field(default_factory=dict, repr=False)
    _overlaps: dict[tuple[str, str], float] = field(default_factory=dict, repr=False)
    _wanted: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict, repr=False)
    _near: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _broader: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def read(self, text: str) -> Reading:
        """Pure in its result; lines that were read lately are remembered, since a tailoring reads the same ones often."""
        reading = self._readings.get(text)
        if reading is None:
            if len(self._readings) >= _MEMORY:
                self._readings.clear()
            no = denied(text)
            mentions = [m for m in self.vocabulary.find(text) if not any(s <= m.start and m.end <= e for s, e in no)]
            named = frozenset(mention.skill.name for mention in mentions)
            shown = named.union(*map(self.broader, named))
            in_mentions = sum(len(words(text[m.start : m.end])) for m in mentions)
            is_list = len(mentions) >= 5 and in_mentions >= 0.6 * len(words(text))
            reading = self._readings[text] = Reading(named, shown, tuple(stems(text)), is_list)
        return reading

    def kind(self, skill: str) -> SkillKind | None:
        known = self.vocabulary.lookup(skill)
        return known.kind if known else None

    def broader(self, name: str) -> tuple[str, ...]:
        """Names of the skills that whoever has this one has too, nearest first."""
        known = self._broader.get(name)
        if known is None:
            known = self._broader[name] = self._find_broader(name)
        return known

    def _find_broader(self, name: str) -> tuple[str, ...]:
        found: list[str] = []
        queue = [name]
        while queue and len(found) < 12:
            skill = self.vocabulary.lookup(queue.pop(0))
            new = [over for over in (skill.broader if skill else ()) if over not in found and over != name]
            found += new
            queue += new
        return tuple(dict.fromkeys(self.vocabulary.canonical(over) for over in found))

    def names(self, text: str, skill: str) -> bool:
        """Whether a text shows a skill: by any alias, by an instance of it, or, unknown to the vocabulary, by its words."""
        name, asked = self.wanted(skill)
        reading = self.read(text)
        if name and name in reading.skills:
            return True
        if not asked:
            return not name and skill.strip().casefold() in text.casefold().split()
        said, span = reading.stems, len(asked)
        return any(said[i : i + span] == asked for i in range(len(said) - span + 1))

    def wanted(self, skill: str) -> tuple[str, tuple[str, ...]]:
        """What to look for: the vocabulary's name, "" if it has none, and the stems of the words to look for in a row: of
        skills we do not keep by hand, whose forms the vocabulary may not have."""
        wanted = self._wanted.get(skill)
        if wanted is None:
            if len(self._wanted) >= _MEMORY:
                self._wanted.clear()
            known = self.vocabulary.lookup(skill)
            kept_by_hand = known is not None and known.source == "core"
            wanted = self._wanted[skill] = (known.name if known else "", () if kept_by_hand else tuple(stems(skill)))
        return wanted

    def near_set(self, stem: str) -> frozenset[str]:
        """The stems that say as much as this one or more."""
        found = self._near.get(stem)
        if found is None:
            found = self._near[stem] = frozenset(self.near.get(stem, "").split())
        return found

    def bears_out(self, stem: str, said: AbstractSet[str]) -> bool:
        """Whether one of the stems in `said` means the same as this one, or something narrower."""
        return not self.near_set(stem).isdisjoint(said)

    def related(self, one: str, other: str) -> bool:
        """Whether two stems are forms of one word, mean nearly the same, or are used alike; persons must mean the same."""
        if one == other or (len(one) >= 6 and one[:6] == other[:6]):
            return True
        if other in self.near_set(one) or one in self.near_set(other):
            return True
        persons = "p" in self.parts.get(one, "") and "p" in self.parts.get(other, "")
        return not persons and other in self.like.get(one, "").split()

    def demands(self, line: str, floor: float) -> list[Mention]:
        """The mentions of skills in a line of a job description that are demands with at least this probability."""
        return [mention for mention, p in demanded(line, self.vocabulary, self.gate) if p >= floor]

    def overlap(self, wanted: str, text: str) -> float:
        """The share of what `wanted` says, by word weight, that `text` says too; 0 to 1."""
        pair = wanted, text
        share = self._overlaps.get(pair)
        if share is None:
            if len(self._overlaps) > 20 * _MEMORY:
                self._overlaps.clear()
            asked = frozenset(self.read(wanted).stems)
            total = sum(map(self.bm25.weight, asked))
            shared = asked.intersection(self.read(text).stems)
            share = self._overlaps[pair] = sum(map(self.bm25.weight, shared)) / total if total else 0.0
        return share
