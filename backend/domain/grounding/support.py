"""Which evidence may support a text: for a highlight that of its own entry, for the summary and the skills all there is."""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from backend.domain.content import Evidence
from backend.domain.edits import target
from backend.domain.grounding.check import Support
from backend.domain.resume import Resume
from backend.domain.tenure import span, years_of_work


def support_for(path: str, evidence: Iterable[Evidence], resume: Resume, today: date) -> Support:
    """`path` names what the text is for: a highlight, a list of highlights, the summary or the skills."""
    place, _ = target(path)
    spans = [span(job.start_date, job.end_date, today) for job in resume.work_experience]
    years = [(s[1] - s[0] + 1) / 12 if s else 0.0 for s in spans]
    if not place.endswith("/highlights"):
        return Support(tuple(evidence), (*years, *accumulate(years), years_of_work(resume.work_experience, today)))
    entry = place.removesuffix("/highlights")
    lines = tuple(item for item in evidence if entry in (item.entry, item.id))
    section, index = entry[1:].split("/")
    return Support(lines, (years[int(index)],) if section == "work_experience" else ())
