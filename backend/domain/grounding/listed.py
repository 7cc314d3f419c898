"""One thing or person more: a new item of a list, and people whom no line speaks of."""

import itertools
import re

from backend.domain.grounding.additions import is_light
from backend.domain.grounding.alignment import aligned
from backend.domain.grounding.check import Aligned, Check

_AND = re.compile(r", ?|(?:,? and|,? or| &|, plus| and/or|,? as well as)(?: (?:the|a|an|other|all))? ", re.IGNORECASE)
_FORMS = ("ed", "longer", "shorter", "larger", "smaller", "better")
_ANYBODY = frozenset(
    """peopl person team staff colleagu member someon everyon anyon nobodi anybodi everybodi cowork employe worker other user man men
    woman women pair self fellow half pair""".split()
)


def list_items(check: Check) -> None:
    """ "Liability and cyber" of "liability": what joins a thing of the person's own by "and" must be theirs too."""
    if _is_beside_the_point(check):
        return
    words = aligned(check).words
    for first, second in itertools.pairwise(words):
        new, own = (first, second) if first.how == "new" else (second, first)
        if new.how == "new" and own.how in ("same", "form") and _is_thing(check, new) and _is_thing(check, own):
            between = check.claim.text[first.word.end : second.word.start]
            if not is_light(check.lexicon, new.stem) and _AND.fullmatch(between):
                reason = f"Your lines here do not have “{new.word.text}” beside “{own.word.text}”."
                check.refuse("content", new.word.start, new.word.end, "item-shown", reason)


def people(check: Check) -> None:
    """Whom it was for or with: "surgeons" where the lines speak of their office staff."""
    if _is_beside_the_point(check):
        return
    for found in aligned(check).words:
        person = "p" in check.lexicon.parts.get(found.stem, "") and _is_thing(check, found)
        if found.how == "new" and person and found.stem not in _ANYBODY and not is_light(check.lexicon, found.stem):
            reason = f"Your lines here do not speak of “{found.word.text}”."
            check.refuse("content", found.word.start, found.word.end, "people-known", reason)


def _is_beside_the_point(check: Check) -> bool:
    """Whether a text is refused as it is, or draws on a whole resume, of which any two things may be told together."""
    refused = any(finding.status == "unsupported" for finding in check.findings)
    return refused or any(item.kind == "summary" for item in check.known.evidence)


def _is_thing(check: Check, found: Aligned) -> bool:
    parts = check.lexicon.parts.get(found.stem, "n")
    return (
        parts[:1] == "n" and ("v" not in parts or found.how != "new") and not found.word.text.lower().endswith(_FORMS)
    )
