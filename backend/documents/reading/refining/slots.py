"""The fields that may be filled, by their path, and what a value must look like to go into one."""

import re
from typing import Final, NamedTuple

from backend.documents.reading import dates
from backend.documents.reading.contact import is_email, is_phone
from backend.documents.reading.pieces import URL
from backend.domain.injection import instructs

CONTACT: Final = ("name", "email", "phone", "location")
HEADINGS: Final = {
    "work_experience": ("title", "company", "location", "start_date", "end_date"),
    "education": ("institution", "degree", "field", "location", "start_date", "end_date"),
    "projects": ("name", "role", "url", "start_date", "end_date"),
}
"""The fields of an entry that hold one value each."""
LINES: Final = {"work_experience": "highlights", "education": "details", "projects": "highlights"}
LISTS: Final = ("skills", "achievements")
DATES: Final = ("start_date", "end_date")
_PATH = re.compile(
    rf"/contact/(?P<contact>{'|'.join(CONTACT)})|/(?P<list>{'|'.join(LISTS)})/(?:-|\d{{1,3}})|(?P<summary>/summary)"
    r"|/(?P<section>work_experience|education|projects)/(?P<index>\d{1,3})/(?P<field>[a-z_]+)(?:/(?P<item>-|\d{1,3}))?"
)
_LONGEST_HEADING, _LONGEST_LINE = 120, 1_000
_NAME_WORDS = 6


class Slot(NamedTuple):
    """`group` is what stands or falls together: an entry ("work_experience", 0), the contact, a list. `is_line` says that
    it takes one more line, not the one value of a field."""

    group: tuple[str, int]
    name: str
    is_line: bool = False

    @property
    def path(self) -> str:
        section, index = self.group
        if section == "summary":
            return "/summary"
        base = f"/{section}/{index}" if section in HEADINGS else f"/{section}"
        return f"{base}/{self.name}" if self.name else base


def slot_of(path: str) -> Slot | None:
    """None for a path that is no field, or one that is not for others to fill."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    if match["contact"]:
        return Slot(("contact", 0), match["contact"])
    if match["list"]:
        return Slot((match["list"], 0), "", is_line=True)
    if match["summary"]:
        return Slot(("summary", 0), "summary")
    section, name = match["section"], match["field"]
    is_line = match["item"] is not None
    if name not in ((LINES[section],) if is_line else HEADINGS[section]):
        return None
    return Slot((section, int(match["index"])), name, is_line)


def value_of(slot: Slot, text: str) -> str | None:
    """The value that a text of the source makes in a field; None where it cannot be one."""
    text = " ".join(text.split())
    if not any(map(str.isalnum, text)) or instructs(text):
        return None
    if slot.is_line or slot.name == "summary":
        return text if len(text) <= _LONGEST_LINE else None
    if len(text) > _LONGEST_HEADING:
        return None
    if slot.name in DATES:
        return _date(slot.name, text)
    if slot.name == "email":
        return text if is_email(text) else None
    if slot.name == "phone":
        return text if is_phone(text) else None
    if slot.name == "url":
        return text if URL.fullmatch(text) else None
    return text if _is_named(slot.name, text) else None


def _date(name: str, text: str) -> str | None:
    """One date, or the end of a range that goes by this name."""
    if one := dates.point(text):
        return one
    found = dates.find(text)
    if found is None or found.single or (found.begin, found.finish) != (0, len(text)):
        return None
    return dates.point(found.start if name == "start_date" else found.end)


def _is_named(name: str, text: str) -> bool:
    """Whether a text could be a name: of a person, a place, an employer, a degree."""
    if not any(map(str.isalpha, text)) or is_email(text) or dates.point(text):
        return False
    if name == "name" and (len(text.split()) > _NAME_WORDS or any(map(str.isdigit, text))):
        return False
    return name == "company" or URL.fullmatch(text) is None
