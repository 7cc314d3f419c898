"""How a person writes: what they gave as examples, what they said of lines we wrote, and what follows for the next.

A wording that was rejected does not come back. That is code's to see to: whoever wrote an edit, a model or a rule, it is
reverted if the wording is in it.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal, NamedTuple

from backend.domain.edits import Edit
from backend.domain.injection import instructs
from backend.domain.model import Model
from backend.domain.text import clean, stem, words
from backend.domain.verification import EditVerdict, Finding

ExampleKind = Literal["anchor", "approved"]
FeedbackKind = Literal["approved", "rejected", "edited", "flagged"]
VoiceKind = Literal["anchor", "approved", "rejected", "edited", "flagged"]
REFUSED: tuple[VoiceKind, ...] = ("rejected", "flagged")
SHOWING: tuple[VoiceKind, ...] = ("anchor", "approved", "edited")

_ARTICLES = frozenset({"a", "an", "the"})
_PHRASE = 4  # words; what is longer is met by most of its threes of words
_MOST = 0.6


class VoiceEntry(Model):
    """An example of the person's writing, or what they said of a line that was written for them.

    `replacement` is what they made of `text` ("edited"); `before` the line that `text` was written in place of; `about` the
    job it was written for. `tailoring_id` and `edit_id` say where it stood; all of these may be "". `whole` says that `text`
    is all of an edit, and not a wording that could stand in others. An edit without a text gives an entry without one.
    """

    id: str
    role: Literal["example", "feedback"]
    kind: VoiceKind
    text: str
    whole: bool = False
    replacement: str = ""
    before: str = ""
    about: str = ""
    reason: str = ""
    tailoring_id: str = ""
    edit_id: str = ""
    created: datetime

    @property
    def shown(self) -> str:
        """The words of theirs that it shows."""
        return self.replacement or self.text


class Voice(NamedTuple):
    """What a writer is to see. `changed` are pairs: what was written, and what the person made of it. `refused` is all that
    must not be written, `like` what the result can be measured against."""

    anchors: tuple[str, ...] = ()
    approved: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    refused: tuple[VoiceEntry, ...] = ()

    @property
    def like(self) -> tuple[str, ...]:
        return (*self.anchors, *self.approved, *(made for _, made in self.changed))


def safe(entries: Iterable[VoiceEntry]) -> list[VoiceEntry]:
    """Without those that instruct machines."""
    return [e for e in entries if not any(instructs(text) for text in (e.text, e.replacement, e.reason))]


def plain(text: str) -> tuple[str, ...]:
    """The words of a text without case, punctuation, inflection and articles."""
    folded = unicodedata.normalize("NFKC", clean(text))
    return tuple(stem(w.text) for w in words(folded) if w.text.lower() not in _ARTICLES)


def says(text: Sequence[str], phrase: Sequence[str], before: Sequence[str] = (), *, whole: bool = False) -> bool:
    """Whether a text has the wording of a phrase; all are `plain`.

    A phrase of at most four words must stand in it as it is, or with `whole` be all of it. Of a longer one 60% of the threes
    of neighbouring words must; those that the line before (`before`) had as well are not counted, because they were not
    what was refused. If it had all of them, only their order was new, and the text must have the whole phrase.
    """
    if not phrase:
        return False
    if len(phrase) <= _PHRASE:
        return tuple(text) == tuple(phrase) if whole else _holds(text, phrase)
    if _holds(text, phrase):
        return True
    new = _threes(phrase) - _threes(before)
    return bool(new) and len(new & _threes(text)) >= _MOST * len(new)


def refuse(
    verdicts: Iterable[EditVerdict], edits: Iterable[Edit], refused: Sequence[VoiceEntry]
) -> tuple[EditVerdict, ...]:
    """The verdicts, with every edit reverted that has a wording which the person rejected or flagged."""
    if not refused:
        return tuple(verdicts)
    phrases = [(entry, plain(entry.text), plain(entry.before)) for entry in refused]
    found: dict[str, Finding] = {}
    for edit in edits:
        mine = plain(edit.text)
        entry = next((e for e, phrase, before in phrases if says(mine, phrase, before, whole=e.whole)), None)
        if entry is not None:
            found[edit.id] = refusal(edit.text, entry)
    return tuple(
        v.model_copy(update={"status": "reverted", "findings": (*v.findings, found[v.edit_id])}) if v.edit_id in found else v
        for v in verdicts
    )  # fmt: skip


REFUSAL = "wording-refused"


def refusal(text: str, entry: VoiceEntry) -> Finding:
    """The finding that says why a text was reverted."""
    why = f" ({entry.reason})" if entry.reason else ""
    return Finding(
        kind="content",
        text=text,
        start=0,
        end=len(text),
        status="unsupported",
        rule=REFUSAL,
        reason=f"You {entry.kind} this wording: “{entry.text[:200]}”{why}.",
    )


def _holds(text: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(text[n : n + size]) == tuple(phrase) for n in range(len(text) - size + 1))


def _threes(text: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset((a, b, c) for (a, b), (_, c) in pairwise(pairwise(text)))
