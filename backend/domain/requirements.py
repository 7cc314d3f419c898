"""From what an analysis names to typed requirements. What the job's text does not say is not a requirement."""

import re
from collections.abc import Iterable, Iterator

from backend.domain.job import JobAnalysis, Requirement, RequirementKind
from backend.domain.lexicon import Lexicon
from backend.domain.text import stems

DEGREES: tuple[tuple[int, str], ...] = (
    (4, r"ph\.?\s?d\b|doctorate|doctoral|\bM\.?D\.?\b|\bJ\.?D\.?\b"),
    (3, r"master'?s?\b|m\.?sc\b|\bmba\b|\bm\.?a\.?\b|\bm\.?eng\b|postgraduate|\bmsn\b"),
    (2, r"bachelor'?s?\b|b\.?sc\b|\bb\.?a\.?\b|\bb\.?eng\b|\bb\.?tech\b|undergraduate degree|university degree|college degree|"
        r"\bbsn\b|\bdegree\b"),
    (1, r"associate'?s? degree|\bdiploma\b|\bhigh school\b|\bged\b|apprenticeship"),
)  # fmt: skip
_DEGREE = [(level, re.compile(pattern, re.IGNORECASE)) for level, pattern in DEGREES]
_YEARS = re.compile(r"(\d{1,2})(?:\s*[-–to]+\s*\d{1,2})?\s*\+?\s*(?:or more\s*)?years?\b", re.IGNORECASE)
_CERTIFICATION = re.compile(
    r"\bcertifi(?:ed|cation|cate)\b|\blicen[sc]ed?\b|\blicensure\b|\bclearance\b", re.IGNORECASE
)
_ANY = re.compile(r"\bor\b|\be\.g\.|\bsuch as\b|\blike\b|/", re.IGNORECASE)
_DUTY = re.compile(
    r"^(?:you(?:'ll| will)\s+)?(?:design|build|develop|lead|manage|own|drive|work|collaborate|create|write|maintain|"
    r"support|deliver|partner|ensure|help|define|review|mentor|coordinate|plan|run|operate|analy[sz]e)\b",
    re.IGNORECASE,
)
MAX_REQUIREMENTS = 40


def typed(analysis: JobAnalysis, job_text: str, lexicon: Lexicon) -> JobAnalysis:
    """The analysis with its skills under the vocabulary's names, without those the job never mentions, and with typed
    `requirements`: one per skill, one per key requirement that says more than its skills do."""
    keys = tuple(text for text in analysis.key_requirements if lexicon.overlap(text, job_text) >= 0.7)
    schooling = [text for text in job_text.split("\n") if kind_of(text) == "education"]
    elsewhere = "\n".join(text for text in job_text.split("\n") if text not in schooling)
    required = tuple(_mentioned(analysis.required_skills, elsewhere, lexicon))
    known = {lexicon.vocabulary.canonical(skill) for skill in required}
    preferred = tuple(
        skill
        for skill in _mentioned(analysis.preferred_skills, elsewhere, lexicon)
        if lexicon.vocabulary.canonical(skill) not in known
    )
    found: list[Requirement] = []

    def add(text: str, kind: RequirementKind, importance: str, **values: object) -> None:
        if len(found) < MAX_REQUIREMENTS:
            found.append(
                Requirement.model_validate(
                    {"id": f"r{len(found) + 1}", "text": text, "kind": kind, "importance": importance, **values}
                )
            )

    for importance, skills in (("required", required), ("preferred", preferred)):
        for skill in skills:
            add(skill, "language" if lexicon.kind(skill) == "language" else "skill", importance, skills=(skill,))
    for text in keys:
        kind = kind_of(text)
        named = tuple(s for s in (*required, *preferred) if kind != "education" and lexicon.names(text, s))
        wish = bool(named) and all(s in preferred for s in named)
        if kind or not _only_names(text, named):
            years = _YEARS.search(text)
            add(
                text,
                kind or "experience",
                "preferred" if wish else "required",
                skills=named,
                any_of=len(named) > 1 and bool(_ANY.search(text)),
                years=float(years[1]) if years else None,
                degree=degree_level(text) if kind == "education" else None,
            )
    update = {"required_skills": required, "preferred_skills": preferred, "key_requirements": keys}
    return analysis.model_copy(update={**update, "requirements": tuple(found)})


def kind_of(text: str) -> RequirementKind | None:
    """What kind of requirement a line is; None if it is a plain one."""
    if degree_level(text) and not _YEARS.search(text):
        return "education"
    if _CERTIFICATION.search(text):
        return "certification"
    if _YEARS.search(text):
        return "experience"
    return "responsibility" if _DUTY.match(text) else None


def degree_level(text: str) -> int | None:
    """The lowest level of education a text speaks of: 1 school or diploma, 2 bachelor, 3 master, 4 doctorate."""
    return min((level for level, pattern in _DEGREE if pattern.search(text)), default=None)


def highest_degree(texts: Iterable[str]) -> int:
    return max((level for text in texts for level, pattern in _DEGREE if pattern.search(text)), default=0)


def _mentioned(skills: Iterable[str], job_text: str, lexicon: Lexicon) -> Iterator[str]:
    """Skills that the text names, each once. One of the hand-kept vocabulary gets its name there ("k8s" is Kubernetes);
    others, and credentials, keep the words they came in."""
    seen: set[str] = set()
    text = lexicon.read(job_text)
    for written in skills:
        known = lexicon.vocabulary.lookup(written)
        name = known.name if known else written.strip()
        if name and name not in seen and (name in text.named if known else lexicon.names(job_text, written)):
            seen.add(name)
            yield name if known and known.source == "core" and known.kind != "credential" else written.strip()


def _only_names(text: str, skills: Iterable[str]) -> bool:
    """Whether a line says no more than the skills in it do, so that it would count them twice."""
    said = {stem for skill in skills for stem in stems(skill)}
    return len(set(stems(text)) - said) <= 2
