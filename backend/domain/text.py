"""Words, stems and sentences: the one way the rest of the domain looks at text."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("english")

# A word is a run of letters and digits, with what makes "C++", "C#", ".NET", "don't" and "3.5" one word.
_WORD = re.compile(
    r"(?<![\w])\.(?=NET\b)NET|\d+(?:[.,]\d+)*[^\W\d_]*|[^\W_]+(?:['’][^\W\d_]+)?(?:\+\+|#)?", re.IGNORECASE
)
# What may stand between two words of one phrase: "CI/CD", "Node.js", "scikit-learn", "R&D", "front end".
_JOINT = re.compile(r"[ \t\u00a0]*[-‐‑/&][ \t\u00a0]*|\.|[ \t\u00a0]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])|\n+|;\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# A joiner inside an emoji, and the mark that makes a sign an emoji, are what they should be.
_EMOJI = re.compile(
    "(?<=[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])[\u200d\ufe0f](?=[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]|)"
)
_JOINING_SCRIPTS = ("ARABIC", "DEVANAGARI", "BENGALI", "MALAYALAM", "TAMIL", "PERSIAN", "SINHALA", "KANNADA", "TELUGU")

STOPWORDS = frozenset(
    """
    a about above across after all also although always am among an and any are around as at be because been before
    being between both but by can could did do does doing done during each either etc even every few for from
    further had has have having he her here him his how i if in into is it its itself just least less let like made
    make many may me might more most much must my near need never new no nor not of off often on once one only onto
    or other our out over own per rather same shall she should so some such than that the their them then there
    these they this those through to together too toward towards under until up upon us use used using via was we
    well were what when where which while who whom whose why will with within without would you your yours
    """.split()
)


class Word(NamedTuple):
    """One word of a text. `start` and `end` are character offsets; `joined` says that only a space or a
    connector such as "/" stands between it and the word before, so both may belong to one phrase."""

    text: str
    start: int
    end: int
    joined: bool


def visible(text: str) -> tuple[str, int]:
    """The text without characters that nobody can see, and how many there were."""
    kept = {match.start() for match in _EMOJI.finditer(text)}
    removed = 0

    def replaced(match: re.Match[str]) -> str:
        nonlocal removed
        if match.start() in kept or _joins(text, match.start()):
            return match.group()
        removed += 1
        return ""

    return _INVISIBLE.sub(replaced, text), removed


def _joins(text: str, place: int) -> bool:
    """Whether a zero-width joiner or non-joiner stands between letters of a script that needs it."""
    if text[place] not in "\u200c\u200d" or place == 0:
        return False
    return unicodedata.name(text[place - 1], "").startswith(_JOINING_SCRIPTS)


def clean(text: str) -> str:
    """Text as we keep it: NFC, `\\n` line ends, nothing that cannot be seen, no trailing space on a line."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = visible(_CONTROL.sub("", text))[0]
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text, in order. Remembered: every rule looks at the same lines."""
    return tuple(words_from(text, 0, len(text)))


def words_from(text: str, start: int, stop: int) -> Iterator[Word]:
    """The words between two places of a text, one at a time."""
    end = -1
    for match in _WORD.finditer(text, start, stop):
        first, last = match.span()
        joined = end >= 0 and (first == end or text[end:first] == " " or _JOINT.fullmatch(text, end, first) is not None)
        yield Word(match.group(), first, last, joined)
        end = last


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The Snowball stem of one word, lower case; a possessive ending is dropped."""
    word = word.lower().replace("’", "'")
    return str(_STEMMER.stemWord(word.removesuffix("'s")))


def stems(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order: stop words and lone letters are left out."""
    return [
        stem(w.text)
        for w in words(text)
        if (lower := w.text.lower()) not in STOPWORDS and (len(lower) > 1 or lower.isdigit())
    ]


def sentences(text: str) -> list[str]:
    """Sentences and lines, in order, stripped, empty ones left out."""
    return [part for raw in _SENTENCE_END.split(text) if (part := raw.strip())]
