"""Places at the end of titles and employers: "Acme, Austin, TX". And what could be a town that we do not know."""

import re
from collections.abc import Sequence

from backend.documents.reading import vocabulary

_NO_TOWN = vocabulary.TITLES | vocabulary.COMPANIES | vocabulary.DEPARTMENTS


def without_place(text: str, *, guess: bool, names: int = 1) -> tuple[str, str]:
    """ "Acme, Austin, TX" as ("Acme", "Austin, TX"). With `guess`, one unknown name after a comma is a place too. `names`
    is how many parts should be left: of "Engineer, Acme, Texas" only the last is a place."""
    if (match := re.fullmatch(r"(.+?[^\W\d_]{3})\.\s+([^.]+)", text)) and vocabulary.is_place(match[2]):
        return match[1], match[2]  # "Acme. Austin, TX"
    parts = comma_parts(text)
    sizes = [size for size in (3, 2, 1) if len(parts) > size and _may_be_place(parts[-size:], alone=names > 1)]
    sizes.sort(key=lambda size: not vocabulary.is_sure_place(", ".join(parts[-size:])) or size == 1)
    for size in sizes:
        tail = ", ".join(parts[-size:])
        if len(parts) - size >= names or vocabulary.is_sure_place(tail):
            if size == 1 and guess and len(parts) > 2 and could_be_city(parts[-2]):
                return ", ".join(parts[:-2]), ", ".join(parts[-2:])
            return ", ".join(parts[:-size]), tail
    if (match := re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text)) and vocabulary.is_place(match[2]):
        return match[1], match[2]
    if guess and len(parts) == 2 and could_be_city(parts[1]):
        return parts[0], parts[1]
    return text, ""


def comma_parts(text: str) -> list[str]:
    """What stands between commas; "Acme, Inc." is one name."""
    parts = [part.strip() for part in text.split(",")]
    for index in range(len(parts) - 1, 0, -1):
        if re.fullmatch(r"(?:Inc|LLC|LLP|Ltd|Limited|Co|Corp|GmbH|PLC|Pvt)\.?(?: Ltd\.?)?", parts[index]):
            parts[index - 1 : index + 1] = [f"{parts[index - 1]}, {parts[index]}"]
    return parts


def _may_be_place(parts: Sequence[str], *, alone: bool) -> bool:
    """With `alone`, "TX" by itself is one."""
    return vocabulary.is_place(", ".join(parts)) or (alone and len(parts) == 1 and vocabulary.is_state(parts[0]))


def could_be_city(text: str) -> bool:
    """Whether a text has one to three words, none of which is at home in titles or employers."""
    found = re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*(?: [^\W\d_][^\W\d_.'’-]*){0,2}", text)
    words = set(vocabulary.plain_words(text))
    return bool(found) and text[0].isupper() and not words & _NO_TOWN


def could_be_town(text: str) -> bool:
    """As `could_be_city`, where nothing else in the text says that it is a title or an employer; "Tartu, Estonia" too."""
    head, _, tail = text.partition(", ")
    known = vocabulary.title_score(text) or vocabulary.company_score(text)
    return not known and could_be_city(head) and (not tail or vocabulary.is_place(text))


def is_title_in_unit(text: str) -> bool:
    """ "Director, Product Management" """
    head, _, tail = text.partition(",")
    return vocabulary.title_score(head) >= 3 and are_units([tail])


def are_units(parts: Sequence[str]) -> bool:
    """Whether every word names a part of an employer: "Product Management"."""
    return {word for part in parts for word in vocabulary.plain_words(part)} <= vocabulary.DEPARTMENTS
