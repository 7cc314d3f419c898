"""A diff as text: a head for each place, then what goes and what comes, with the reasons as comments."""

from collections.abc import Iterator

from backend.domain.diff.changes import Change, ResumeDiff

TITLES = {
    "contact": "Contact", "summary": "Summary", "work_experience": "Experience", "projects": "Projects",
    "education": "Education", "skills": "Skills", "certifications": "Certifications", "languages": "Languages",
    "achievements": "Achievements", "extras": "Other sections",
}  # fmt: skip


def unified(diff: ResumeDiff, *, original: str = "original", tailored: str = "tailored") -> str:
    """Lines that begin with "-" go, with "+" come, with "#" explain; a line that only moved goes and comes. A text of several
    lines gives as many. "" where nothing differs."""
    return "".join(f"{line}\n" for line in _lines(diff, original, tailored))


def _lines(diff: ResumeDiff, original: str, tailored: str) -> Iterator[str]:
    if not diff.sections:
        return
    yield f"--- {original}"
    yield f"+++ {tailored}"
    for section in diff.sections:
        head = ""
        for change in section.changes:
            place = " · ".join(part for part in (TITLES[section.section], change.entry) if part)
            if place != head:
                head = place
                yield f"@@ {_flat(head)} @@"
            yield from _change(change)


def _change(change: Change) -> Iterator[str]:
    if change.moved:
        yield f"# {change.label} moved from {change.before_path} to {change.after_path}"
    if change.reason:
        yield f"# why: {_flat(change.reason)}"
    for item in change.evidence:
        yield f"# evidence {item.id}: {_flat(item.text)}"
    if change.kind != "added":
        yield from (f"-{line}" for line in change.before.split("\n"))
    if change.kind != "removed":
        yield from (f"+{line}" for line in change.after.split("\n"))


def _flat(text: str) -> str:
    return " ".join(text.split())
