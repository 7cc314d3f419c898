"""A page without data of its own -> what people read on it of the job."""

import re
from typing import Final

from lxml import etree

from backend.documents.job_pages.furniture import cleared, main_part, without_buttons
from backend.documents.job_pages.json_ld import HIDDEN_ORDERS
from backend.documents.job_pages.markup import seen, sheet_of
from backend.documents.reading.office.packages import local
from backend.domain.injection import instructs
from backend.domain.posting import Posting, one_line, posting_of

_HIRING = re.compile(
    r"(?P<company>.{2,80}?) (?:is )?hiring (?:an? )?(?P<title>.{2,120}?)(?: in (?P<location>.{2,80}?))?(?: \| .*)?"
)
_AT = re.compile(r"(?:Job Application for )?(?P<title>.{2,120}?) (?:at|@) (?P<company>.{2,80}?)(?:\s[|–—-]\s.*)?")
_CUT = re.compile(r"\s+[|–—·-]\s+")
_PLACE = re.compile(r"(?<![a-z])(?:job-?|posting-?)?locations?(?![a-z])", re.IGNORECASE)
_EMPLOYER = re.compile(r"(?<![a-z])(?:company|employer|organi[sz]ation)-?(?:name)?(?![a-z])", re.IGNORECASE)
_LONGEST_FIELD: Final = 100
_SEVERAL: Final = 2


def posting_on(root: etree._Element, url: str = "") -> Posting:
    """The job as the page shows it; its text is "" where the page shows nothing."""
    sheet = sheet_of(root)
    hinted = _hints(root)
    title, company, location = _titles(root)
    cleared(root)
    several = _listed_jobs(root)
    found = seen(main_part(root), sheet)
    text = without_buttons(found.text)
    named = posting_of(text)
    warnings = []
    if orders := [hidden for hidden in found.hidden if instructs(hidden)]:
        warnings.append(HIDDEN_ORDERS.format(f"“{one_line(orders[0], 120)}”"))
    if several >= _SEVERAL:
        warnings.append("The page seems to list several jobs. Give the address of the one you mean.")
    return Posting(
        title=title or one_line(named.title),
        company=one_line(named.company) or company or hinted["company"],
        location=one_line(named.location) or location or hinted["location"],
        text=text,
        url=url,
        source="readable",
        warnings=tuple(warnings),
    )


def _titles(root: etree._Element) -> tuple[str, str, str]:
    """Title, company and place from the page's heading and its title."""
    heading = next((text for h1 in root.iter("h1") if (text := one_line(" ".join(map(str, h1.itertext()))))), "")
    whole = _meta(root, "og:title") or next((one_line(str(title.text or "")) for title in root.iter("title")), "")
    company = _meta(root, "og:site_name")
    for form in (_HIRING, _AT):
        if match := form.fullmatch(whole):
            found = match.groupdict()
            return heading or found["title"], found["company"], found.get("location") or ""
    return heading or _CUT.split(whole)[0], company, ""


def _meta(root: etree._Element, name: str) -> str:
    for meta in root.iter("meta"):
        if name in (meta.get("property"), meta.get("name")):
            return one_line(meta.get("content") or "")
    return ""


def _hints(root: etree._Element) -> dict[str, str]:
    """Company and place from short elements that are named so."""
    found = {"company": "", "location": ""}
    for element in root.iter(etree.Element):
        if local(element) in ("script", "style", "form", "input", "select", "body", "html"):
            continue
        named = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-test", "data-qa"))
        for field, pattern in (("location", _PLACE), ("company", _EMPLOYER)):
            if not found[field] and pattern.search(named):
                text = one_line(" ".join(map(str, element.itertext())))
                found[field] = (
                    text if len(text) <= _LONGEST_FIELD and text.lower() not in ("location", "company") else ""
                )
    return found


def _listed_jobs(root: etree._Element) -> int:
    """How many other pages are linked by a heading, as lists of jobs do."""
    found = set()
    for name in ("h2", "h3", "h4"):
        for heading in root.iter(name):
            around = [heading, *heading.iterancestors("a"), *heading.iter("a")]
            found |= {link.get("href") for link in around if local(link) == "a" and link.get("href")}
    return len(found)
