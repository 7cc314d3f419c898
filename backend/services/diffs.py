"""What a tailoring changed, and why."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain.diff import ResumeDiff, diff, original_of
from backend.domain.stored_shape import read
from backend.domain.tailoring import Tailoring
from backend.errors import Conflict
from backend.services.tailorings import Tailorings


def compare(original: Mapping[str, Any], tailored: Mapping[str, Any], *, include_minor: bool = True) -> ResumeDiff:
    """Two documents of the stored shape, from whatever tool."""
    return diff(read(original), read(tailored), include_minor=include_minor)


def changes_of(tailoring: Tailoring, *, include_minor: bool = True) -> ResumeDiff:
    """What a run changed, each change with its reason and evidence. The original is worked out from the record, because the
    stored resume may have been edited since. Conflict if the record does not fit together."""
    tailored = read(tailoring.tailored_resume)
    try:
        original = original_of(tailored, tailoring.edits)
    except (ValueError, KeyError, IndexError) as error:
        raise Conflict(
            f"The tailored resume of {tailoring.id!r} is not what its edits make, so its changes cannot be told. "
            "Tailor the resume again."
        ) from error
    sources = [source for edit in tailoring.edits for source in edit.sources]
    return diff(original, tailored, tailoring.edits, sources, include_minor=include_minor)


@dataclass(frozen=True)
class Diffs:
    tailorings: Tailorings

    async def of_tailoring(self, user_id: str, tailoring_id: str, *, include_minor: bool = True) -> ResumeDiff:
        """NotFound if the tailoring is not this person's."""
        tailoring = await self.tailorings.get(user_id, tailoring_id)
        # Some milliseconds for a resume as people have them, three seconds for the largest that is taken.
        return await asyncio.to_thread(changes_of, tailoring, include_minor=include_minor)
