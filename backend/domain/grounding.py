"""Is every claim of a text supported by what the person wrote? Decided by rule, in words a person understands."""

import re
from collections.abc import Iterable, Iterator, Sequence

from backend.domain.content import Evidence
from backend.domain.lexicon import Lexicon
from backend.domain.numbers import Number, numbers, same
from backend.domain.text import sentences, stems, words
from backend.domain.verification import ClaimKind, Finding

_PROPER = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w&.'’-]*(?:\s+(?:of\s+|for\s+|and\s+|the\s+)?[A-Z][\w&.'’-]*)*")
_CREDENTIAL = re.compile(
    r"\b(?:certifi(?:ed|cation|cate)s?|licen[sc]ed?|licensure|clearance|ph\.?d|doctorate|master'?s|bachelor'?s|mba|m\.?sc|b\.?sc|"
    r"diploma|degree|award(?:ed|s)?|prize|patent(?:s|ed)?|accredited|chartered)\b",
    re.IGNORECASE,
)


def check(text: str, evidence: Sequence[Evidence], lexicon: Lexicon) -> tuple[Finding, ...]:
    """Every claim found in `text`, in its order, with the verdict that `evidence` allows. The caller chooses the evidence:
    for a highlight that of its own entry alone, so that nothing moves from one employer to another."""
    found = [
        *_numbers(text, evidence),
        *_tools(text, evidence, lexicon),
        *_credentials(text, evidence),
        *_names(text, evidence, lexicon),
    ]
    return tuple(sorted(found, key=lambda finding: finding.start))


def _finding(
    kind: ClaimKind, text: str, start: int, end: int, rule: str, support: Evidence | None, what: str
) -> Finding:
    span = text[start:end]
    return Finding(
        kind=kind,
        text=span,
        start=start,
        end=end,
        status="supported" if support else "unsupported",
        rule=rule,
        reason=f"“{span}” is in the evidence" if support else f"“{span}”: {what}",
        evidence=support.id if support else "",
    )


def _numbers(text: str, evidence: Sequence[Evidence]) -> Iterator[Finding]:
    for number in numbers(text):
        support = next((line for line in evidence if _has_number(line, number, text)), None)
        yield _finding(
            "number", text, number.start, number.end, "same-number", support, "no evidence gives this figure for this"
        )


def _has_number(line: Evidence, number: Number, text: str) -> bool:
    """Whether a line has the same quantity and speaks of something that the claim speaks of too."""
    around = set(stems(text[max(0, number.start - 60) : number.end + 60]))
    for sentence in (*sentences(line.text), line.context):
        if any(same(number, known) for known in numbers(sentence)) and around & set(stems(sentence)):
            return True
    return False


def _tools(text: str, evidence: Sequence[Evidence], lexicon: Lexicon) -> Iterator[Finding]:
    for mention in lexicon.vocabulary.find(text):
        if mention.skill.kind == "tool":
            name = mention.skill.name
            support = next((e for e in evidence if lexicon.names(f"{e.text} · {e.context}", name)), None)
            yield _finding(
                "tool",
                text,
                mention.start,
                mention.end,
                "tool-shown",
                support,
                "the evidence does not show this tool here",
            )


def _credentials(text: str, evidence: Sequence[Evidence]) -> Iterator[Finding]:
    for match in _CREDENTIAL.finditer(text):
        wanted = set(stems(match.group()))
        support = next((e for e in evidence if wanted <= set(stems(e.text))), None)
        yield _finding(
            "credential", text, match.start(), match.end(), "credential-held", support, "no evidence of this credential"
        )


def _names(text: str, evidence: Sequence[Evidence], lexicon: Lexicon) -> Iterator[Finding]:
    """Capitalised names inside a sentence that nothing in the evidence mentions."""
    known = [(e, set(_lower(f"{e.text} {e.context}"))) for e in evidence]
    tools = [(m.start, m.end) for m in lexicon.vocabulary.find(text)]
    for match in _PROPER.finditer(text):
        if any(s < match.end() and match.start() < e for s, e in tools):
            continue
        wanted = {w for w in _lower(match.group()) if len(w) > 1}
        support = next((e for e, said in known if wanted <= said), None)
        yield _finding(
            "organisation",
            text,
            match.start(),
            match.end(),
            "name-known",
            support,
            "the evidence does not mention this name",
        )


def _lower(text: str) -> Iterable[str]:
    return (word.text.lower() for word in words(text))
