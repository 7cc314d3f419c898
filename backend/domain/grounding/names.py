"""Names: tools, organisations, places, addresses. A name that the evidence does not have is somebody else's."""

from collections.abc import Sequence

from backend.domain.claims import Claims
from backend.domain.grounding.check import Check
from backend.domain.text import STOPWORDS, words


def tools(check: Check) -> None:
    for mention in check.claim.tools:
        said = check.said(mention.start, mention.end)
        keys = [word.text.lower() for word in words(said)]
        if said == said.lower() and (mention.skill.source != "core" or mention.skill.name.lower() == said):
            continue  # an ordinary word that some product is named after; if it is no such word, it is unknown content
        source = next((c for c in check.known.claims if mention.skill.name in c.skills), None)
        if source or all(check.is_known(key) for key in keys):
            check.supported("tool", mention.start, mention.end, "tool-shown", f"Your lines here show {said}.", source)
        elif not _is_spelled_out(check, keys) and not check.expanded(mention.start):
            reason = f"Your lines here do not show {said}."
            check.refuse("tool", mention.start, mention.end, "tool-shown", reason)


def proper_names(check: Check) -> None:
    mentions = [(mention.start, mention.end) for mention in check.claim.tools]
    for name in check.claim.names:
        said = check.said(name.start, name.end)
        if any(start <= name.start and name.end <= end for start, end in mentions) or check.expanded(name.start):
            continue
        missing = [
            key
            for key in name.keys
            if key not in STOPWORDS and not check.is_known(key) and key not in check.known.skill_stems
        ]
        if len(missing) < len(name.keys) and set(missing) <= MAKERS:
            continue  # "Autodesk Civil 3D" for Civil 3D
        skill = check.lexicon.vocabulary.lookup(said)
        if missing and not (skill and skill.name in check.known.skills) and not _is_spelled_out(check, name.keys):
            reason = f"Your lines here do not mention “{said}”."
            check.refuse("organisation", name.start, name.end, "name-known", reason)


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
        if check.lexicon.names(claims.text, name) or (stems and all(_has(claims, s) for s in stems)) or acronym:
            check.supported("tool", *span, "skill-shown", f"Your lines show {name}.", claims)
            return
    if _is_spelled_out(check, [word.text.lower() for word in check.claim.words]):
        check.supported("tool", *span, "skill-shown", f"Your lines show {name} by its initials.")
        return
    check.refuse("tool", *span, "skill-shown", f"None of your lines shows {name}.")


_GENERIC = frozenset(
    "staff team workplace company professional basic general management and skills work services practice".split()
)


def _has(claims: Claims, wanted: str) -> bool:
    """Whether a line has a word, or another form of it: "scheduling" and "schedules"."""
    return wanted in claims.stems or (len(wanted) >= 4 and any(s.startswith(wanted[:5]) for s in claims.stems))


def _is_spelled_out(check: Check, keys: Sequence[str]) -> bool:
    """Whether some of the words are spelled out from an acronym that the evidence writes."""
    letters = "".join(key[0] for key in keys if key)
    size = len(letters)
    runs = (letters[a:b] for a in range(size) for b in range(a + 2, size + 1))
    return size > 2 and any(run in check.known.acronyms and len(run) >= max(3, size - 1) for run in runs)
