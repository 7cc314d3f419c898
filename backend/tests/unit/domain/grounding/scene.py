"""One entry's lines, and which rules object to a text beside them."""

from functools import cache

from backend.data import load_lexicon
from backend.domain.content import Evidence
from backend.domain.grounding import Grounder, Support
from backend.domain.grounding.check import Check


@cache
def _grounder() -> Grounder:
    return Grounder(load_lexicon())


def support(*lines: str, kind: str = "highlight", context: str = "") -> Support:
    return Support(
        tuple(
            Evidence.model_validate({"id": f"/w/{n}", "text": text, "kind": kind, "entry": "/w", "context": context})
            for n, text in enumerate(lines)
        )
    )


def refused(text: str, *lines: str, kind: str = "highlight", context: str = "") -> set[str]:
    """The rules that refuse a text."""
    findings = _grounder().check(text, support(*lines, kind=kind, context=context))
    return {finding.rule for finding in findings if finding.status == "unsupported"}


def compared(text: str, *lines: str) -> Check:
    return _grounder().compare(text, support(*lines))
