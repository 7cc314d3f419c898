"""With a job: which of the skills it asks the resume shows, how often it names them, and where it overdoes it."""

from collections.abc import Iterator

from backend.domain.audit.issue import Issue, issue
from backend.domain.job import JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.scoring import Scorer
from backend.domain.text import words


class Keyword(Model):
    """One skill the job asks. `credit` is what the score gives for it (1 shown, 0.6 only listed, 0 absent), `mentions` the
    lines that name it, `density` those per hundred words of the resume, `places` the strongest three."""

    skill: str
    required: bool
    credit: float
    mentions: int
    density: float
    places: tuple[str, ...] = ()


def keywords(resume: Resume, analysis: JobAnalysis, scorer: Scorer) -> tuple[Keyword, ...]:
    """The required skills in the job's order, then the preferred ones."""
    view = scorer.view(resume)
    lines = (*view.shown, *view.listed)
    length = sum(len(words(text)) for _, text in lines)
    found = []
    for required, skills in ((True, analysis.required_skills), (False, analysis.preferred_skills)):
        for skill in skills:
            mentions = sum(scorer.lexicon.names(text, skill) for _, text in lines)
            found.append(
                Keyword(
                    skill=skill,
                    required=required,
                    credit=view.skill_credit(skill),
                    mentions=mentions,
                    density=round(100 * mentions / length, 2) if length else 0.0,
                    places=view.places([skill])[:3],
                )
            )
    return tuple(found)


def keyword_issues(
    resume: Resume, analysis: JobAnalysis, scorer: Scorer, found: tuple[Keyword, ...]
) -> Iterator[Issue]:
    for keyword in found:
        if keyword.required and keyword.credit == 0:
            yield issue(
                "missing_skill",
                "/skills",
                f"The job requires {keyword.skill}; the resume does not show it.",
                "If you have used it, say where in a highlight. If you have not, leave it out.",
            )
        elif keyword.required and keyword.credit < 1:
            yield issue(
                "only_listed",
                keyword.places[0] if keyword.places else "/skills",
                f"The job requires {keyword.skill}; the resume lists it and does not show what you did with it.",
                "Name it in the highlight of the work in which you used it.",
            )
    for skill in scorer.overused(analysis, resume):
        yield overused(skill)
    yield from _lists(resume, scorer.lexicon)


def overused(skill: str) -> Issue:
    return issue(
        "overused_keyword",
        "/",
        f"“{skill}” is named more often than reads naturally; repeats earn nothing.",
        "Name it where it matters most.",
    )


def _lists(resume: Resume, lexicon: Lexicon) -> Iterator[Issue]:
    """Keywords in a row where a sentence belongs."""
    for path, entry in resume.entries():
        for n, text in enumerate(entry.highlights):
            if lexicon.read(text).is_list:
                yield issue(
                    "keyword_list",
                    f"{path}/highlights/{n}",
                    "This highlight is a list of keywords; it earns no more than the skills section does.",
                    "Say what you did with them, or move them to the skills.",
                )
