"""What a job asks, piece by piece, each with the place in the text that says so. By rule, from the text alone."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from backend.domain.job import Importance, RequirementKind
from backend.domain.job_reading import FLOOR as FLOOR
from backend.domain.job_reading import Line, read_lines
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.requirement_wishes import importance_at
from backend.domain.requirements import DEGREES, degree_level, kind_of
from backend.domain.skills import Mention, SkillKind
from backend.domain.soft_skills import soft_skills
from backend.domain.text import words

ExtractedKind: TypeAlias = RequirementKind | Literal["soft_skill"]
MAX_EXTRACTED = 300
_KINDS: dict[SkillKind, ExtractedKind] = {"language": "language", "credential": "certification", "soft": "soft_skill"}
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {"twenty": 20}
_COUNT = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_YEARS = re.compile(
    rf"(?:(?:at least|minimum(?: of)?|min\.?|over|more than)\s+)?\b(?P<low>{_COUNT})(?:\s*\(\d{{1,2}}\))?\s*(?:\+|plus|or more)?"
    rf"(?:\s*(?:[-–—]|to)\s*(?:{_COUNT})\s*\+?)?\s*(?:or more\s+|full\s+)?(?:years?|yrs?)\b(?:['’]s?)?(?!\s*(?:old|of age|ago|in a row|anniversary))",
    re.IGNORECASE,
)
_OF_EXPERIENCE = re.compile(
    r"\b(?:experienced?|background|work(?:ed|ing)?|track record|expertise|practice|as an?|in an?|with|using|in|of)\b",
    re.IGNORECASE,
)
_OUR_PAST = re.compile(
    r"\b(?:we have|we've|our|founded|history|over the (?:past|last)|for (?:over|more than))\b", re.IGNORECASE
)
_DEGREE = re.compile("|".join(f"(?:{pattern})" for _, pattern in DEGREES), re.IGNORECASE)
_ANY_DEGREE = re.compile(r"\bdegree\b", re.IGNORECASE)
_SCHOOLING = re.compile(
    r"\b(?:degree|diploma|bachelor|master'?s|ph\.?\s?d|doctorate|education|graduate|school|ged|b\.?sc|m\.?sc|mba|apprenticeship)",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"\b(?:certifi(?:ed|cation|cations|cate|cates)|licen[sc](?:e|ed|es|ure)|(?:security )?clearance|accredited|accreditation|chartered)\b",
    re.IGNORECASE,
)
_NO_LICENCE = re.compile(r"\b(?:certified (?:b corp|great place)|we are|our)\b", re.IGNORECASE)
# Where a clause ends: what stands behind is another matter.
_CLAUSE = re.compile(r"[;:()•|]|\s[–—-]\s|,\s+(?:and|but|with|plus|as well as|ideally|preferably)\b|\.(?=\s|$)")
_DUTY_WORDS = 3
_LONGEST = 1_000


class Span(Model):
    """Characters of the text as it was given: `text[start:end]` is exactly `text`."""

    start: int
    end: int
    text: str


class ExtractedRequirement(Model):
    """`name` is what is asked in short: the vocabulary's name of a skill, else the span's words. `years` is the least
    experience asked for; `degree` the level of education (see `requirements.DEGREES`). `explicit` is False for what is
    named in the duties alone: whoever does them needs it, but nobody asks for it."""

    kind: ExtractedKind
    name: str
    importance: Importance = "required"
    explicit: bool = True
    years: float | None = None
    degree: int | None = None
    span: Span


class _Place(NamedTuple):
    line: Line
    start: int


class _Years(NamedTuple):
    value: float
    start: int
    end: int


def extract_requirements(text: str, lexicon: Lexicon) -> tuple[ExtractedRequirement, ...]:
    """Each thing the job asks, once, in the order of the text. Of a thing asked more than once the strongest is kept:
    required before preferred, asked for before named in the duties."""
    found = [requirement for place in _places(text) for requirement in _in_line(place, text, lexicon)]
    strongest: dict[tuple[str, str], ExtractedRequirement] = {}
    for requirement in found:
        key = requirement.kind, lexicon.vocabulary.canonical(requirement.name).casefold()
        known = strongest.get(key)
        if known is None or _strength(requirement) > _strength(known):
            strongest[key] = requirement
    kept = sorted(strongest.values(), key=lambda one: (one.span.start, one.span.end))
    return tuple(kept[:MAX_EXTRACTED])


def _strength(requirement: ExtractedRequirement) -> tuple[bool, bool, float]:
    return requirement.explicit, requirement.importance == "required", requirement.years or 0.0


def _places(text: str) -> Iterator[_Place]:
    """The sentences of a job, each with where it begins."""
    starts, place = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            starts.append(place)
        place += len(raw) + 1
    number, after = 0, 0
    for line in read_lines(text):
        if line.number != number:
            number, after = line.number, starts[line.number - 1]
        start = text.find(line.text, after)
        if start >= 0:
            after = start + len(line.text)
            yield from _pieces(_Place(line, start))


def _pieces(place: _Place) -> Iterator[_Place]:
    """A sentence in parts of a length that people write, each rule being free to look all over one."""
    text, begin = place.line.text, 0
    while len(text) - begin > _LONGEST:
        end = text.rfind(" ", begin + 1, begin + _LONGEST)
        end = end if end > 0 else begin + _LONGEST
        yield _Place(place.line._replace(text=text[begin:end]), place.start + begin)
        begin = end
    yield _Place(place.line._replace(text=text[begin:]), place.start + begin)


def _in_line(place: _Place, text: str, lexicon: Lexicon) -> Iterator[ExtractedRequirement]:
    line = place.line
    if line.section in ("about", "benefits"):
        said = [mention for mention in lexicon.demands(line.text, FLOOR[line.section]) if mention.skill.kind != "soft"]
        yield from _skills(place, said, [], text)
        return
    years = list(_years_in(line.text))
    schooling = list(_schooling(place, text))
    mentions = [
        mention
        for mention in lexicon.demands(line.text, FLOOR[line.section])
        if mention.skill.kind != "soft" and not any(_covers(one.span, place.start + mention.start) for one in schooling)
    ]
    yield from schooling
    yield from _skills(place, mentions, years, text)
    yield from _experience(place, years, text)
    if not any(mention.skill.kind == "credential" for mention in mentions):
        yield from _licences(place, text)
    for skill in soft_skills(line.text):
        yield _made(place, "soft_skill", skill.name, skill.start, skill.end, text)
    if _is_duty(line):
        yield _made(place, "responsibility", line.text, 0, len(line.text), text, explicit=True)


def _is_duty(line: Line) -> bool:
    """Whether a sentence says what the work is: it stands among the duties, or is one wherever no heading says."""
    if len(words(line.text)) < _DUTY_WORDS:
        return False
    return line.section == "duties" or (line.section == "open" and kind_of(line.text) == "responsibility")


def _covers(span: Span, at: int) -> bool:
    return span.start <= at < span.end


def _skills(
    place: _Place, mentions: Iterable[Mention], years: list[_Years], text: str
) -> Iterator[ExtractedRequirement]:
    for mention in mentions:
        kind = _KINDS.get(mention.skill.kind, "skill")
        yield _made(
            place,
            kind,
            mention.skill.name,
            mention.start,
            mention.end,
            text,
            years=_years_of(mention, years, place.line.text),
        )


def _years_of(mention: Mention, years: list[_Years], line: str) -> float | None:
    """The years asked of a skill: those said before it in the same clause, or in brackets right after it."""
    for asked in reversed(years):
        if asked.end <= mention.start and not _CLAUSE.search(line, asked.end, mention.start):
            return asked.value
        if 0 <= asked.start - mention.end <= 3 and line[mention.end : asked.start].strip(" (:–-") == "":
            return asked.value
    return None


def _years_in(line: str) -> Iterator[_Years]:
    for match in _YEARS.finditer(line):
        around = line[max(0, match.start() - 40) : match.end() + 60]
        if not _OUR_PAST.search(line[: match.start()]) and (_OF_EXPERIENCE.search(around) or len(words(line)) <= 4):
            low = match["low"].lower()
            yield _Years(float(low) if low.isdigit() else float(_NUMBERS[low]), match.start(), match.end())


def _experience(place: _Place, years: list[_Years], text: str) -> Iterator[ExtractedRequirement]:
    """One for each number of years, with the words that say of what."""
    line = place.line.text
    for asked in years:
        end = _clause_end(line, asked.end)
        if end == asked.end and asked.start > 0 and line[asked.start - 1] == "(":  # "Rust (2 years)" is said of Rust
            continue
        yield _made(place, "experience", line[asked.start : end], asked.start, end, text, years=asked.value)


def _schooling(place: _Place, text: str) -> Iterator[ExtractedRequirement]:
    line = place.line.text
    found = _DEGREE.search(line)
    # "MA" is a state and "master" a verb where nothing speaks of schooling.
    if found is None or not _SCHOOLING.search(line):
        return
    start = min(found.start(), *(match.start() for match in _SCHOOLING.finditer(line)))
    end = _clause_end(line, found.end())
    said = line[start:end]
    # A "Master's degree" is no bachelor's for being called a degree.
    level = degree_level(_ANY_DEGREE.sub("", said)) or degree_level(said)
    if level is not None:
        yield _made(place, "education", said, start, end, text, degree=level)


def _licences(place: _Place, text: str) -> Iterator[ExtractedRequirement]:
    """A credential in the words of its clause; those of the vocabulary come with the skills."""
    line = place.line.text
    found = _LICENCE.search(line)
    if found is None or _NO_LICENCE.search(line):
        return
    starts = [match.end() for match in _CLAUSE.finditer(line, 0, found.start())]
    start = starts[-1] if starts else 0
    start += len(line[start:]) - len(line[start:].lstrip())
    end = _clause_end(line, found.end())
    yield _made(place, "certification", line[start:end], start, end, text)


def _clause_end(line: str, after: int) -> int:
    match = _CLAUSE.search(line, after)
    end = match.start() if match else len(line)
    return after + len(line[after:end].rstrip(" ,.;"))


def _made(
    place: _Place, kind: ExtractedKind, name: str, start: int, end: int, text: str, *,
    years: float | None = None, degree: int | None = None, explicit: bool | None = None,
) -> ExtractedRequirement:  # fmt: skip
    begin, stop = place.start + start, place.start + end
    return ExtractedRequirement(
        kind=kind,
        name=name,
        importance=importance_at(place.line, start),
        explicit=place.line.section != "duties" if explicit is None else explicit,
        years=years,
        degree=degree,
        span=Span(start=begin, end=stop, text=text[begin:stop]),
    )
