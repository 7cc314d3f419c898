"""Names: tools, organisations, places, addresses. A name that the evidence does not have is somebody else's."""

import re
from collections.abc import Sequence

from backend.domain.claim_words import CREDENTIAL, FOUNDED, LED, WIDE
from backend.domain.claims import Claims
from backend.domain.grounding.check import GLUE, Check
from backend.domain.text import STOPWORDS, stem, words


def tools(check: Check) -> None:
    for mention in check.claim.tools:
        said = check.said(mention.start, mention.end)
        keys = [word.text.lower() for word in words(said)]
        if said == said.lower() and (mention.skill.source != "core" or mention.skill.name.lower() == said):
            continue  # an ordinary word that some product is named after; if it is no such word, it is unknown content
        if len(said) == 1 and _SLASHED.match(check.claim.text, max(0, mention.start - 2)):
            continue  # the "C" of "A/C" is no language
        source = next((c for c in check.known.claims if mention.skill.name in c.skills), None)
        if source or all(check.is_known(key) for key in keys):
            check.supported("tool", mention.start, mention.end, "tool-shown", f"Your lines here show {said}.", source)
        elif not _is_spelled_out(check, keys) and not check.expanded(mention.start):
            reason = f"Your lines here do not show {said}."
            check.refuse("tool", mention.start, mention.end, "tool-shown", reason)


_SLASHED = re.compile(r"\w[/&]\w|\W?\w[/&]\w")


def proper_names(check: Check) -> None:
    mentions = [(mention.start, mention.end) for mention in check.claim.tools]
    for name in check.claim.names:
        said = check.said(name.start, name.end)
        if any(start <= name.start and name.end <= end for start, end in mentions) or check.expanded(name.start):
            continue
        if check.counted(name.start):
            continue  # "TB" of "5 TB"
        missing = [
            key
            for key in name.keys
            if key not in STOPWORDS
            and not check.is_known(key)
            and key not in check.known.skill_stems
            and not (len(key) > 5 and key[:6] in check.known.beginnings)  # "Europe" of "European"
        ]
        if len(name.keys) > 1 and missing and all(_is_plain(key) for key in missing):
            continue  # ordinary words with capitals: if they are no part of the evidence, another rule says so
        if "/" in said and check.is_known(said.lower()):
            continue  # "A/C" for air conditioning
        if len(missing) < len(name.keys) and set(missing) <= MAKERS:
            continue  # "Autodesk Civil 3D" for Civil 3D
        skill = check.lexicon.vocabulary.lookup(said)
        if missing and not (skill and skill.name in check.known.skills) and not _is_spelled_out(check, name.keys):
            reason = f"Your lines here do not mention “{said}”."
            check.refuse("organisation", name.start, name.end, "name-known", reason)


def _is_plain(key: str) -> bool:
    return stem(key) in GLUE and key not in LED and key not in FOUNDED and key not in WIDE and key not in CREDENTIAL


MAKERS = frozenset(
    "autodesk microsoft ms google adobe amazon aws apache oracle sap ibm cisco atlassian meta jetbrains hashicorp".split()
)


def urls(check: Check) -> None:
    for start, end in check.claim.urls:
        said = check.said(start, end)
        if not any(said.lower().rstrip(".,") in c.text.lower() for c in check.known.claims):
            check.refuse("url", start, end, "url-known", f"Your lines do not have the address {said}.")


def skill(check: Check) -> None:
    name = check.claim.text
    stems = {
        s
        for w, s in zip(check.claim.words, check.claim.stems, strict=True)
        if w.text.lower() not in STOPWORDS | _GENERIC
    }
    span = (0, len(name))
    for claims in check.known.claims:
        acronym = any(stem_ in claims.initials for stem_ in stems) and len(stems) == 1 and name.isupper()
        if check.lexicon.names(claims.text, name) or acronym or (stems and _has_all(check, claims, stems)):
            check.supported("tool", *span, "skill-shown", f"Your lines show {name}.", claims)
            return
    if _is_spelled_out(check, [word.text.lower() for word in check.claim.words]):
        check.supported("tool", *span, "skill-shown", f"Your lines show {name} by its initials.")
        return
    check.refuse("tool", *span, "skill-shown", f"None of your lines shows {name}.")


_GENERIC = frozenset(
    """staff team workplace company professional basic general management and skills work services practice administration coordination
    operations operation processing handling processes procedures techniques methods tasks duties support""".split()
)


def _has_all(check: Check, claims: Claims, stems: set[str]) -> bool:
    """Whether a line has every word, one of them perhaps by a word that means the same or something narrower."""
    missing = {stem_ for stem_ in stems if not _has(claims, stem_)}
    if not missing:
        return True
    bears_out = check.lexicon.bears_out
    told = [s for s in missing if bears_out(s, claims.content) or any(bears_out(c, {s}) for c in claims.content)]
    return len(missing) < len(stems) and len(told) == len(missing) <= max(1, len(stems) // 2)


def _has(claims: Claims, wanted: str) -> bool:
    """Whether a line has a word, or another form of it: "scheduling" and "schedules"."""
    return (
        wanted in claims.stems
        or wanted in claims.content
        or (len(wanted) >= 4 and any(s.startswith(wanted[:5]) for s in claims.stems))
    )


def _is_spelled_out(check: Check, keys: Sequence[str]) -> bool:
    """Whether some of the words are spelled out from an acronym that the evidence writes."""
    letters = "".join(key[0] for key in keys if key)
    size = len(letters)
    runs = (letters[a:b] for a in range(size) for b in range(a + 2, size + 1))
    return size > 2 and any(run in check.known.acronyms and len(run) >= max(3, size - 1) for run in runs)
