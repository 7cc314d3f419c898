"""Reads a job description by rule: its sections, what it demands and what it would like, and what kind of place it is.

Answers the same questions as the analyst model, from the text alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from backend.domain.job import Seniority
from backend.domain.lexicon import Lexicon
from backend.domain.text import sentences, stems, words

Section = Literal["required", "preferred", "duties", "about", "benefits", "open"]

_HEADINGS: tuple[tuple[Section, str], ...] = (
    ("preferred", r"nice[- ]to[- ]have|bonus|preferred|plus(?:es)?\b|desirable|desired|good to have|extra credit|even better|"
                  r"it would be great|advantage"),
    ("required", r"requirement|qualification|what you(?:'ll)? (?:need|bring|have)|who you are|you have|must[- ]have|skills|"
                 r"about you|your profile|looking for|experience|what we expect|essential|knowledge|ideal candidate|minimum"),
    ("duties", r"responsibilit|what you(?:'ll| will)? (?:do|be doing)|you(?:'ll| will)\b|the role|duties|your (?:role|mission|tasks|impact)|"
               r"day[- ]to[- ]day|job description|about the (?:job|position|role)|in this role|key areas|essential functions"),
    ("benefits", r"benefit|perks|what we offer|we offer|compensation|salary|why (?:join|us|work)|how to apply|equal opportunit|"
                 r"diversity|application|privacy|what's in it"),
    ("about", r"about (?:us|the (?:company|team))|who we are|our (?:company|team|mission|values|story)|company"),
)  # fmt: skip
_HEADING = [(section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _HEADINGS]
_MARK = re.compile(r"^\s*(?:[-*•‣▪●◦–·]|\d{1,2}[.)])\s+")
WISH = re.compile(
    r"nice[- ]to[- ]have|\b(?:is|are|would be|as) an? (?:big |strong |huge )?(?:plus|bonus|advantage|asset)|\bpreferred\b|\bideally\b|"
    r"\bdesirable\b|\bbonus\b|\ba plus\b|\bpreferabl[ey]\b|\badvantageous\b|\boptional\b|\bwelcome\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:we|our company) (?:also )?(?:offer|provide)\b|what you(?:'ll)? get\b|you(?:'ll| will) get\b|in return\b",
    re.IGNORECASE,
)
# How sure a mention must be a demand, by where it stands. 0.2 is the best trade on SkillSpan dev (see `make eval`);
# a section that only lists demands needs less, talk about the company and its offers more.
FLOOR: dict[Section, float] = {
    "required": 0.12, "preferred": 0.12, "duties": 0.25, "open": 0.2, "about": 0.75, "benefits": 0.8
}  # fmt: skip
_SENIORITY: tuple[tuple[Seniority, str], ...] = (
    ("intern", r"\bintern(?:ship)?\b|\bworking student\b|\btrainee\b"),
    ("executive", r"\b(?:vp|vice president|chief|c[teofi]o|director|head of)\b"),
    (
        "lead",
        r"\b(?:lead|principal|staff (?:software |site |data |machine )?(?:engineer|scientist|developer)|architect)\b",
    ),
    ("manager", r"\bmanager\b"),
    ("senior", r"\b(?:senior|sr\.?)\b"),
    ("junior", r"\b(?:junior|jr\.?|entry[- ]level|graduate|assistant)\b"),
    ("mid", r"\b(?:mid[- ]?(?:level)?|intermediate)\b"),
)
_LEVEL = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _SENIORITY]
_YEARS = re.compile(r"(\d{1,2})\s*\+?\s*(?:[-–]\s*\d{1,2}\s*)?years?\b", re.IGNORECASE)
_DOMAINS: tuple[tuple[str, str], ...] = (
    ("finance", "bank banking fintech payment trading investment insurance lending credit financial finance ledger"),
    ("healthcare", "patient clinical hospital health healthcare medical nurse nursing care pharmacy biotech therapy"),
    ("education", "student school teacher teaching curriculum classroom university learner education learning"),
    ("e-commerce and retail", "retail store merchandise ecommerce e-commerce shopper checkout marketplace basket"),
    ("logistics", "logistics warehouse freight shipping shipment fleet delivery parcel supply"),
    ("energy", "energy solar wind grid utility battery oil gas renewable"),
    ("construction and trades", "construction site contractor electrical plumbing building hvac wiring"),
    ("legal", "legal law attorney litigation contract compliance paralegal counsel"),
    ("sales and marketing", "sales marketing campaign quota pipeline prospect brand seo advertising customer"),
    ("manufacturing", "manufacturing factory plant production assembly machining quality lean"),
    ("media and games", "game games media video streaming music publishing content editorial"),
    ("public sector", "government public federal citizen municipal policy defense defence"),
    ("security", "security threat vulnerability incident penetration siem malware"),
    ("data and machine learning", "data machine learning model analytics pipeline warehouse dataset ai"),
    ("software", "software api backend frontend cloud platform microservice code developer engineer saas infrastructure"),
)  # fmt: skip
_DOMAIN_STEMS = [(name, frozenset(stems(text))) for name, text in _DOMAINS]
_CULTURE: tuple[tuple[str, str], ...] = (
    ("remote", r"\bremote\b|work from home|\bdistributed team"),
    ("hybrid", r"\bhybrid\b"),
    ("on site", r"\bon[- ]?site\b"),
    ("fast-paced", r"fast[- ]paced|\bstart-?up\b"),
    ("collaborative", r"collaborat|cross[- ]functional|team player"),
    ("ownership", r"\bownership\b|\bautonom|self[- ]starter|\bindependent(?:ly)?\b"),
    ("mentoring", r"\bmentor|\bcoach"),
    ("learning", r"continuous(?:ly)? learn|eager to learn|training budget|\bcuriou|personal development"),
    ("diversity", r"\bdivers|\binclusi|equal opportunit"),
    ("quality", r"high standards|attention to detail|craft|code review|quality[- ](?:minded|first)"),
    ("customer focus", r"customer[- ](?:focus|centric|first|obsess)|user[- ]cent"),
    ("flexible hours", r"flexible (?:working )?(?:hours|schedule)|flexitime|work[- ]life balance"),
)
_SIGNALS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _CULTURE]
_MAX_KEY_REQUIREMENTS = 14


class Line(NamedTuple):
    """One sentence of a job description, the section it stands in, and the number of its line, empty lines not counted."""

    text: str
    section: Section
    number: int


class Reading(NamedTuple):
    """A job read by rule. `key_lines` are line numbers, from 1, the most telling first."""

    required_skills: tuple[str, ...]
    preferred_skills: tuple[str, ...]
    seniority: Seniority
    domain: str
    culture_signals: tuple[str, ...]
    key_lines: tuple[int, ...]


def analyse(text: str, lexicon: Lexicon) -> Reading:
    """What the job asks, skills as they are written there, in the order they first appear."""
    lines = list(read_lines(text))
    required: dict[str, str] = {}
    preferred: dict[str, str] = {}
    for line in lines:
        wish = line.section == "preferred" or bool(WISH.search(line.text))
        for mention in lexicon.demands(line.text, FLOOR[line.section]):
            written = line.text[mention.start : mention.end]
            (preferred if wish else required).setdefault(mention.skill.name, written)
    return Reading(
        required_skills=tuple(required.values()),
        preferred_skills=tuple(written for name, written in preferred.items() if name not in required),
        seniority=_seniority(text),
        domain=_domain(text),
        culture_signals=tuple(name for name, pattern in _SIGNALS if pattern.search(text)),
        key_lines=tuple(_key_lines(lines)),
    )


def read_lines(text: str) -> Iterator[Line]:
    """The lines that say something, sentence by sentence, without the headings that say only what follows."""
    section: Section = "open"
    number = 0
    for raw in text.split("\n"):
        number += bool(raw.strip())
        marked = _MARK.match(raw)
        body = raw[marked.end() :].strip() if marked else raw.strip(" \t#*_")
        if not body:
            continue
        if not marked and (found := _heading(raw, body)):
            section, body = found
        if not marked and _OFFER.match(body):
            section = "benefits"
        for sentence in sentences(body):
            if words(sentence):
                yield Line(sentence, section, number)


def demands_in(line: str) -> list[str]:
    """The sentences of one line, without its bullet or the heading it begins with."""
    marked = _MARK.match(line)
    body = line[marked.end() :] if marked else line.strip(" \t#*_")
    if not marked and (found := _heading(line, body)):
        body = found[1]
    return [sentence for sentence in sentences(body) if len(words(sentence)) >= 3]


def looks_english(text: str) -> bool:
    """Whether a text has the small words that English cannot do without; short texts get the benefit of the doubt."""
    found = [word.text.lower() for word in words(text)]
    small = sum(word in ("the", "and", "of", "to", "a", "in", "for", "with", "you", "we", "is", "or") for word in found)
    return len(found) < 25 or small >= 0.08 * len(found)


def looks_like_resume(text: str) -> bool:
    """Whether a "job description" is rather somebody's resume."""
    headed = re.findall(
        r"(?im)^\W*(?:work experience|professional experience|employment history|education|skills)\W*$", text
    )
    ranges = re.findall(r"(?:19|20)\d\d\s*[-–—to]+\s*(?:(?:19|20)\d\d|present|now|current)", text, re.IGNORECASE)
    address = re.search(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w", text)
    return (len(ranges) >= 2) + (len(headed) >= 2) + bool(address) >= 2


def _heading(raw: str, body: str) -> tuple[Section, str] | None:
    """The section that a line opens, and what it says beyond that ("Requirements: five years of Go")."""
    head, colon, rest = body.partition(":")
    head = head.strip(" *_")
    decorated = raw.lstrip().startswith(("#", "**", "__")) or head.isupper()
    if len(words(head)) > 7 or not (colon or decorated or (len(words(body)) <= 6 and not body.endswith((".", "!")))):
        return None
    for section, pattern in _HEADING:
        if pattern.search(head):
            return section, rest.strip(" *_")
    return ("open", rest.strip()) if decorated and not rest.strip() else None


def _seniority(text: str) -> Seniority:
    title = "\n".join(text.strip().split("\n")[:3])
    for level, pattern in _LEVEL:
        if pattern.search(title):
            return level
    asked = [int(years[1]) for line in text.split("\n") for years in [_YEARS.search(line)] if years]
    if asked:
        return "senior" if max(asked) >= 5 else "mid" if max(asked) >= 2 else "junior"
    return "unknown"


def _domain(text: str) -> str:
    counts = Counter(stems(text))
    scores = [(sum(counts[stem] for stem in known), name) for name, known in _DOMAIN_STEMS]
    best, name = max(scores, key=lambda pair: pair[0])
    return name if best >= 3 else ""


def _key_lines(lines: list[Line]) -> Iterator[int]:
    """Lines of the required section, then of the wished-for, then duties, as far as the limit allows."""
    demands = re.compile(
        r"\b(?:years?|degree|experience|required|must|ability to|proficien|knowledge)\b", re.IGNORECASE
    )
    groups: tuple[Section, ...] = ("required", "open", "preferred", "duties")
    seen: set[int] = set()
    for section in groups:
        for line in lines:
            if line.section == section and 4 <= len(words(line.text)) <= 60 and line.number not in seen:
                if section == "open" and not demands.search(line.text):
                    continue
                seen.add(line.number)
                yield line.number
                if len(seen) >= _MAX_KEY_REQUIREMENTS:
                    return
