"""Single words that make a sentence claim more: a credential, an honour, a wider scope, a habit, a role."""

import re
from collections.abc import Iterator
from functools import cache

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims
from backend.domain.grounding.check import DAYS, GLUE, Check
from backend.domain.grounding.ranked import is_end_of_range
from backend.domain.text import STOPWORDS, Word, stem
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
    for w in "week weekday weekend month quarter year day night shift term semester morning evening monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter".split()
)
_SAME_WORD = [
    frozenset(stem(word) for word in group.split())
    for group in (
        "every each all throughout", "fully full complete completely entire entirely whole perfect", "top highest best largest biggest maximum max peak",
        "specialist specialize specialise expert expertise", "advisor adviser advise advice", "consultant consulting consult", "strategic strategy strategist",
        "expertise expert", "department departments departmental", "executive executives exec", "companies company firm business employer organization",
        "organizations organization organisation company agency nonprofit", "founder founded founding", "owner owned own", "international abroad overseas foreign",
        "multinational international global", "public community open civic", "independently alone solo own", "cross-functional cross functional interdisciplinary multidisciplinary",
        "government federal state county city municipal", "stakeholders stakeholder partners", "officer office", "chief head lead", "vice deputy",
        "senior sr lead", "regional region", "school schools", "critical essential vital urgent", "advanced advance higher",
        "only sole exclusively solely just", "never no not without", "zero no none not without", "ranked ranking rank placed", "featured feature",
        "recognized recognition award honored honor", "article articles story stories piece column feature", "journal paper journals publication", "author authored wrote written write co-author published",
        "presented presentation talk spoke speaker present", "notary notarize", "monthly month", "daily day", "weekly week", "monthly month", "quarterly quarter", "annual annually year yearly",
        "nightly night", "sole alone", "whole entire complete full all", "licensed license licence", "certified certificate certification",
        "award awarded won winner prize", "nominated nominee", "country nation national nationwide", "state statewide",
        "first initial opening", "largest biggest top highest maximum max", "biweekly fortnightly fortnight week", "sold sales sale", "top highest best", "manager management manages", "published publication papers paper",
        "named titled called", "named awarded voted chosen elected", "presented presentation talk spoke speaker", "supervisor supervise supervised", "lead leader leading",
        "author wrote written", "many numerous multiple several", "graduate graduated", "head led lead", "instructor taught teach teacher",
        "board council committee", "firm company business", "several multiple various",
    )
]  # fmt: skip
_CREDENTIALS = frozenset(stem(w) for w in words_of.CREDENTIAL)
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
        if lower in _ALL:
            where = _stems_of_source(check, word.start)
        if (
            stem_ in where
            or (kind == "credential" and len(stem_) >= 6 and stem_[:6] in check.known.beginnings)
            or any(stem_ in group and group & where for group in _SAME_WORD)
        ):
            holder = _held_as(check, place) if lower in _HOLDING else ""
            if holder:
                check.refuse(kind, word.start, word.end, rule, f"{reason}: “{word.text} {holder}”.")
            continue
        if kind == "credential" and (check.is_known(lower) or _names_credential(check, word)):
            continue
        if not _is_excused(check, place):
            check.refuse(kind, word.start, word.end, rule, f"{reason}: “{word.text}”.")
    _habits(check)
    _in_what(check)


def _is_excused(check: Check, place: int) -> bool:
    """Whether a marked word that the lines do not have follows from them, or claims nothing where it stands."""
    word, stems = check.claim.words[place], check.claim.stems
    lower = word.text.lower().replace("’", "'")
    following = stems[place + 1] if place + 1 < len(stems) else ""
    if lower in _MANY and _counts_at_least(check, _MANY[lower]):
        return True
    if lower in _ENDS and is_end_of_range(check, word.start):
        return True  # "the largest with 140 guests" of "from 12 to 140 guests"
    if any(deed.start == word.start for deed in check.claim.deeds) and (place == 0 or lower == "heading"):
        return True  # "Head a kitchen" is a deed, which has a rule of its own
    if lower in ("every", "each"):
        return _is_period(following) or following in ("phase", "stage", "step")
    if lower in _COUNTABLE and any(0 < word.start - f.end < 16 for f in check.figures()):
        return True  # "two haulage firms" of "two hauliers": how many is known
    known = check.known.words
    return (
        (lower == "daily" and bool(known & {"morning", "evening", "mornings", "evenings", "nightly"}))
        or (lower == "weekly" and any(known & {day, f"{day}s"} for day in DAYS))  # "every Tuesday"
        or (lower == "federal" and bool(known & _FEDERAL))
        or (lower == "nightly" and "overnight" in known)
        or (lower == "top" and check.claim.text[word.end : word.end + 3] == " of")  # "on top of"
        or (lower, following) in (("won", "back"), ("head", "count"))
        or (
            lower in ("won", "winning", "winner")
            and bool({following, *stems[place + 2 : place + 4]} & _BUSINESS & check.near_stems)
        )
        or (lower == "only" and (_is_period(following) or _only_limits(check, place)))
        or (lower == "many" and _AS_MANY.match(check.claim.text, max(0, word.start - 3)) is not None)
    )


_BUSINESS = frozenset(
    stem(w)
    for w in "client customer contract business deal account tender bid project work supporter donor member".split()
)
_COUNTABLE = frozenset("firms companies organizations organisations hospitals schools departments".split())
_AS_MANY = re.compile(r"as many as \w", re.IGNORECASE)


def _only_limits(check: Check, place: int) -> bool:
    """ "Copying only what had changed" claims less than "the only nurse" does."""
    before = check.claim.words[place - 1].text.lower() if place else "the"
    following = check.claim.stems[place + 1] if place + 1 < len(check.claim.stems) else ""
    return before not in ("the", "as", "a", "is", "was", "am", "our") and "p" not in check.lexicon.parts.get(
        following, ""
    )


_ALL = frozenset("every each entire whole all always never everyone everybody throughout consistently".split())


def _stems_of_source(check: Check, place: int) -> frozenset[str]:
    """Of the line that the sentence is a version of: "all" of one thing is not "all" of another."""
    sentence = check.sentence_at(place)
    source = check.source(sentence) if sentence else None
    return frozenset(source[0].stems) if source else check.near_stems


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
_WHOLE = re.compile(
    r"end[- ]to[- ]end|(?:from )?(?:start|beginning) to (?:finish|end)|full[- ](?:cycle|life-?cycle)|(?:concept|kick-?off|intake|first draft) (?:through|to)",
    re.IGNORECASE,
)
_HABIT = re.compile(
    r"\b(?:every|each|per)\s+(?:other\s+)?(day|week|month|quarter|year|night|shift|term|semester)\b", re.IGNORECASE
)


_FORTNIGHT = re.compile(
    r"\b(?:every|each) (?:other|second|third|fourth|two|three|four|2|3|4) (?:week|month)s?\b|\bfortnight|\bbi-?(?:week|month)ly\b",
    re.IGNORECASE,
)
_NEARLY = re.compile(r"\b(?:nominat\w*|finalist|short-?listed|runner-up|honou?rable mention)\b", re.IGNORECASE)


_AWARD = re.compile(r"\b(?:award|prize|medal|of the (?:year|month|quarter))\b", re.IGNORECASE)
_WON = re.compile(
    r"\b(?:won|winner|winning|awarded|received|recipient|earned)\b(?=.*\b(?:award|prize|medal|of the)\b)", re.IGNORECASE
)


_REACH = re.compile(
    r"\b(?:across|throughout|all over|company|around) (?:the|our|its|all|every) (?:[\w-]+ )?(?P<place>company|firm|business|organi[sz]ation|shop|plant|site|school|district|hospital|trust|"
    r"department|division|region|country|state|county|city|industry|group|network|campus|building|store|branch|bank|studio|agency|practice|clinic|fleet|warehouse|office|team|newsroom|library|museum)\b",
    re.IGNORECASE,
)
_REACHES = re.compile(r"\b(?:across|throughout|all|every|each|whole|entire|total|overall)\b|-wide\b", re.IGNORECASE)


_ALL_OF = re.compile(
    r"\b(?:all|each|every one|none) of (?:which|them|these|those|whom)\b|\bof all (?:ages|kinds|levels|sizes|types)\b|\bwithout exception\b|"
    r"\bat all (?=[A-Z])|\bacross the (?:full|entire|whole)\b",
    re.IGNORECASE,
)


def reach(check: Check) -> None:
    """ "Across the company" needs a line that reaches as far, and "all of which" one that speaks of all."""
    for match in _ALL_OF.finditer(check.claim.text):
        if not any(_REACHES.search(c.text) for c in check.near):
            reason = f"Your lines do not say it this widely: “{match.group()}”."
            check.refuse("scope", match.start(), match.end(), "scope-kept", reason)
    for match in _REACH.finditer(check.claim.text):
        said = stem(match["place"])
        if not any(said in c.content or _REACHES.search(c.text) for c in check.near if c not in check.known.contexts):
            check.refuse(
                "scope",
                match.start(),
                match.end(),
                "scope-kept",
                f"Your lines do not say it this widely: “{match.group()}”.",
            )


def _habits(check: Check) -> None:
    for match in _HONOUR.finditer(check.claim.text):
        whole = _WHOLE.fullmatch(match.group())
        saying = [
            c
            for c in check.known.claims
            if match.group().lower() in c.text.lower() or (whole and _WHOLE.search(c.text))
        ]
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
        lines = [c.text for c in check.near if match[1].lower() in c.text.lower() or _FORTNIGHT.search(c.text)]
        rarer = match[1].lower() in ("week", "month") and lines and all(_FORTNIGHT.search(text) for text in lines)
        if (rarer and not _FORTNIGHT.search(check.claim.text)) or not any(
            _periodic(match[1]).search(c.text) for c in (*check.near, *check.known.contexts)
        ):
            check.refuse(
                "scope", match.start(), match.end(), "frequency-kept", f"Your line does not say “{match.group()}”."
            )


@cache
def _periodic(unit: str) -> re.Pattern[str]:
    """How often, written in any way: "a week", "per week", "weekly", "Tuesdays", for "every week"."""
    adverb = {"day": "daily", "year": "annual|yearly"}.get(unit, f"{unit}ly")
    days = r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b" if unit in ("week", "day") else ""
    also = (
        r"|\bweekdays\b|\bovernight\b|\bnights\b"
        if unit in ("day", "night")
        else r"|fortnight"
        if unit == "week"
        else ""
    )
    return re.compile(
        rf"\b(?:every|each|per|an?|any|other)\s+(?:[\w-]+ )?{unit}s?\b|\b{unit}['’]s\b|/\s?{unit}|\b(?:bi-?|semi-?)?(?:{adverb})|\b(?:times|days) an? |\b{unit}[- ]end\b{days}{also}",
        re.IGNORECASE,
    )


_IN_WHAT = re.compile(
    r"\b(?:certificates?|certification|diploma|degree|licen[cs]e|master['’]?s|bachelor['’]?s|doctorate|qualification) in (?P<what>(?:[\w'’&-]+(?: and | of | )?){1,4})"
    r"|\b(?P<maker>[A-Z][\w.+-]+)[ -][Cc]ertified\b"
)


def _in_what(check: Check) -> None:
    """What a credential is in, or whose it is, must stand in the line of one: "a certificate in imaging", "AWS Certified"."""
    mine = list(_IN_WHAT.finditer(check.claim.text))
    held = list(_credential_lines(check)) if mine else []
    for match in mine:
        words = [word.strip(".,").lower() for word in (match["maker"] or match["what"]).split()]
        about = [word for word in words if stem(word) not in GLUE and word not in STOPWORDS][:2]
        if about and not any(
            all(word in c.text.lower() or check.known.tells(stem(word), c) for word in about) for c in held
        ):
            reason = f"Your lines do not show “{match.group().strip()}”."
            check.refuse("credential", match.start(), match.end(), "credential-held", reason)


def _credential_lines(check: Check) -> Iterator[Claims]:
    named = {e.text for e in check.known.evidence if e.kind in ("credential", "education")}
    return (c for c in check.known.claims if c.text in named or not _CREDENTIALS.isdisjoint(c.stems))


def _names_credential(check: Check, word: Word) -> bool:
    """Whether the text names a credential that the person holds, so that "certified" or "degree" may go with it."""
    lower = word.text.lower()
    if stem(lower) in _DEGREES:
        return False
    held = [e for e in check.known.evidence if e.kind in ("credential", "education")]
    if lower == "degree":
        return any(stem(part.strip("(),.·'")) in _DEGREES for e in held for part in e.text.lower().split())
    said = {w.text.lower() for w in check.claim.words if w.text[0].isupper() and len(w.text) > 2}
    if lower.startswith("certif"):  # "a forklift certificate"
        said |= {w.text.lower() for w in check.claim.words if abs(w.start - word.start) < 40 and len(w.text) > 3}
    generic = GLUE | words_of.CREDENTIAL
    return any(said & {part.strip("(),.·").lower() for part in e.text.split()} - generic for e in held)
