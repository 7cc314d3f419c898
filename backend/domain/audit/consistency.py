"""One thing, written in two ways."""

from collections.abc import Iterator, Sequence
from datetime import date

from backend.domain.audit.issue import Issue, issue
from backend.domain.audit.verbs import opening_tense
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.skills import Skill
from backend.domain.tenure import month_number

_STOPS = (".", "!", "?", ";")


def consistency_issues(resume: Resume, lexicon: Lexicon, today: date) -> Iterator[Issue]:
    yield from _endings(resume)
    yield from _tense(resume, today)
    yield from _skills(resume.skills, lexicon)


def _endings(resume: Resume) -> Iterator[Issue]:
    lines = [
        (f"{path}/highlights/{n}", text)
        for path, entry in resume.entries()
        for n, text in enumerate(entry.highlights)
        if text.strip()
    ]
    stopped = [path for path, text in lines if text.rstrip("\"'”’) ").endswith(_STOPS)]
    bare = [path for path, _ in lines if path not in set(stopped)]
    fewer, more = sorted((stopped, bare), key=len)
    if len(fewer) >= 1 and len(more) >= 2:
        ends = "with a full stop" if fewer is stopped else "without a full stop"
        yield issue(
            "mixed_endings",
            fewer[0],
            f"{len(fewer)} of {len(lines)} highlights end {ends}, the others do not.",
            "End all of them in the same way.",
        )


def _tense(resume: Resume, today: date) -> Iterator[Issue]:
    """Positions that have ended are told in the past; in one that goes on, both are right."""
    now = today.year * 12 + today.month - 1
    for n, job in enumerate(resume.work_experience):
        end = month_number(job.end_date, end=True, today=today) if job.end_date else now
        if end is None or end >= now:
            continue
        tenses = [(m, opening_tense(text)) for m, text in enumerate(job.highlights)]
        present = [m for m, tense in tenses if tense == "present"]
        past = [m for m, tense in tenses if tense == "past"]
        if present and (past or len(present) >= 2):
            yield issue(
                "mixed_tense",
                f"/work_experience/{n}/highlights/{present[0]}",
                f"This position has ended, but {len(present)} of its {len(tenses)} highlights open in the present tense.",
                "Open them in the past tense.",
            )


def _skills(skills: Sequence[str], lexicon: Lexicon) -> Iterator[Issue]:
    seen: dict[str, int] = {}
    lower: list[int] = []
    upper: list[int] = []
    for n, skill in enumerate(skills):
        known = lexicon.vocabulary.lookup(skill)
        key = known.name.casefold() if known and known.source == "core" else " ".join(skill.casefold().split())
        if key in seen:
            yield issue(
                "repeated_skill",
                f"/skills/{n}",
                f"“{skill}” is listed already, as “{skills[seen[key]]}”.",
                "Keep one of them.",
            )
            continue
        seen[key] = n
        proper = known is not None and known.kind == "tool"
        if known and proper and _miswritten(skill, known):
            message = f"“{skill}” is usually written “{known.name}”."
            yield issue("skill_spelling", f"/skills/{n}", message, f"Write {known.name}.")
        elif not proper and skill[:1].isalpha() and not any(char.isupper() for char in skill[1:]):
            (upper if skill[0].isupper() else lower).append(n)
    if lower and len(upper) > max(1, len(lower)):  # a capital among small letters may be a name
        yield issue(
            "mixed_skill_case",
            f"/skills/{lower[0]}",
            f"{len(lower)} of {len(skills)} skills begin with a small letter, such as “{skills[lower[0]]}”; the others do not.",
            "Begin all of them in the same way.",
        )


def _miswritten(skill: str, known: Skill) -> bool:
    """Whether a tool's name has capitals in the wrong places. All in capitals, or "Pandas" to open a list, is no mistake."""
    same = skill.casefold() == known.name.casefold() and known.source == "core"
    return same and skill != known.name and not skill.isupper() and skill != known.name[:1].upper() + known.name[1:]
