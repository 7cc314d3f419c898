"""What is left when every other rule has looked: content that no line of the evidence has."""

from collections.abc import Iterator

from backend.domain import claim_words as words_of
from backend.domain.grounding.check import GLUE, Check
from backend.domain.grounding.names import MAKERS
from backend.domain.text import Word


def unknown_content(check: Check) -> None:
    """A word that no line has: in a script that we cannot compare it is refused, else it is doubtful."""
    for word in unknown_words(check):
        if ord(word.text[0]) > 0x24F:
            reason = f"Your lines here do not speak of “{word.text}”."
            check.refuse("content", word.start, word.end, "content-known", reason)


def unknown_words(check: Check) -> Iterator[Word]:
    """Words that are neither in the evidence nor what any rewriting may add, and that no other rule has judged."""
    judged = [(f.start, f.end) for f in check.findings if f.end - f.start < 40]
    for word, stem_ in zip(check.claim.words, check.claim.stems, strict=True):
        lower = word.text.lower()
        if stem_ not in check.claim.content or stem_ in GLUE or stem_ in check.known.stems:
            continue
        if (
            lower in words_of.TOOK_PART
            or lower in words_of.LED
            or lower in words_of.FOUNDED
            or check.expanded(word.start)
        ):
            continue
        if (
            stem_ in words_of.RISE
            or stem_ in words_of.FALL
            or lower in _ORDINALS
            or lower in MAKERS
            or _is_related(stem_, check)
        ):
            continue
        if not any(start <= word.start < end for start, end in judged) and not check.is_known(lower):
            yield word


_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth next last larger smaller".split()
)


def _is_joined(stem_: str, known: frozenset[str]) -> bool:
    """ "healthcare" from "health care"."""
    return len(stem_) > 6 and any(stem_[:n] in known and stem_[n:] in known for n in range(3, len(stem_) - 2))


def _is_related(stem_: str, check: Check) -> bool:
    """Another form of a word that the evidence has ("preceptor" and "precepted"), or part of what a skill there is one of."""
    return (
        stem_[:6] in check.known.beginnings
        or (len(stem_) > 5 and any(len(s) >= 5 and stem_.startswith(s) for s in check.known.stems))
        or _is_joined(stem_, check.known.stems)
        or stem_ in check.known.skill_stems
        or check.lexicon.bears_out(stem_, check.known.stems)
    )
