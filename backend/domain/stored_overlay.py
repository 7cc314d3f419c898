"""`Resume` -> the portfolio's stored document.

Documents are written by others and hold fields we do not know, so nothing is written back but what an edit changed:
`overlay` returns the document it was given, equal to the byte except where the tailored resume differs.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from backend.domain.resume import Project, Resume, WorkEntry
from backend.domain.stored_shape import (
    BULLET,
    SECTIONS,
    Document,
    group_key,
    items_of,
    line_of,
    list_key,
    skill_slots,
    split_description,
)


def new_document(resume: Resume) -> dict[str, Any]:
    """A stored document for a resume that came from elsewhere; empty parts are left out."""

    def filled(values: Mapping[str, Any]) -> dict[str, Any]:
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}

    def described(entry: WorkEntry | Project) -> dict[str, Any]:
        values = entry.model_dump(exclude={"summary", "highlights"})
        prose = entry.summary if isinstance(entry, WorkEntry) else values.pop("description")
        lines = [*([prose] if prose else []), *(f"- {highlight}" for highlight in entry.highlights)]
        return filled({**values, "description": "\n".join(lines)})

    contact = filled(resume.contact.model_dump(exclude={"links"})) | {
        label.lower().replace(" ", "_"): address for label, address in resume.contact.links
    }
    document = {
        "contact": contact,
        "summary": resume.summary,
        "work_experience": [described(entry) for entry in resume.work_experience],
        "education": [filled(item.model_dump()) for item in resume.education],
        "skills": list(resume.skills),
        "achievements": list(resume.achievements),
        "projects": [described(entry) for entry in resume.projects],
        "certifications": [filled(item.model_dump()) for item in resume.certifications],
        "languages": [filled(item.model_dump()) for item in resume.languages],
    }
    kept = {key: value for key, value in document.items() if value or key in ("contact", "summary", "work_experience")}
    return kept | {extra.title: list(extra.lines) for extra in resume.extras}


def overlay(
    document: Document, original: Resume, tailored: Resume, project_order: Sequence[int] | None = None
) -> dict[str, Any]:
    """`document` with what differs between `original` (its reading) and `tailored` written into it.

    `project_order[n]` is the original place of the tailored resume's n-th project.
    """
    result: dict[str, Any] = deepcopy(dict(document))
    if tailored.summary != original.summary:
        result[_key(result, SECTIONS["summary"])] = tailored.summary
    for index, (old, new) in enumerate(zip(original.work_experience, tailored.work_experience, strict=True)):
        if old.highlights != new.highlights:
            _write_highlights(_slots(result, "work_experience")[index], old.highlights, new.highlights)
    order = list(project_order) if project_order is not None else list(range(len(original.projects)))
    if tailored.projects != original.projects:
        items = _slots(result, "projects")
        for place, project in zip(order, tailored.projects, strict=True):
            if original.projects[place].highlights != project.highlights:
                _write_highlights(items[place], original.projects[place].highlights, project.highlights)
        result[_key(result, SECTIONS["projects"])] = [items[place] for place in order]
    if tailored.skills != original.skills:
        key = _key(result, SECTIONS["skills"])
        result[key] = _written_skills(result.get(key), tailored.skills)
    if tailored.achievements != original.achievements:
        key = _key(result, SECTIONS["achievements"])
        left = [(line_of(item), item) for item in items_of(result.get(key))]
        result[key] = [_taken(left, text) for text in tailored.achievements]
    return result


def _write_highlights(item: dict[str, Any], old: Sequence[str], new: Sequence[str]) -> None:
    if listed := list_key(item):
        left = list(zip(old, [raw for raw in item[listed] if line_of(raw)], strict=False))
        item[listed] = [_taken(left, text) for text in new]
        return
    parts = split_description(str(item.get("description") or ""))
    raws = [(text, raw) for raw, text in parts if text is not None]
    marker = "- "
    if raws and (match := BULLET.match(raws[0][1])):
        marker = "- " if match.group().strip()[0].isdigit() else match.group()
    fresh = [_taken(raws, text, marker) for text in new]
    slots = [index for index, (_, highlight) in enumerate(parts) if highlight is not None]
    lines: list[str] = []
    for index, (raw, highlight) in enumerate(parts):
        if highlight is None:
            lines.append(raw)
        elif fresh:
            lines.append(fresh.pop(0))
        if slots and index == slots[-1]:
            lines.extend(fresh)
            fresh = []
    item["description"] = "\n".join([*lines, *fresh]).lstrip("\n")


def _taken(left: list[tuple[str, Any]], text: str, marker: str = "") -> Any:
    """The raw item that was read as `text`, each used once; else the text itself."""
    for index, (read_as, raw) in enumerate(left):
        if read_as == text:
            del left[index]
            return raw
    return marker + text


def _written_skills(value: Any, names: Sequence[str]) -> Any:
    """The skills in their new order, in whatever shape the document keeps them: flat, objects or groups."""
    if isinstance(value, Mapping) and value:
        groups = [(key, list(skill_slots(items))) for key, items in value.items()]
        return {key: group for (key, _), group in zip(groups, _regrouped([g for _, g in groups], names), strict=True)}
    items = items_of(value)
    if any(isinstance(item, Mapping) and group_key(item) for item in items):
        slots = [list(skill_slots([item])) for item in items]
        regrouped = _regrouped(slots, names)
        return [
            {**item, key: group} if isinstance(item, Mapping) and (key := group_key(item)) else item
            for item, group in zip(items, regrouped, strict=True)
        ]
    left = list(skill_slots(value))
    return [_taken(left, name) for name in names]


def _regrouped(groups: list[list[tuple[str, Any]]], names: Sequence[str]) -> list[list[Any]]:
    result: list[list[Any]] = [[] for _ in groups]
    left = [(name, (number, raw)) for number, group in enumerate(groups) for name, raw in group]
    for name in names:
        taken = _taken(left, name)
        number, raw = taken if isinstance(taken, tuple) else (len(groups) - 1, taken)
        result[number].append(raw)
    return result


def _slots(document: dict[str, Any], section: str) -> list[dict[str, Any]]:
    items = document[_key(document, SECTIONS[section])]
    return [item for item in (items if isinstance(items, list) else [items]) if isinstance(item, dict)]


def _key(document: Document, aliases: Sequence[str]) -> str:
    return next((key for key in aliases if document.get(key)), aliases[0])
