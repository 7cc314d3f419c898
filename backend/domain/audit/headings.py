"""The names of sections that every parser knows, and those that it may not."""

import re
from collections.abc import Iterable, Iterator

from backend.domain.audit.issue import Issue, issue
from backend.domain.audit.source import Heading
from backend.domain.resume import Resume

# For each section of the resume, the names that are understood everywhere, the one to use first.
STANDARD: dict[str, tuple[str, ...]] = {
    "contact": ("contact", "contact information", "contact details", "personal details"),
    "summary": ("summary", "professional summary", "profile", "professional profile", "objective", "career objective",
                "about", "about me", "executive summary", "summary of qualifications", "career summary", "personal statement",
                "overview", "professional overview"),
    "work_experience": ("experience", "work experience", "professional experience", "employment", "employment history",
                        "work history", "relevant experience", "relevant work experience", "career history", "internships",
                        "additional experience", "other experience", "research experience", "teaching experience",
                        "clinical experience", "military service", "military experience", "industry experience",
                        "internship experience", "volunteer experience", "leadership experience", "related experience"),
    "education": ("education", "education and training", "academic background", "qualifications", "academic qualifications",
                  "education and qualifications", "education and certifications", "educational background"),
    "skills": ("skills", "technical skills", "key skills", "core skills", "core competencies", "areas of expertise",
               "skills and expertise", "skills and tools", "skills and technologies", "technologies", "tools", "competencies",
               "professional skills", "additional skills", "programming languages", "technical expertise", "skills and abilities",
               "computer skills", "skills summary", "skills and interests", "soft skills", "tools and technologies",
               "expertise"),
    "achievements": ("achievements", "awards", "honors", "honours", "awards and honors", "honors and awards", "accomplishments",
                     "key achievements", "awards and honours", "honours and awards", "awards and achievements", "scholarships",
                     "awards and recognition", "recognition", "key accomplishments"),
    "projects": ("projects", "personal projects", "selected projects", "key projects", "side projects", "academic projects",
                 "open source", "project experience", "relevant projects", "open source projects", "portfolio"),
    "certifications": ("certifications", "certificates", "licenses", "licences", "licenses and certifications",
                       "licences and certifications", "certifications and licenses", "professional certifications",
                       "certifications and training", "training and certifications", "licensure", "certification"),
    "languages": ("languages", "language skills", "spoken languages"),
    "": ("publications", "selected publications", "patents", "volunteering", "volunteer experience", "volunteer work",
         "community service", "community involvement", "interests", "hobbies", "hobbies and interests", "references",
         "memberships", "professional memberships", "professional affiliations", "affiliations", "activities",
         "extracurricular activities", "leadership", "conferences", "talks", "presentations", "courses", "coursework",
         "relevant coursework", "training", "professional development", "links", "additional information", "research",
         "research interests", "public speaking", "headline", "teaching", "grants", "military service", "service",
         "leadership and activities", "speaking", "personal interests", "exhibitions", "papers", "volunteer",
         "talks and presentations", "invited talks", "selected honors", "leadership experience", "workshops", "testimonials", "licenses", "security clearance"),
}  # fmt: skip
# What a longer name may end with and be understood: "Computer Engineering Experience".
_HEADS = frozenset(
    "experience employment history education skill project certification language award activity publication".split()
)
# For words that a heading we do not know may hold, the name to use for it.
_MEANT: tuple[tuple[str, str], ...] = (
    (r"career|journey|work|jobs?|employ|where i", "Experience"),
    (r"school|stud(?:y|ies)|learn|academ|universit|degree", "Education"),
    (r"tool|tech|stack|toolbox|can do|good at|know-?how|arsenal|expert|superpower|strength", "Skills"),
    (r"proud|win|award|achiev|success", "Achievements"),
    (r"built|made|build|creat|portfolio|side", "Projects"),
    (r"certif|licen|credential", "Certifications"),
    (r"who i am|about|\bme\b|myself|story|hello|intro|profile", "Summary"),
)


def heading_issues(resume: Resume, headings: Iterable[Heading]) -> Iterator[Issue]:
    """One for each heading, as written or (where that is not known) as kept, that parsers may not know."""
    written = [heading for heading in headings if heading.title.strip()]
    if written:
        for heading in written:
            if not is_standard(heading.title):
                yield _odd(heading.title, _pointer(resume, heading), STANDARD.get(heading.section, ("",))[0])
        return
    for n, extra in enumerate(resume.extras):
        if not is_standard(extra.title):
            yield _odd(extra.title, f"/extras/{n}", "")


def is_standard(title: str) -> bool:
    """One and many are the same here: "Project", "Awards"."""
    name = _singular(_name(title))
    words = name.split()
    return name in _ANYWHERE or (len(words) <= 4 and words[-1:] != [] and words[-1] in _HEADS)


def _singular(name: str) -> str:
    return re.sub(r"(?<=[a-z])ies\b", "y", re.sub(r"(?<=[^s\Wu])(?<!ie)s\b", "", name))


def _name(title: str) -> str:
    """As it is looked up: lower case, "&" as "and", without numbering, decoration and letter-spacing; a field name such as
    "volunteer_experience" reads as its words."""
    text = re.sub(r"^\W*(?:(?:\d{1,2}|[IVX]{1,4})[.)]\s+)?", "", title.replace("_", " "))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text) if " " not in text else text
    text = re.sub(r"\s*[&+/]\s*", " and ", re.sub(r"[^\w)]+$", "", text)).lower()
    if re.fullmatch(r"(?:\w ){3,}\w", text):
        text = text.replace(" ", "")
    return re.sub(r"\s+", " ", text).strip()


def _pointer(resume: Resume, heading: Heading) -> str:
    if heading.section:
        return f"/{heading.section}"
    places = (n for n, extra in enumerate(resume.extras) if _name(extra.title) == _name(heading.title))
    return f"/extras/{place}" if (place := next(places, None)) is not None else "file"


def _odd(title: str, place: str, standard: str) -> Issue:
    meant = standard.capitalize() or next(
        (name for pattern, name in _MEANT if re.search(pattern, title, re.IGNORECASE)), ""
    )
    fix = f"Call it “{meant}”." if meant else "Use a common name, such as Experience, Education, Skills or Projects."
    return issue("odd_heading", place, f"Parsers may not know a section called “{title.strip()[:60]}”.", fix)


_ANYWHERE = frozenset(_singular(name) for names in STANDARD.values() for name in names)
