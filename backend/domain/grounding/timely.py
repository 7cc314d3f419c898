"""On time and within budget: early is more than on time, under more than within."""

import re

from backend.domain.grounding.check import Check

_BETTER = (
    re.compile(
        r"\b(?:ahead of (?:the )?(?:[\w’'-]+ ){0,3}?(?:schedule|time|deadline|plan|target|programme)|(?:day|week|month|hour)s? early|before (?:the )?(?:deadline|due date)|"
        r"(?:beat(?:ing)?|inside) (?:the )?(?:\w+ )?(?:schedule|deadline))\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:under|below|less than|inside) (?:the )?(?:\w+ )?budget\b", re.IGNORECASE),
)
_EARLY = re.compile(r"\b(?:ahead of|early|sooner|under (?:the )?budget)\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:ahead of|early|beat|under|below)\b[^.;]{0,20}\b(?:schedule|time|deadline|plan|programme|budget)\b|\b(?:day|week|month|hour)s? early\b",
    re.IGNORECASE,
)


def timeliness(check: Check) -> None:
    for better in _BETTER:
        match = better.search(check.claim.text)
        if (
            match
            and _DUE.search(check.claim.text)
            and not any(better.search(c.text) or _EARLY.search(c.text) for c in check.near)
        ):
            check.refuse(
                "outcome", match.start(), match.end(), "time-kept", f"Your lines do not say “{match.group()}”."
            )
