"""Single words that make a sentence claim more: a credential, an honour, a wider scope, a habit, a role."""

import re

from backend.domain import claim_words as words_of
from backend.domain.grounding.check import GLUE, Check
from backend.domain.text import stem
from backend.domain.verification import ClaimKind

_MARKED: tuple[tuple[ClaimKind, str, frozenset[str], str], ...] = (
    ("credential", "credential-held", words_of.CREDENTIAL, "Your lines do not show this credential"),
    ("award", "honour-shown", words_of.AWARD, "Your lines do not show this honour or publication"),
    ("scope", "scope-kept", words_of.WIDE, "Your lines do not say it this widely"),
    ("scope", "frequency-kept", words_of.FREQUENCY, "Your lines do not say how often"),
)
_SPELLED = frozenset("two three four five six seven eight nine ten".split())
_TIMES = frozenset(
    stem(w)
    for w in "week month quarter year day night shift term semester morning evening monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter".split()
)
_SAME_WORD = [
    frozenset(stem(word) for word in group.split())
    for group in (
        "every each all", "daily day", "weekly week", "monthly month", "quarterly quarter", "annual annually year yearly",
        "nightly night", "sole alone", "whole entire complete full all", "licensed license licence", "certified certificate certification",
        "award awarded won winner prize", "nominated nominee", "country nation national nationwide", "state statewide",
        "first initial opening", "biweekly fortnightly fortnight week", "sold sales sale", "top highest best", "manager management manages", "published publication papers paper",
        "named titled called", "presented presentation talk spoke speaker", "supervisor supervise supervised", "lead leader leading",
        "author wrote written", "many numerous multiple several", "graduate graduated", "head led lead", "instructor taught teach teacher",
        "board council committee", "firm company business", "several multiple various",
    )
]  # fmt: skip
_DEGREES = frozenset(
    stem(w) for w in "bachelor bachelor's master's master associate phd doctorate bs ba bsc msc mba ma bsn bfa".split()
)


def marked_words(check: Check) -> None:
    """They must stand in the lines that the text is a version of, or in what says where it belongs."""
    place_stems = check.claim.stems
    for place, (word, stem_) in enumerate(zip(check.claim.words, place_stems, strict=True)):
        lower = word.text.lower().replace("’", "'")
        marked = next((row for row in _MARKED if lower in row[2]), None)
        if marked is None or check.expanded(word.start) or any(a <= word.start < b for a, b in check.claim.denied):
            continue
        kind, rule, _, reason = marked
        where = check.known.stems if kind == "credential" else check.near_stems
        if stem_ in where or any(stem_ in group and group & where for group in _SAME_WORD):
            continue
        if kind == "credential" and (check.is_known(lower) or _names_credential(check, lower)):
            continue
        following = place_stems[place + 1] if place + 1 < len(place_stems) else ""
        if (lower, following) in (("won", "back"), ("head", "count")) or (lower == "only" and _is_period(following)):
            continue
        if any(deed.start == word.start for deed in check.claim.deeds) and (place == 0 or lower == "heading"):
            continue  # "Head a kitchen" is a deed, which has a rule of its own
        if lower in ("every", "each") and _is_period(following):
            continue
        check.refuse(kind, word.start, word.end, rule, f"{reason}: “{word.text}”.")
    _habits(check)


def _is_period(following: str) -> bool:
    return following in _TIMES or following[:1].isdigit() or following in _SPELLED or following in ("one", "other")


_HONOUR = re.compile(
    r"\b\w+ of the (?:year|month|quarter|season)\b|\b(?:end[- ]to[- ]end|start to finish|full[- ]time|across the (?:company|organi[sz]ation|firm|country|state|industry))\b",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:every|each|per)\s+(?:other\s+)?(day|week|month|quarter|year|night|shift|term|semester)\b", re.IGNORECASE
)


_NEARLY = re.compile(r"\b(?:nominat\w*|finalist|short-?listed|runner-up|honou?rable mention)\b", re.IGNORECASE)


_AWARD = re.compile(r"\b(?:award|prize|medal|of the (?:year|month|quarter))\b", re.IGNORECASE)
_WON = re.compile(
    r"\b(?:won|winner|winning|awarded|received|recipient|earned)\b(?=.*\b(?:award|prize|medal|of the)\b)", re.IGNORECASE
)


def _habits(check: Check) -> None:
    for match in _HONOUR.finditer(check.claim.text):
        saying = [c for c in check.known.claims if match.group().lower() in c.text.lower()]
        nearly = saying and all(_NEARLY.search(c.text) for c in saying) and not _NEARLY.search(check.claim.text)
        if not saying or nearly:
            check.refuse(
                "award", match.start(), match.end(), "honour-shown", f"Your lines do not show “{match.group()}”."
            )
    won = _WON.search(check.claim.text)
    said = [c for c in check.known.claims if _AWARD.search(c.text)]
    if won and said and all(_NEARLY.search(c.text) for c in said) and not _NEARLY.search(check.claim.text):
        check.refuse("award", won.start(), won.end(), "honour-shown", "Your line says nominated, or the like, not won.")
    for match in _HABIT.finditer(check.claim.text):
        unit = stem(match[1])
        if not any(unit in group and group & check.near_stems for group in [*_SAME_WORD, frozenset({unit})]):
            check.refuse(
                "scope", match.start(), match.end(), "frequency-kept", f"Your line does not say “{match.group()}”."
            )


def _names_credential(check: Check, lower: str) -> bool:
    """Whether the text names a credential that the person holds, so that "certified" or "degree" may go with it."""
    if stem(lower) in _DEGREES:
        return False
    held = [e for e in check.known.evidence if e.kind in ("credential", "education")]
    if lower == "degree":
        return any(stem(part.strip("(),.·'")) in _DEGREES for e in held for part in e.text.lower().split())
    said = {w.text.lower() for w in check.claim.words if w.text[0].isupper() and len(w.text) > 2}
    generic = GLUE | words_of.CREDENTIAL
    return any(said & {part.strip("(),.·").lower() for part in e.text.split()} - generic for e in held)


_AS = re.compile(
    r"(?:^|[.;]\s+)(?:As|Served as|Worked as|Promoted to|While) (?:an? |the )?([^,;.]{2,60}?)(?:,| at | in | for | with | on | of | to |$)"
)


def roles(check: Check) -> None:
    """ "As department chair, …": the role must be one that a single line or title has."""
    for match in _AS.finditer(check.claim.text):
        role = {stem(word) for word in re.findall(r"[A-Za-z][\w'-]+", match[1])} - {"member", "part", "the"}
        if role and not any(role <= set(c.stems) for c in check.known.claims):
            missing = {
                r
                for r in role
                if r not in check.known.stems and r[:6] not in check.known.beginnings and not check.is_known(r)
            }
            if missing and not missing <= GLUE:
                check.refuse(
                    "title", match.start(1), match.end(1), "role-held", f"No line or title of yours says “{match[1]}”."
                )
