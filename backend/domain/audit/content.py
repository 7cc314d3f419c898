"""What the lines say: results, repetition, length, and time that is not accounted for."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from backend.domain.audit.issue import Issue, issue
from backend.domain.audit.verbs import opening, tense_of
from backend.domain.audit.wording import wording_issues
from backend.domain.claim_words import OUTCOME
from backend.domain.numbers import numbers
from backend.domain.resume import Resume, WorkEntry
from backend.domain.tenure import month_number, span
from backend.domain.text import words

FEWEST_WORDS, MOST_WORDS = 100, 1_100
SHORT_HIGHLIGHT, MANY_HIGHLIGHTS = 3, 9
RESULT_SHARE = 0.2
LONG_GAP = 7
_OPENED_IN_ENTRY, _OPENED_IN_ALL = 3, 5
_NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Line = tuple[str, str]


def content_issues(resume: Resume, today: date) -> Iterator[Issue]:
    highlights = [
        (f"{path}/highlights/{n}", text) for path, entry in resume.entries() for n, text in enumerate(entry.highlights)
    ]
    prose = [("/summary", resume.summary)] if resume.summary else []
    for path, entry in resume.entries():
        name, text = ("summary", entry.summary) if isinstance(entry, WorkEntry) else ("description", entry.description)
        prose += [(f"{path}/{name}", text)] if text else []
    for place, text in prose:
        yield from wording_issues(place, text, highlight=False)
    for place, text in highlights:
        yield from wording_issues(place, text, highlight=True)
        if 0 < len(words(text)) < SHORT_HIGHLIGHT:
            yield issue(
                "short_highlight", place, f"“{text}” says little.", "Say what you did, with what, and what came of it."
            )
    yield from _results(resume)
    yield from _openings(resume)
    yield from _repeated(highlights)
    yield from _length(resume, [text for _, text in (*prose, *highlights)])
    yield from _gaps(resume, today)


def has_result(text: str) -> bool:
    """Whether a line gives a measure or says what came of the work."""
    measures = (n for n in numbers(text) if not n.year and n.unit != "ordinal")
    return any(measures) or any(word.text.lower() in OUTCOME for word in words(text))


def _results(resume: Resume) -> Iterator[Issue]:
    """Too few lines with a measure in the whole resume; or none in one of the two latest positions."""
    texts = [text for job in resume.work_experience for text in job.highlights]
    with_result = sum(map(has_result, texts))
    if len(texts) >= 4 and with_result < RESULT_SHARE * len(texts):
        yield issue(
            "no_results",
            "/work_experience",
            f"{with_result} of {len(texts)} highlights give a measure or say what came of the work.",
            "Where you know the figure (how many, how much, how long), give it; never guess one.",
        )
        return
    for n, job in enumerate(resume.work_experience[:2]):
        if len(job.highlights) >= 3 and not any(map(has_result, job.highlights)):
            yield issue(
                "no_results",
                f"/work_experience/{n}",
                "None of these highlights gives a measure or says what came of the work.",
                "Where you know a figure (how many, how much, how long), give it; never guess one.",
            )


def _openings(resume: Resume) -> Iterator[Issue]:
    places: dict[str, list[str]] = defaultdict(list)
    told: set[str] = set()
    for path, entry in resume.entries():
        counts = Counter(opening(text) for text in entry.highlights)
        for n, text in enumerate(entry.highlights):
            verb = opening(text)
            if tense_of(verb):
                places[verb].append(f"{path}/highlights/{n}")
                if counts[verb] == _OPENED_IN_ENTRY and verb not in told:
                    told.add(verb)
    for verb, where in places.items():
        if verb in told or len(where) >= _OPENED_IN_ALL:
            yield issue(
                "repeated_opening",
                where[1],
                f"{len(where)} highlights open with “{verb.capitalize()}”.",
                "Vary the verb, where another one is as true.",
            )


def _repeated(highlights: list[Line]) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for place, text in highlights:
        key = " ".join(word.text.casefold() for word in words(text))
        if key and key in seen:
            yield issue("repeated_highlight", place, "This highlight stands twice.", f"Keep the one at {seen[key]}.")
        seen.setdefault(key, place)


def _length(resume: Resume, texts: list[str]) -> Iterator[Issue]:
    length = sum(len(words(text)) for text in texts)
    if length > MOST_WORDS:
        yield issue(
            "long_resume",
            "/",
            f"The resume has {length:,} words of prose.",
            f"Keep it under {MOST_WORDS:,}: two pages.",
        )
    elif resume.work_experience and length < FEWEST_WORDS:
        yield issue(
            "short_resume",
            "/",
            f"The resume has {length} words of prose.",
            "Say more of what you did in the latest positions.",
        )
    for path, entry in resume.entries():
        if len(entry.highlights) > MANY_HIGHLIGHTS:
            yield issue(
                "many_highlights",
                path,
                f"{len(entry.highlights)} highlights in one entry.",
                "Keep the five or six that matter most.",
            )


def _gaps(resume: Resume, today: date) -> Iterator[Issue]:
    """Months between positions in which there was neither work nor school. What is before the first position does not
    count; where one date cannot be read there is no telling."""
    work = [span(job.start_date, job.end_date, today) for job in resume.work_experience]
    if any(months is None for months in work):
        return
    schools = [span(school.start_date, school.end_date, today) for school in resume.education if school.end_date]
    busy = sorted(months for months in (*work, *schools) if months)
    first = min((months[0] for months in work if months), default=0)
    reached = 0
    for start, end in busy:
        if reached and start - reached - 1 >= LONG_GAP and reached >= first:
            yield _gap(resume, reached + 1, start - 1, today)
        reached = max(reached, end)


def _gap(resume: Resume, first: int, last: int, today: date) -> Issue:
    after = (n for n, job in enumerate(resume.work_experience) if month_number(job.start_date, today=today) == last + 1)
    place = f"/work_experience/{number}" if (number := next(after, None)) is not None else "/work_experience"
    months = last - first + 1
    return issue(
        "gap",
        place,
        f"Nothing is said of {months} months, {_month(first)} to {_month(last)}.",
        "If there is something to say (study, care, travel, freelance work), one line is enough.",
    )


def _month(number: int) -> str:
    return f"{_NAMES[number % 12]} {number // 12}"
