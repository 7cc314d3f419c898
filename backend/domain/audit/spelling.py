"""Likely slips of the pen: a word that is in no list and one letter away from one that is.

Names, tools, acronyms and technical terms are in no list either, so a word is left alone when it has a capital or a digit in
it, when it belongs to a skill of the vocabulary or to a name the resume gives elsewhere, when it is made of two known words or
of a known word with a common prefix or ending, and when no known word is near.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from backend.domain.audit.issue import Issue, issue
from backend.domain.audit.slips import SLIPS
from backend.domain.job_reading import looks_english
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume, WorkEntry
from backend.domain.text import stem

_TOKEN = re.compile(r"[^\s/–—]+")
_EDGE = "\"'“”‘’()[]{}<>.,;:!?*…"
_PLAIN = re.compile(r"[a-z]+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST, _LONGEST = 5, 24
_MOST_STRANGE = 300  # a resume with more words that nobody knows is not in English
_PREFIXES = tuple(
    """anti auto bi bio co counter cross cyber de dis eco electro ex extra geo hemo hydro hyper il im in infra inter intra ir macro mega
    meta micro mid mini mis mono multi nano neuro non off on out over para photo physio poly post pre pro pseudo psycho quasi re
    semi socio sub super tele thermo trans tri ultra un under uni up vaso""".split()
)
_ALSO = frozenset("admin admins comms focussed juried laude".split())  # in use, and in no list
_ENDINGS = ("s", "ed", "ing", "er", "ers", "able")
_HEADS = frozenset(
    "air app car day dev dew eye job key log low map net new off oil one out pay red sea sub sun tap top two web".split()
)
_TAILS = frozenset(
    "box day end fit ins job lab log man map men net off ons out pad pay set tag tap top ups way".split()
)
_ONE_CONSONANT = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$|e$")


@dataclass(frozen=True)
class Speller:
    """`words` are whole words in lower case, every form of them, of every spelling that is right somewhere."""

    words: AbstractSet[str]
    lexicon: Lexicon

    def issues(self, resume: Resume) -> Iterator[Issue]:
        if not looks_english("\n".join(text for _, text in _prose(resume))):
            return
        names = _names(resume)
        seen: set[str] = set()
        for place, text in _prose(resume):
            if len(seen) > _MOST_STRANGE:
                return
            for word, meant in self.slips(text, names, seen):
                yield issue("spelling", place, f"“{word}” may be misspelt.", f"Did you mean “{meant}”?")

    def slips(
        self, text: str, names: AbstractSet[str] = frozenset(), seen: set[str] | None = None
    ) -> Iterator[tuple[str, str]]:
        """The words that look misspelt, each with the likeliest word meant. `seen` collects the words in no list; those in
        it already are passed over."""
        seen = set() if seen is None else seen
        technical: set[str] | None = None
        for n, match in enumerate(_TOKEN.finditer(text)):
            word = _bare(match.group(), first=n == 0)
            if word in seen:
                continue
            if meant := SLIPS.get(word):
                seen.add(word)
                yield word, meant
                continue
            if (
                not _SHORTEST <= len(word) <= _LONGEST
                or not _PLAIN.fullmatch(word)
                or word in names
                or self.knows(word)
            ):
                continue
            seen.add(word)
            if len(seen) > _MOST_STRANGE:
                return
            if technical is None:
                found = self.lexicon.vocabulary.find(text)
                technical = {part.lower() for m in found for part in re.findall(r"[A-Za-z]+", text[m.start : m.end])}
            if word not in technical and (near := self._nearest(word)):
                yield word, near

    def knows(self, word: str) -> bool:
        """Whether a word is in the list, is a regular form of one that is, or is put together from two."""
        if (
            word in self.words
            or word in _ALSO
            or f"{word}s" in self.words
            or self._is_form(word)
            or self._is_compound(word)
        ):
            return True
        rests = (word.removeprefix(prefix) for prefix in _PREFIXES)
        return any(rest != word and len(rest) >= 5 and (rest in self.words or self._is_form(rest)) for rest in rests)

    def _is_form(self, word: str) -> bool:
        """Whether a word is a known one with a regular ending. After one vowel and one consonant there is no telling
        ("occured" lacks a letter, "visited" does not), so such a form must be in the list itself."""
        for ending in _ENDINGS:
            root = word.removesuffix(ending)
            if root != word and len(root) >= 3:
                if ending == "s":
                    if root in self.words and not root.endswith("s"):
                        return True
                elif f"{root}e" in self.words or (root in self.words and not _ONE_CONSONANT.search(root)):
                    return True
        return False

    def _is_compound(self, word: str) -> bool:
        """ "timesheet", "handoff", "backend" """
        for cut in range(3, len(word) - 2):
            head, tail = word[:cut], word[cut:]
            if (len(head) > 3 or head in _HEADS) and (len(tail) > 3 or tail in _TAILS) and {head, tail} <= self.words:
                return True
        return False

    def _nearest(self, word: str) -> str | None:
        """The likeliest word of working life that one slip makes into this one: common words first."""
        found = []
        for kind, candidate in _one_slip(word):
            if candidate in self.words:
                root = stem(candidate)
                if root in self.lexicon.common or root in self.lexicon.bm25.idf:
                    found.append((root not in self.lexicon.common, kind, candidate))
        return min(found)[2] if found else None


def _one_slip(word: str) -> Iterator[tuple[int, str]]:
    """Every word that is one slip away, with the kind of slip: 0 two swapped, 1 a letter missing, 2 one too many,
    3 another one, 4 too many at the beginning, which is rare."""
    splits = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    for left, right in splits:
        if len(right) > 1:
            yield 0, left + right[1] + right[0] + right[2:]
        if right:
            yield (2 if left else 4), left + right[1:]
        for letter in _LETTERS:
            yield 1, left + letter + right
            if right and left:  # the first letter is hardly ever wrong
                yield 3, left + letter + right[1:]


def _bare(token: str, *, first: bool) -> str:
    """A word without the marks around it. The capital that opens a line counts for nothing if a verb's ending follows."""
    word = token.strip(_EDGE).removesuffix("'s").removesuffix("’s")
    if first and word[:1].isupper() and word[1:].islower() and word.endswith(("ed", "ing")):
        return word.lower()
    return word


def _names(resume: Resume) -> AbstractSet[str]:
    """Words that the resume gives as names: of employers, places, tools, skills; and all that it ever writes with a capital."""
    texts: list[str] = [resume.contact.name, resume.contact.location, *resume.skills]
    for _, entry in resume.entries():
        texts += entry.technologies
        texts += (
            (entry.company, entry.title, entry.location) if isinstance(entry, WorkEntry) else (entry.name, entry.role)
        )
    for school in resume.education:
        texts += (school.institution, school.degree, school.field, school.location)
    texts += (text for credential in resume.certifications for text in (credential.name, credential.issuer))
    named = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    for _, text in _prose(resume):
        for token in text.split()[1:]:
            if token.strip(_EDGE)[:1].isupper():
                named.update(word.lower() for word in re.findall(r"[^\W\d_]+", token))
    return named


def _prose(resume: Resume) -> Iterable[tuple[str, str]]:
    if resume.summary:
        yield "/summary", resume.summary
    for path, entry in resume.entries():
        name, text = ("summary", entry.summary) if isinstance(entry, WorkEntry) else ("description", entry.description)
        if text:
            yield f"{path}/{name}", text
        for n, highlight in enumerate(entry.highlights):
            yield f"{path}/highlights/{n}", highlight
    for n, text in enumerate(resume.achievements):
        yield f"/achievements/{n}", text
