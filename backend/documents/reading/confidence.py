"""How sure a field is, from the evidence that its value shows for being what it is taken for."""

import re

from backend.documents.reading import dates, vocabulary
from backend.documents.reading.contact import agrees
from backend.domain.resume import Education, Resume, WorkEntry

_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_SURE_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?|Present")

# What a value is worth that shows nothing for itself: it stood where such values stand.
_BY_PLACE = {
    "summary": 0.9, "skills": 0.85, "achievements": 0.85, "highlights": 0.95, "technologies": 0.9, "extras": 0.9,
    "details": 0.85, "links": 0.9, "description": 0.8, "name": 0.75, "role": 0.75, "url": 0.97, "issuer": 0.7,
    "language": 0.7, "fluency": 0.8,
}  # fmt: skip


def of_contact(resume: Resume, field: str, *, first: bool, labelled: bool) -> float:
    """`first` says that the value stands in the source's first lines, `labelled` that the source names the field."""
    value = str(getattr(resume.contact, field))
    if field == "email":
        return 0.99 if _EMAIL.fullmatch(value) else 0.3
    if field == "phone":
        return 0.97 if 8 <= sum(char.isdigit() for char in value) <= 15 else 0.6
    if labelled:
        return 0.98
    if field == "location":
        return 0.95 if vocabulary.is_sure_place(value) else 0.85 if vocabulary.is_place(value) else 0.5
    if agrees(value, resume.contact.email):
        return 0.98
    return 0.9 if first and 2 <= len(value.split()) <= 4 and not vocabulary.title_score(value) else 0.6


def of_work(entry: WorkEntry, field: str, *, labelled: bool) -> float:
    value = getattr(entry, field)
    if field in ("start_date", "end_date"):
        return of_date(value)
    if labelled:
        return 0.98
    title = vocabulary.title_score(entry.title)
    company = vocabulary.company_score(entry.company)
    if field == "title":
        return 0.95 if title >= 3 else 0.8 if title or company >= 3 else 0.5
    if field == "company":
        return 0.95 if company >= 3 else 0.85 if title >= 3 else 0.5
    if field == "location":
        return 0.95 if vocabulary.is_sure_place(value) else 0.8 if vocabulary.is_place(value) else 0.5
    return plain(field)


def of_education(entry: Education, field: str, *, labelled: bool) -> float:
    value = getattr(entry, field)
    if field in ("start_date", "end_date"):
        return of_date(value)
    if labelled:
        return 0.98
    if field == "institution":
        return 0.95 if vocabulary.SCHOOL.search(value) else 0.7 if vocabulary.degree_in(entry.degree) else 0.5
    if field == "degree":
        return 0.95 if vocabulary.degree_in(value) else 0.5
    if field == "field":
        return 0.9 if vocabulary.FIELD.search(value) else 0.6
    if field == "location":
        return 0.95 if vocabulary.is_sure_place(value) else 0.6
    return plain(field)


def of_date(value: str) -> float:
    """A month or year is sure; a season is what the person wrote; anything else was not understood."""
    if _SURE_DATE.fullmatch(value):
        return 0.97
    return 0.9 if dates.find(value) else 0.4


def of_skill(value: str, *, known: bool) -> float:
    if known:
        return 0.97
    words = len(value.split())
    return plain("skills") if words <= 5 else 0.6 if words <= 9 else 0.4


def plain(field: str) -> float:
    return _BY_PLACE.get(field, 0.7)
