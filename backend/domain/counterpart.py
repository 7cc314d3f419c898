"""Which entry of one resume is which entry of another."""

from collections.abc import Sequence

from backend.domain.resume import Project, WorkEntry
from backend.domain.text import clean, words


def same(text: str) -> str:
    """What two writings of one line share: case, spacing, the marks at its end and the kind of its quotes do not count."""
    return " ".join(word.text.casefold() for word in words(clean(text))) or text.strip()


def counterpart(entry: WorkEntry | Project, known: Sequence[WorkEntry | Project], left: Sequence[int]) -> int | None:
    """The place in `known`, among those in `left`, of the entry that this one is: most of employer, title and start the
    same, the employer or the title at least; None if there is none."""

    def likeness(other: WorkEntry | Project) -> float:
        if isinstance(entry, WorkEntry) and isinstance(other, WorkEntry):
            company = same(entry.company) == same(other.company)
            title = same(entry.title) == same(other.title)
            start = bool(entry.start_date) and entry.start_date == other.start_date
            shared = len(set(entry.highlights) & set(other.highlights))
            return (
                2 * company + 1.5 * title + start + 0.5 * min(shared, 2)
                if company or title or (start and shared)
                else 0
            )
        if isinstance(entry, Project) and isinstance(other, Project):
            return 2.0 * (same(entry.name) == same(other.name)) + len(set(entry.highlights) & set(other.highlights))
        return 0

    scored = [(likeness(known[index]), -index) for index in left]
    best, negative = max(scored, default=(0, 0))
    return -negative if best > 0 else None
