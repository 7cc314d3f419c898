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
_BY_WORD = {word: row for row in reversed(_MARKED) for word in row[2]}
_SPELLED = frozenset("two three four five six seven eight nine ten".split())
_TIMES = frozenset(
    stem(w)
    for w in "week month quarter year day night shift term semester morning evening monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter".split()
)
_SAME_WORD = [
    frozenset(stem(word) for word in group.split())
    for group in (
        "every each all through throughout", "fully full complete completely entire entirely whole perfect", "top highest best largest biggest maximum max peak most leading",
        "specialist specialize specialise expert expertise", "advisor adviser advise advice", "consultant consulting consult", "strategic strategy strategist",
        "expertise expert", "department departments departmental", "executive executives exec", "companies company firm business employer organization",
        "organizations organization organisation company agency nonprofit", "founder founded founding", "owner owned own", "international abroad overseas foreign",
        "multinational international global", "public community open civic", "independently alone solo own", "cross-functional cross functional interdisciplinary multidisciplinary",
        "government federal state county city municipal", "stakeholders stakeholder partners", "officer office", "chief head lead", "vice deputy",
        "senior sr lead", "regional region", "school schools", "critical essential vital urgent", "advanced advance higher",
        "only sole exclusively solely just", "never no not without", "zero no none not without", "ranked ranking rank placed", "featured feature",
        "recognized recognition award honored honor", "article articles story stories piece column", "journal paper journals publication", "author authored wrote written write co-author",
        "presented presentation talk spoke speaker present", "notary notarize", "monthly month", "daily day", "weekly week", "monthly month", "quarterly quarter", "annual annually year yearly",
        "nightly night", "sole alone", "whole entire complete full all", "licensed license licence", "certified certificate certification",
        "award awarded won winner prize", "nominated nominee", "country nation national nationwide", "state statewide",
        "first initial opening", "largest biggest top highest maximum max", "biweekly fortnightly fortnight week", "sold sales sale", "top highest best", "manager management manages", "published publication papers paper",
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
        marked = _BY_WORD.get(lower)
        if marked is None or check.expanded(word.start) or any(a <= word.start < b for a, b in check.claim.denied):
            continue
        kind, rule, _, reason = marked
        where = check.known.stems if kind == "credential" else check.near_stems
        if stem_ in where or any(stem_ in group and group & where for group in _SAME_WORD):
            holder = _held_as(check, place) if lower in _HOLDING else ""
            if holder:
                check.refuse(kind, word.start, word.end, rule, f"{reason}: “{word.text} {holder}”.")
            continue
        if kind == "credential" and (check.is_known(lower) or _names_credential(check, lower)):
            continue
        following = place_stems[place + 1] if place + 1 < len(place_stems) else ""
        if lower in _MANY and _counts_at_least(check, _MANY[lower]):
            continue
        if lower in _ENDS and any(_RANGE.search(c.text) for c in check.near):
            continue  # "the largest with 140 guests" of "from 12 to 140 guests"
        if lower == "federal" and check.known.words & _FEDERAL:
            continue
        if (lower, following) in (("won", "back"), ("head", "count")) or (lower == "only" and _is_period(following)):
            continue
        if any(deed.start == word.start for deed in check.claim.deeds) and (place == 0 or lower == "heading"):
            continue  # "Head a kitchen" is a deed, which has a rule of its own
        if lower in ("every", "each") and _is_period(following):
            continue
        check.refuse(kind, word.start, word.end, rule, f"{reason}: “{word.text}”.")
    _habits(check)


# How many each of these words says at least.
_MANY = {
    "multiple": 2,
    "several": 3,
    "numerous": 5,
    "many": 5,
    "dozens": 24,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
}
_ENDS = frozenset("largest biggest highest top".split())
_FEDERAL = frozenset(
    "epa osha fda irs faa fcc ftc sec hud usda fema hipaa medicare medicaid cms cdc nih nasa doe dod dea va ferpa".split()
)


def _counts_at_least(check: Check, least: int) -> bool:
    """Whether a line near this one counts as many of something, or lists as many things."""
    for claims in check.near:
        if any(q.number.value >= least and q.number.unit == "" and not q.number.year for q in claims.quantities):
            return True
        if least <= 5 and claims.text.count(",") + claims.text.count(" and ") >= least - 1 and "," in claims.text:
            return True
    return False


# "The most downloaded podcast in the state", "the highest of any venue": a comparison with others.
_SUPERLATIVE = re.compile(
    r"\b(?:most|least) (?!of\b|recent|likely|common|part\b|notably|often|people)(?:\w+)|\b(?!(?:inter|re|r|t|w|for|gu|hon|inv|harv|cont|prot|manif|dig|sugg|arr|n|ch|qu|lat|"
    r"requ|att|cr|v|p|b|earli|near|new|old|eld|young|pri|conqu|dec|d)est\b)\w{2,}est\b|\b(?:best|a record|record (?:year|number|sales|high|low|month|quarter|season)|unmatched|unrivall?ed|second to none|ahead of (?:all|any|every)|"
    r"more than any|of any|no other|number one|record-(?:setting|breaking|high|low))\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:from|between)\b.{1,40}\b(?:to|and)\b|\d\s?[-–]\s?\d|\d to \d")


def ranking(check: Check) -> None:
    """A comparison with others needs a line that compares, or that gives the range of which it is an end."""
    match = _SUPERLATIVE.search(check.claim.text)
    if match is None or any(f.start <= match.start() < f.end for f in check.findings if f.status == "unsupported"):
        return
    word = stem(match.group().split()[-1])
    compared = (
        _SUPERLATIVE.search(c.text) or _FIRST.search(c.text) or _RANGE.search(c.text) or word in c.content
        for c in check.near
    )
    if not any(compared):
        reason = f"No line of yours compares it so: “{match.group()}”."
        check.refuse("scope", match.start(), match.end(), "ranking-shown", reason)


_FIRST = re.compile(r"\b(?:top|first|highest|largest|leading|ranked|only|worst|quota|against)\b", re.IGNORECASE)


_HOLDING = frozenset("licensed certified registered chartered accredited board-certified".split())


def _held_as(check: Check, place: int) -> str:
    """What the text says somebody is licensed or certified as, where no line with such a credential has the word."""
    following = check.claim.words[place + 1 : place + 4]
    said: list[str] = []
    for word in following:
        if not word.joined or word.text.lower() in (
            "in",
            "on",
            "at",
            "as",
            "by",
            "for",
            "with",
            "and",
            "to",
            "of",
            "under",
            "through",
        ):
            break
        said.append(word.text)
    if not said or (place and check.claim.text[check.claim.words[place].start - 1] == "-"):
        return ""
    own = check.claim.stems[place]
    same = next((group for group in _SAME_WORD if own in group), frozenset({own}))
    lines = [c for c in check.known.claims if same & set(c.stems)]
    shown = any(check.known.tells(stem(name), c) for name in said for c in lines if stem(name) not in GLUE)
    plain = all(stem(name) in GLUE for name in said)
    return "" if shown or plain else " ".join(said)


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
