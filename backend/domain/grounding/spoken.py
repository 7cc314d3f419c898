"""Spoken languages: how well is said may not be more than the resume says."""

import re

from backend.domain.grounding.check import Check

_LEVELS = (
    (5, "native|mother tongue|bilingual|first language"),
    (4, "fluent|fluency|fluently|full professional"),
    (3, "professional|proficient|proficiency|advanced|upper intermediate|business"),
    (2, "conversational|intermediate|working|limited|everyday"),
    (1, "basic|elementary|beginner|some|learning|a little"),
)
_LEVEL = re.compile("|".join(f"(?P<l{level}>\\b(?:{words})\\b)" for level, words in _LEVELS), re.IGNORECASE)
_LANGUAGE = re.compile(
    r"\b(?:Arabic|Bengali|Cantonese|Chinese|Croatian|Czech|Danish|Dutch|English|Farsi|Finnish|French|German|Greek|Gujarati|Hebrew|Hindi|Hungarian|"
    r"Igbo|Indonesian|Irish|Italian|Japanese|Korean|Malay|Mandarin|Norwegian|Persian|Polish|Portuguese|Punjabi|Romanian|Russian|Serbian|Somali|Spanish|"
    r"Swahili|Swedish|Tagalog|Tamil|Telugu|Thai|Turkish|Ukrainian|Urdu|Vietnamese|Welsh|Yoruba|[Ss]ign [Ll]anguage|ASL|BSL)\b"
)


def fluency(check: Check) -> None:
    for language in _LANGUAGE.finditer(check.claim.text):
        name = language.group()
        said = _level(check.claim.text, language.start(), language.end())
        held = [
            _level(c.text, m.start(), m.end())
            for c in check.known.claims
            for m in _LANGUAGE.finditer(c.text)
            if m.group() == name
        ]
        spoken = held and not max(held) and said >= 4  # "speaks Spanish" does not say how well
        if said and held and (spoken or (max(held) and said > max(held))):
            start, end = language.span()
            check.refuse(
                "language", start, end, "fluency-kept", f"Your resume does not say that you know {name} so well."
            )


def _level(text: str, start: int, end: int) -> int:
    """The level said beside a language, the nearest one; 0 if none is."""
    low = max(0, start - 24)
    found = [
        (min(abs(start - m.end()), abs(m.start() - end)), int(str(m.lastgroup)[1:]))
        for m in _LEVEL.finditer(text, low, min(len(text), end + 24))
        if not re.search(r"[,;.]", text[min(m.end(), end) : max(start, m.start())])
    ]
    return min(found, default=(0, 0))[1]
