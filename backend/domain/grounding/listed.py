"""One thing or person more: a new item of a list, and people whom no line speaks of."""

import itertools
import re

from backend.domain.grounding.additions import is_light
from backend.domain.grounding.alignment import aligned
from backend.domain.grounding.check import GLUE, Aligned, Check

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
        thing = _is_thing(check, new) or (new is second and _may_be_thing(check, new))
        if new.how == "new" and own.how in ("same", "form") and thing and _is_thing(check, own):
            between = check.claim.text[first.word.end : second.word.start]
            if _AND.fullmatch(between) and not (
                _says_little(check, new) if new is second else is_light(check.lexicon, new.stem)
            ):
                reason = f"Your lines here do not have “{new.word.text}” beside “{own.word.text}”."
                check.refuse("content", new.word.start, new.word.end, "item-shown", reason)


def _says_little(check: Check, found: Aligned) -> bool:
    """Of what is joined last: common words say little, unless they end there, as "servers" does in "laptops and servers for"."""
    ends = _ENDS.match(check.claim.text, found.word.end) is not None
    noun = check.lexicon.parts.get(found.stem, "")[:1] == "n"
    if (found.stem in GLUE and not (ends and noun)) or check.lexicon.bm25.weight(found.stem) < _LEAST:
        return True
    return is_light(check.lexicon, found.stem) and not ends


def _may_be_thing(check: Check, found: Aligned) -> bool:
    """Whether a word that is a verb or an adjective too ends what is listed: "tunnels" of "bridges and tunnels for"."""
    parts = check.lexicon.parts.get(found.stem, "")
    return (
        "n" in parts
        and _ENDS.match(check.claim.text, found.word.end) is not None
        and not found.word.text.endswith((*_FORMS, "ing"))
    )


_LEAST = 4.5  # weight of a word that may be a thing of its own
_ENDS = re.compile(
    r"\s*(?:$|[.,;:)]|(?:for|of|in|on|at|to|with|from|by|across|over|under|during|as|when|while|after|before|using|through|that|which)\b)"
)


def people(check: Check) -> None:
    """Whom it was for or with: "surgeons" where the lines speak of their office staff."""
    if _is_beside_the_point(check):
        return
    for found in aligned(check).words:
        person = "p" in check.lexicon.parts.get(found.stem, "") and _is_thing(check, found)
        counted = any(0 <= found.word.start - f.end < 14 for f in check.figures())
        if (
            found.how == "new"
            and person
            and not counted
            and found.stem not in _ANYBODY
            and not is_light(check.lexicon, found.stem)
        ):
            reason = f"Your lines here do not speak of “{found.word.text}”."
            check.refuse("content", found.word.start, found.word.end, "people-known", reason)


def _is_beside_the_point(check: Check) -> bool:
    """Whether a text is refused as it is, or draws on a whole resume, of which any two things may be told together."""
    refused = any(finding.status == "unsupported" for finding in check.findings)
    return refused or check.known.whole_resume


_NO_THINGS = frozenset("sinc afterward later thereaft onward today nowaday".split())


def _is_thing(check: Check, found: Aligned) -> bool:
    parts = check.lexicon.parts.get(found.stem, "n")
    return (
        parts[:1] == "n"
        and found.stem not in _NO_THINGS
        and ("v" not in parts or found.how != "new")
        and not found.word.text.lower().endswith(_FORMS)
    )
