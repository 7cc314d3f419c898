"""A resume as one HTML page that needs nothing else: to read, to print, or to turn into a PDF."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.documents.reading.dates import point, shown
from backend.documents.reading.text_resume import HEADLINE
from backend.documents.writing.read_back import prose_lines
from backend.domain.resume import Contact, Resume

_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
_DAY = re.compile(r"^(\d{4}-\d\d)-\d\d$")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_LABELS = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn", "orcid": "ORCID", "url": "Website"}


class Way(NamedTuple):
    """One way to reach somebody. `href` is empty where the text is no address."""

    text: str
    href: str = ""
    label: str = ""


def html(resume: Resume, *, lang: str = "en") -> str:
    """The page, in the language `lang` (BCP 47). Sections that are empty are left out."""
    return (
        _environment()
        .get_template("classic.html")
        .render(
            resume=resume,
            lang=lang,
            ways=_ways(resume.contact),
            headlines=[line for extra in resume.extras if extra.title == HEADLINE for line in extra.lines],
            extras=[extra for extra in resume.extras if extra.title != HEADLINE],
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"paragraphs": prose_lines, "way": _link}
    environment.globals |= {"period": _period}
    return environment


def _period(start: str, end: str) -> str:
    # The day is of no use to a reader: 2013-12-01 is December 2013.
    first, last = (shown(_DAY.sub(r"\1", point(date) or date)) for date in (start, end))
    return " – ".join(date for date in (first, last) if date) if first != last else first


def _ways(contact: Contact) -> list[Way]:
    ways = []
    if contact.email:
        ways.append(Way(contact.email, f"mailto:{contact.email}" if _EMAIL.fullmatch(contact.email) else ""))
    if contact.phone:
        digits = re.sub(r"[^\d+]", "", contact.phone)
        ways.append(Way(contact.phone, f"tel:{digits}" if len(digits) >= 7 else ""))
    if contact.location:
        ways.append(Way(", ".join(contact.location.split("\n"))))
    ways.extend(_link(address, label) for label, address in contact.links)
    return ways


def _link(address: str, label: str = "") -> Way:
    """An address as a link, shown without its scheme; only web addresses become one."""
    name = _LABELS.get(label.lower(), label[:1].upper() + label[1:])
    if not _ADDRESS.fullmatch(address):
        return Way(address, "", name)
    text = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    # "GitHub github.com/ada" says the same thing twice.
    name = "" if re.sub(r"\W", "", name.lower()) in re.sub(r"\W", "", text.lower()) or name == "Website" else name
    return Way(text, address if "://" in address else f"https://{address}", name)
