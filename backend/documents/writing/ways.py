"""The ways to reach somebody, as text and, where they are an address, as a link."""

import re
from urllib.parse import quote

from backend.documents.writing.read_back import one_line
from backend.domain.model import Model
from backend.domain.resume import Contact
from backend.domain.text import clean

_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#]\S*)?")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
_IN_EMAIL = "@+!*'"
_LABELS = {"github": "GitHub", "gitlab": "GitLab", "linkedin": "LinkedIn", "orcid": "ORCID", "url": "Website"}


class Way(Model):
    """One way to reach somebody. `href` is empty where the text is no address; it is http(s), mailto or tel."""

    text: str
    href: str = ""
    label: str = ""


def ways_to_reach(contact: Contact) -> tuple[Way, ...]:
    """Email, phone, location and links, in that order, as far as there are any."""
    ways = []
    if email := _line(contact.email):
        ways.append(Way(text=email, href=f"mailto:{quote(email, safe=_IN_EMAIL)}" if _EMAIL.fullmatch(email) else ""))
    if phone := _line(contact.phone):
        digits = re.sub(r"[^\d+]", "", phone)
        ways.append(Way(text=phone, href=f"tel:{digits}" if len(digits) >= 7 else ""))
    if location := ", ".join(part for line in clean(contact.location).split("\n") if (part := _line(line))):
        ways.append(Way(text=location))
    ways.extend(
        link(_line(address), _line(label)) for label, address in contact.links if _line(address) or _line(label)
    )
    return tuple(ways)


def link(address: str, label: str = "") -> Way:
    """An address as a link, shown without its scheme; only web addresses become one."""
    name = _LABELS.get(label.lower(), label[:1].upper() + label[1:])
    if not _ADDRESS.fullmatch(address):
        return Way(text=address, label=name)
    text = re.sub(r"^https?://(?:www\.)?|/$", "", address)
    # "GitHub github.com/ada" says the same thing twice.
    name = "" if re.sub(r"\W", "", name.lower()) in re.sub(r"\W", "", text.lower()) or name == "Website" else name
    return Way(
        text=text,
        href=address if address.startswith("http") and "://" in address[:8] else f"https://{address}",
        label=name,
    )


def _line(text: str) -> str:
    return " ".join(one_line(clean(text)).split())
