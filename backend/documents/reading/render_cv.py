"""RenderCV's YAML -> a stored document.

Sections have whatever titles the writer likes; what an entry is shows in its fields, and where it goes in both. Only how the
page is designed (`design`, `locale`, `settings`) is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backend.documents.reading import dates
from backend.documents.reading.body import listed
from backend.documents.reading.described import described, free_title
from backend.documents.reading.headings import key_of
from backend.documents.reading.lines import without_marks
from backend.documents.reading.short_sections import languages_of_text
from backend.documents.reading.text_resume import HEADLINE

_PROFILES = {
    "linkedin": "https://linkedin.com/in/{}", "github": "https://github.com/{}", "gitlab": "https://gitlab.com/{}",
    "x": "https://x.com/{}", "orcid": "https://orcid.org/{}", "instagram": "https://instagram.com/{}",
    "youtube": "https://youtube.com/@{}", "leetcode": "https://leetcode.com/u/{}", "telegram": "https://t.me/{}",
    "google scholar": "https://scholar.google.com/citations?user={}", "stackoverflow": "https://stackoverflow.com/users/{}",
    "researchgate": "https://researchgate.net/profile/{}", "bluesky": "https://bsky.app/profile/{}",
    "whatsapp": "https://wa.me/{}",
}  # fmt: skip
_SHOWN = ("bullet", "number", "reversed_number")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^\s()]{1,500})\)")
_NESTED = re.compile(r"\s+-\s+(?=\S)")


def is_render_cv(source: Mapping[str, Any]) -> bool:
    """Whether a mapping has RenderCV's `cv` with at least a name or sections in it."""
    cv = source.get("cv")
    return isinstance(cv, Mapping) and bool(cv.keys() & {"name", "sections", "email"})


def render_cv(source: Mapping[str, Any]) -> dict[str, Any]:
    cv = source["cv"]
    document: dict[str, Any] = {"contact": _contact(cv), "summary": "", "work_experience": []}
    if headline := _text(cv.get("headline") or cv.get("label")):
        document[HEADLINE] = [headline]
    sections = cv.get("sections")
    for title, entries in (sections if isinstance(sections, Mapping) else {}).items():
        name = str(title).replace("_", " ")
        _add(
            document,
            name if name != name.lower() else name.title(),
            entries if isinstance(entries, list) else [entries],
        )
    known = {"name", "headline", "label", "location", "email", "phone", "website", "social_networks", "custom_connections", "photo", "sections"}  # fmt: skip
    for key, value in cv.items():
        if key not in known:
            document.setdefault(free_title(str(key)), []).extend(_flat(value))
    return {key: value for key, value in document.items() if value or key in ("contact", "summary", "work_experience")}


def _contact(cv: Mapping[str, Any]) -> dict[str, Any]:
    contact: dict[str, Any] = {}
    for key in ("name", "email", "phone", "location", "website"):
        first, *more = [*_flat(cv.get(key)), ""]
        if first:
            contact[key] = first.removeprefix("tel:") if key == "phone" else first
        for number, value in enumerate(filter(None, more), 2):
            contact[f"{key} {number}"] = value.removeprefix("tel:")
    for profile in _mappings(cv.get("social_networks")):
        network, user = _text(profile.get("network")), _text(profile.get("username"))
        pattern = _PROFILES.get(network.lower(), "{}")
        _put(contact, network or "Profile", pattern.format(user.lstrip("@") if "@{" in pattern else user))
    for link in _mappings(cv.get("custom_connections")):
        label, address = _text(link.get("placeholder")), _text(link.get("url"))
        _put(contact, label if address else "Link", address or label)
    if photo := _text(cv.get("photo")):
        contact["photo"] = {"url": photo}  # kept, but no way to reach somebody
    return contact


def _put(contact: dict[str, Any], label: str, value: str) -> None:
    key, number = label, 1
    while key in contact:
        number += 1
        key = f"{label} {number}"
    if value:
        contact[key] = value


def _add(document: dict[str, Any], title: str, entries: Sequence[Any]) -> None:
    key = key_of(title)
    for entry in entries:
        if not isinstance(entry, Mapping) or any(name in entry for name in _SHOWN):
            text = _text(entry) if not isinstance(entry, Mapping) else " ".join(_flat(entry))
            _add_line(document, key, title, text)
        elif ("company" in entry or "position" in entry) and key != "":
            document["work_experience"].append(_entry(entry, {"position": "title"}))
        elif "institution" in entry:
            document.setdefault("education", []).append(_education(entry))
        elif "label" in entry and set(entry) <= {"label", "details"}:
            _add_pair(document, key, title, _text(entry.get("label")), _text(entry.get("details")))
        elif "name" in entry and key in ("work_experience", "projects"):
            target = {"work_experience": "title", "projects": "name"}[key]
            document.setdefault(key, []).append(_entry(_linked(entry), {"name": target}))
        elif "name" in entry and key == "certifications":
            document.setdefault(key, []).append(_certificate(entry))
        else:
            _add_lines(document, key, title, entry)


def _add_line(document: dict[str, Any], key: str | None, title: str, text: str) -> None:
    if not text:
        return
    if key == "summary":
        document["summary"] = "\n\n".join(part for part in (document["summary"], text) if part)
    elif key == "skills":
        document.setdefault("skills", []).extend(listed(text))
    elif key == "languages":
        document.setdefault("languages", []).extend(languages_of_text(text))
    elif key in ("achievements", "certifications"):
        document.setdefault(key, []).append(text)
    else:
        document.setdefault(free_title(title), []).append(text)


def _add_pair(document: dict[str, Any], key: str | None, title: str, label: str, details: str) -> None:
    if key == "skills":
        document.setdefault("skills", []).append({"category": label, "items": listed(details)})
    elif key == "languages":
        document.setdefault("languages", []).append({"language": label, "fluency": details})
    else:
        _add_line(document, key, title, ": ".join(part for part in (label, details) if part))


def _add_lines(document: dict[str, Any], key: str | None, title: str, entry: Mapping[str, Any]) -> None:
    """An entry that we have no model for: its heading in one line, its highlights below."""
    names = [text for name in ("title", "name", "position", "company") if (text := _text(entry.get(name)))]
    used = {"title", "name", "position", "company", "highlights", *_DATES}
    start, end = _dates(entry)
    period = " – ".join(part for part in dict.fromkeys((start, end)) if part)
    more = [text for name, value in entry.items() if name not in used for text in _flat(value)]
    heading = ", ".join(names) + (f" ({period})" if period else "")
    _add_line(
        document, key if key == "achievements" else None, title, ": ".join(p for p in (heading, ", ".join(more)) if p)
    )
    for line in _highlights(entry):
        _add_line(document, key if key == "achievements" else None, title, line)


_DATES = ("date", "start_date", "end_date")


def _dates(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Start and end, as the parser of text gives them; a lone `date` is both, or the range that it says."""
    start, end, lone = (_text(entry.get(name)) for name in ("start_date", "end_date", "date"))
    if lone:
        found = dates.find(lone)
        return (found.start, found.end) if found else (lone, lone)
    if start and not end:
        end = "present"
    return dates.point(start) or start, dates.point(end) or end


def _entry(entry: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    own = {
        renamed.get(key, key): value for key, value in entry.items() if key not in (*_DATES, "summary", "highlights")
    }
    start, end = _dates(entry)
    return described(
        {
            **{key: _text(value) if isinstance(value, str) else value for key, value in own.items()},
            "start_date": start,
            "end_date": end,
            "prose": _text(entry.get("summary")),
            "highlights": _highlights(entry),
        }
    )


def _linked(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """A name that is a link ("[Chat](https://…)") as the name and its address."""
    match = _LINK.fullmatch(str(entry["name"]).strip())
    return {**entry, "name": match[1], "url": match[2]} if match and "url" not in entry else entry


def _education(entry: Mapping[str, Any]) -> dict[str, Any]:
    start, end = _dates(entry)
    shown = {"institution", "degree", "location"}
    values = {key: _text(entry.get(key)) for key in ("institution", "degree", "location")}
    values |= {"field": _text(entry.get("area")), "start_date": start if start != end else "", "end_date": end}
    rest = [
        text
        for key, value in entry.items()
        if key not in (*shown, *_DATES, "area", "highlights")
        for text in _flat(value)
    ]
    details = [*rest, *_highlights(entry)]
    return {key: value for key, value in values.items() if value} | ({"details": details} if details else {})


def _certificate(entry: Mapping[str, Any]) -> dict[str, Any]:
    start, end = _dates(entry)
    rest = [text for key, value in entry.items() if key not in ("name", *_DATES) for text in _flat(value)]
    values = {"name": _text(entry.get("name")), "issuer": ", ".join(rest), "date": end or start}
    return {key: value for key, value in values.items() if value}


def _highlights(entry: Mapping[str, Any]) -> list[str]:
    """Each highlight; " - " inside one begins a bullet of its own below it."""
    return [part for text in _flat(entry.get("highlights")) for part in _NESTED.split(text) if part]


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _flat(item)
    elif text := _text(value):
        yield text


def _text(value: Any) -> str:
    return without_marks(str(value)).strip() if isinstance(value, str | int | float) else ""


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
