"""schema.org's JobPosting in a page's own data -> a posting."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from backend.documents.job_pages.markup import text_of
from backend.documents.job_pages.values import Json, loaded, many, objects, part, said
from backend.domain.injection import instructs
from backend.domain.posting import Posting, one_line
from backend.domain.text import stems

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\]\]>\*/)\s*;?\s*$"
)
_HEADED = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("experienceRequirements", "Experience requirements"),
    ("educationRequirements", "Education requirements"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
)
_UNITS = {"hour": "per hour", "day": "per day", "week": "per week", "month": "per month", "year": "per year"}
HIDDEN_ORDERS = "The page hides text that gives instructions to AI tools. It was left out and not followed: {}"


def posting_in(root: etree._Element, url: str = "") -> Posting | None:
    """The job posting in a page's data; of several the one about this address, else the fullest. None if there is none."""
    found = list(_postings(root))
    if not found:
        return None
    here = [job for job in found if _is_about(job, url)]
    posting = max((_posting(job) for job in here or found), key=lambda posting: len(posting.text))
    if len(found) > 1 and not here:
        return posting.warned(f"The page describes {len(found)} jobs; the one described at most length was taken.")
    return posting


def _postings(root: etree._Element) -> Iterator[Mapping[str, Json]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for item in objects(loaded(_WRAPPING.sub("", script.text or ""))):
                if _is_posting(item):
                    yield item


def _is_posting(item: Mapping[str, Json]) -> bool:
    kinds = [str(kind).rstrip("/").rpartition("/")[2].rpartition(":")[2] for kind in many(item.get("@type"))]
    return "JobPosting" in kinds and bool(item.get("title") or item.get("description"))


def _is_about(job: Mapping[str, Json], url: str) -> bool:
    wanted = _bare(url)
    own = said(job, "url", "@id") or said(part(job, "mainEntityOfPage"), "@id", "url") or said(job, "mainEntityOfPage")
    return bool(wanted) and _bare(own) == wanted


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*$", "", url.strip().lower()).rstrip("/")


def _posting(job: Mapping[str, Json]) -> Posting:
    description = text_of(said(job, "description"))
    parts, hidden = [description.text], list(description.hidden)
    told = set(stems(description.text))
    for name, heading in _HEADED:
        more = [text_of(text) for text in map(_words_of, many(job.get(name))) if text]
        hidden += [text for item in more for text in item.hidden]
        lines = [item.text for item in more if not _is_told(item.text, told)]
        if lines:
            parts.append(f"{heading}:\n" + ("\n".join(f"- {line}" for line in lines) if len(lines) > 1 else lines[0]))
    orders = [text for text in hidden if instructs(text)]
    return Posting(
        title=one_line(text_of(said(job, "title", "name")).text),
        company=one_line(_name(job.get("hiringOrganization"))),
        location=one_line(_location(job)),
        text="\n\n".join(filter(None, parts)),
        employment_type=one_line(
            ", ".join(_readable(kind) for kind in many(job.get("employmentType")) if isinstance(kind, str))
        ),
        salary=one_line(_salary(job)),
        date_posted=one_line(said(job, "datePosted"), 40),
        valid_through=one_line(said(job, "validThrough"), 40),
        source="json_ld",
        warnings=(HIDDEN_ORDERS.format(f"“{one_line(orders[0], 120)}”"),) if orders else (),
    )


def _is_told(text: str, told: set[str]) -> bool:
    """Whether the description says this already."""
    own = set(stems(text))
    return not own or len(own & told) >= 0.9 * len(own)


def _words_of(value: Json) -> str:
    if isinstance(value, str):
        return value
    if months := said(value, "monthsOfExperience"):
        try:
            years = float(months.replace(",", "")) / 12
        except ValueError:
            return ""
        return f"{years:g} years of experience" if years >= 1 else f"{months} months of experience"
    return said(value, "description", "name", "credentialCategory")


def _name(value: Json) -> str:
    """Of an organisation, or of the first of several."""
    first = next(iter(many(value)), None)
    return first if isinstance(first, str) else said(first, "name", "legalName")


def _location(job: Mapping[str, Json]) -> str:
    places = []
    for place in many(job.get("jobLocation")):
        address = place.get("address") if isinstance(place, Mapping) else place
        if isinstance(address, str):
            places.append(address)
        elif isinstance(address, Mapping):
            named = [
                said(address, key) or said(part(address, key), "name")
                for key in ("addressLocality", "addressRegion", "addressCountry")
            ]
            places.append(", ".join(dict.fromkeys(filter(None, named))))
        else:
            places.append(said(place, "name"))
    if "TELECOMMUTE" in map(str, many(job.get("jobLocationType"))):
        within = [_name(place) for place in many(job.get("applicantLocationRequirements"))]
        places.append(f"Remote ({', '.join(filter(None, within))})" if any(within) else "Remote")
    return "; ".join(dict.fromkeys(filter(None, places)))


def _salary(job: Mapping[str, Json]) -> str:
    pay = next(iter(many(job.get("baseSalary") or job.get("estimatedSalary"))), None)
    currency = said(pay, "currency") or said(job, "salaryCurrency")
    if not isinstance(pay, Mapping):
        return f"{currency} {said({'': pay}, '')}".strip() if said({"": pay}, "") else ""
    amount = part(pay, "value") or pay
    low, high = said(amount, "minValue"), said(amount, "maxValue")
    value = f"{low} – {high}" if low and high and low != high else low or high or said(amount, "value")
    unit = said(amount, "unitText") or said(pay, "unitText")
    return f"{currency} {value} {_UNITS.get(unit.lower(), unit.lower())}".strip() if value else ""


def _readable(kind: str) -> str:
    """FULL_TIME and FullTime as people write it."""
    return (
        re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", kind)
        .strip()
        .capitalize()
        .replace("Full time", "Full-time")
        .replace("Part time", "Part-time")
    )
