"""What the text calls the person: "As department chair, ...", "Senior analyst who ...". One line or title must say so."""

import re
from collections.abc import Iterator

from backend.domain.claims import Claims
from backend.domain.grounding.check import GLUE, Check
from backend.domain.text import STOPWORDS, Word, stem, words

_AS = re.compile(
    r"\b(?:as|(?:acting|promoted|appointed|named|became|am|role of|position of)"
    r"(?: as| to| the)?) (?!many\b|much\b|few\b|little\b|low\b|high\b|long\b|soon\b|well\b|far\b|early\b|part\b|a rule|a result|\d)"
    r"(?:an? |the |its |their |our )?",
    re.IGNORECASE,
)
_RANKS = frozenset(
    """senior lead chief principal head deputy executive director president managing vice staff assistant associate junior master
    registered licensed certified chartered qualified board-certified supervising general regional national""".split()
)
_HEADS = frozenset(
    "lead chair head captain principal executive officer coordinator superintendent foreman dean".split()
)
_OTHERS = re.compile(
    r"\b(?:for|to|with|under|by|from|alongside|assist\w*|support\w*|help\w*) (?:the|a|an|our|two|three|my) (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
"""Before a role: it is another's."""
_ENDS = re.compile(r"[,;:.()–—]|\s-\s")
_BREAKS = frozenset("who with at in for on of to from and or over under while across by whose that which using".split())


def roles(check: Check) -> None:
    for run in _said_of_the_person(check):
        person = next((n for n in range(len(run) - 1, -1, -1) if _is_person(check, run[n])), None)
        if person is None:
            continue
        role = _after_credential(run[: person + 1])
        if not any(_holds(check, role, claims) for claims in check.known.claims) and not check.expanded(role[-1].start):
            _refuse(check, role[0].start, role[-1].end)
    for match in _AS_ROLE.finditer(check.claim.text):
        role_stems = {stem(word) for word in re.findall(r"[A-Za-z][\w'-]+", match[1])} - {"member", "part", "the"}
        if role_stems and not any(role_stems <= set(c.stems) for c in check.known.claims):
            known = check.known
            missing = {
                r
                for r in role_stems
                if r not in known.stems and r[:6] not in known.beginnings and not check.is_known(r)
            }
            if missing and not missing <= GLUE:
                _refuse(check, match.start(1), match.end(1))


def _refuse(check: Check, start: int, end: int) -> None:
    said = check.said(start, end)
    check.refuse("title", start, end, "role-held", f"No line or title of yours says “{said}”.")


_AS_ROLE = re.compile(
    r"(?:^|[.;]\s+)(?:As(?! many| much| few| little| low| high| part| well)|Served as|Worked as|Promoted to|While) (?:an? |the )?([^,;.]{2,60}?)(?:,| at | in | for | with | on | of | to |$)"
)


def _after_credential(role: list[Word]) -> list[Word]:
    """Without "CMP-certified" and the like, which other rules look at."""
    places = [
        n for n, word in enumerate(role[:-1]) if n and word.text.lower() in ("certified", "licensed", "registered")
    ]
    return role[places[-1] + 1 :] if places else role


def _said_of_the_person(check: Check) -> Iterator[list[Word]]:
    """Runs of words that name what the person is: at the beginning of a summary, and after "as"."""
    text = check.claim.text
    starts = [match.end() for match in _AS.finditer(text)]
    if check.known.whole_resume or _is_own_line(check):
        starts.insert(0, 0)
    for start in starts:
        run: list[Word] = []
        end = start
        for word in (w for w in check.claim.words if w.start >= start):
            if (
                word.text.lower() in _BREAKS
                or (run and word.text.lower() in ("a", "an", "the"))
                or len(run) > 5
                or (run and _ENDS.search(text, end, word.start))
            ):
                break
            run.append(word)
            end = word.end
        if run and (start == 0 or run[0].start == start):
            yield run


def _is_own_line(check: Check) -> bool:
    """Whether a line opens with a rank, as "Lead paralegal for ..." does."""
    first = check.claim.words[0].text.lower() if check.claim.words else ""
    return first in _RANKS and first not in ("lead", "head", "staff", "master")


def _is_person(check: Check, word: Word) -> bool:
    lower = word.text.lower()
    role = lower in _HEADS or "p" in check.lexicon.parts.get(stem(lower), "")
    role = role and not word.text.isupper()
    return role and not lower.endswith(("ed", "ing", "ive", "al", "ic")) and lower not in STOPWORDS


def _holds(check: Check, role: list[Word], claims: Claims) -> bool:
    """Whether a line says all of a role: the person by that very word, the rest in some form."""
    said = {
        word.text.lower()
        for word in claims.words
        if not _OTHERS.search(claims.text, max(0, word.start - 50), word.start)
    }
    person = role[-1].text.lower()
    if person in ("lead", "leader", "head") and said & {
        "led",
        "lead",
        "leads",
        "leading",
        "headed",
        "head",
        "ran",
        "run",
    }:
        return all(word.text.lower() not in _RANKS for word in role[:-1])
    doing = len(role) == 1 and person not in _RANKS and person != "manager" and check.known.tells(stem(person), claims)
    if person not in said and not doing and not _spelled(check, role, claims):
        return False
    return all(
        check.known.tells(stem(word.text), claims) or check.expanded(word.start)
        for word in role[:-1]
        if word.text.lower() in _RANKS or (stem(word.text) not in GLUE and word.text.lower() not in STOPWORDS)
    )


def _spelled(check: Check, role: list[Word], claims: Claims) -> bool:
    """Whether a line has the initials of the role, "RN" for "registered nurse"."""
    letters = "".join(word.text[0].lower() for word in role)
    return any(word.text.lower() in (letters, letters[-2:]) for word in words(claims.text) if word.text.isupper())
