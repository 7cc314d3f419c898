"""JSON Resume 1.2.1 -> a stored document.

Every field of the person's is kept: under our name where we have one, as lines of an extra section where we have not, and
beside the others in its entry where nothing reads it. Only `$schema` and `meta`, which describe the file, are left.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from backend.documents.reading.described import described, free_title
from backend.documents.reading.text_resume import HEADLINE

_RENAMED = {"startDate": "start_date", "endDate": "end_date"}


def is_json_resume(document: Mapping[str, Any]) -> bool:
    return isinstance(document.get("basics"), Mapping) or (
        isinstance(document.get("work"), list) and not document.keys() & {"contact", "work_experience"}
    )


def json_resume(source: Mapping[str, Any]) -> dict[str, Any]:
    basics = source.get("basics") if isinstance(source.get("basics"), Mapping) else {}
    document: dict[str, Any] = {
        "contact": _contact(basics or {}),
        "summary": _text((basics or {}).get("summary")),
        "work_experience": [_work(item) for item in _entries(source, "work")],
        "education": [_education(item) for item in _entries(source, "education")],
        "skills": [_skill(item) for item in _items(source, "skills")],
        "achievements": [
            _line(item, "title", "awarder", date="date", prose="summary") for item in _items(source, "awards")
        ],
        "projects": [_project(item) for item in _entries(source, "projects")],
        "certifications": list(_items(source, "certificates")),
        "languages": list(_items(source, "languages")),
        HEADLINE: [label] if (label := _text((basics or {}).get("label"))) else [],
        "Volunteer": [line for item in _entries(source, "volunteer") for line in _volunteering(item)],
        "Publications": [
            _line(item, "name", "publisher", date="releaseDate", prose="summary")
            for item in _items(source, "publications")
        ],
        "Interests": [_interest(item) for item in _items(source, "interests")],
        "References": [_line(item, "name", prose="reference") for item in _items(source, "references")],
    }
    stray = [
        text
        for key in _OF_ENTRIES
        for item in _items(source, key)
        if not isinstance(item, Mapping)
        for text in _flattened(item)
    ]
    document["Other"] = stray
    for key, value in source.items():
        if key not in _KNOWN:
            document.setdefault(free_title(key), []).extend(_flattened(value))
    return {k: v for k, v in document.items() if v or k in ("contact", "summary", "work_experience")}


_KNOWN = frozenset(
    """$schema meta basics work education skills awards projects certificates languages volunteer publications interests
    references""".split()
)
_OF_ENTRIES = ("work", "education", "projects", "volunteer")


def _contact(basics: Mapping[str, Any]) -> dict[str, Any]:
    contact: dict[str, Any] = {key: text for key in ("name", "email", "phone") if (text := _text(basics.get(key)))}
    location = basics.get("location")
    if isinstance(location, Mapping):
        # In the order in which an address is read aloud.
        order = ("address", "city", "region", "postalCode", "countryCode")
        contact["location"] = {
            key: location[key] for key in (*order, *(location.keys() - set(order))) if location.get(key)
        }
    elif _text(location):
        contact["location"] = _text(location)
    if url := _text(basics.get("url")):
        contact["website"] = url
    for profile in _entries(basics, "profiles"):
        network, user, url = (_text(profile.get(key)) for key in ("network", "username", "url"))
        # An address that does not show who it is needs the user's name beside it.
        label = " ".join(part for part in (network or "Profile", user if url and user not in url else "") if part)
        _put(contact, label, url or user)
    known = {"name", "email", "phone", "location", "url", "profiles", "label", "summary"}
    for key in sorted(basics.keys() - known):
        if basics[key] and key not in contact:
            # Kept, but not shown among the links: a picture's address is no way to reach somebody.
            contact[key] = basics[key] if key != "image" else {"url": basics[key]}
    return contact


def _put(contact: dict[str, Any], label: str, value: str) -> None:
    key, number = label, 1
    while key in contact:
        number += 1
        key = f"{label} {number}"
    if value:
        contact[key] = value


def _work(item: Mapping[str, Any]) -> dict[str, Any]:
    renamed = _RENAMED | {"position": "title", "name": "company"}
    return _described(item, renamed, ("description", "summary"))


def _project(item: Mapping[str, Any]) -> dict[str, Any]:
    values = _described(item, _RENAMED | {"keywords": "technologies"}, ("description",))
    roles = values.pop("roles", None)
    if isinstance(roles, list) and roles:
        values["role"] = ", ".join(_text(role) for role in roles)
    elif roles:
        values["role"] = roles
    return values


def _described(item: Mapping[str, Any], renamed: Mapping[str, str], prose: tuple[str, ...]) -> dict[str, Any]:
    values = {renamed.get(key, key): value for key, value in item.items() if key not in (*prose, "highlights")}
    paragraphs = [text for key in prose if (text := _text(item.get(key)))]
    return described({**values, "prose": "\n".join(paragraphs), "highlights": list(_flattened(item.get("highlights")))})


def _education(item: Mapping[str, Any]) -> dict[str, Any]:
    renamed = _RENAMED | {"studyType": "degree", "area": "field"}
    values = {renamed.get(key, key): value for key, value in item.items() if key not in ("score", "courses") and value}
    score = _text(item.get("score"))
    details = [*([f"Score: {score}"] if score else []), *_flattened(item.get("courses"))]
    return values | ({"details": details} if details else {})


def _skill(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    keywords = list(_flattened(item.get("keywords")))
    rest = {key: value for key, value in item.items() if key not in ("name", "keywords") and value}
    if keywords:
        return {"category": _text(item.get("name")), "items": keywords, **rest}
    return {"name": _text(item.get("name")), **rest}


def _interest(item: Any) -> str:
    if not isinstance(item, Mapping):
        return _text(item)
    keywords = ", ".join(_flattened(item.get("keywords")))
    return ": ".join(part for part in (_text(item.get("name")), keywords) if part)


def _volunteering(item: Mapping[str, Any]) -> list[str]:
    start, end = _text(item.get("startDate")), _text(item.get("endDate"))
    period = " – ".join(part for part in (start, end) if part)
    first = _line({**item, "period": period}, "position", "organization", date="period", used=("startDate", "endDate"))
    return [line for line in (first, *_flattened(item.get("highlights"))) if line]


def _line(item: Any, *names: str, date: str = "", prose: str = "summary", used: tuple[str, ...] = ()) -> str:
    """One line: the named fields, the date in brackets, the prose after a colon, then whatever else there is."""
    if not isinstance(item, Mapping):
        return _text(item)
    text = ", ".join(value for name in names if (value := _text(item.get(name))))
    if when := _text(item.get(date)):
        text = f"{text} ({when})" if text else when
    shown = {*names, date, prose, "highlights", *used}
    more = [
        _text(item.get(prose)),
        *(line for key, value in item.items() if key not in shown for line in _flattened(value)),
    ]
    rest = " ".join(part for part in more if part)
    return ": ".join(part for part in (text, rest) if part)


def _flattened(value: Any) -> Iterable[str]:
    """Every text in a value of any shape."""
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, str | int | float):  # a truth value is an int too, and no text
        if text := _text(value):
            yield text
    elif value is not None:
        for item in value:
            yield from _flattened(item)


def _text(value: Any) -> str:
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).replace("\r\n", "\n").strip() if plain else ""


def _items(source: Mapping[str, Any], key: str) -> list[Any]:
    value = source.get(key)
    items = value if isinstance(value, list) else [value]
    return [item for item in items if item and not isinstance(item, bool)]


def _entries(source: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [item for item in _items(source, key) if isinstance(item, Mapping)]
