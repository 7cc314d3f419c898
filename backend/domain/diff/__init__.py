"""Original against tailored: structured, and as unified text."""

from backend.domain.diff.changes import Change, Kind, ResumeDiff, SectionDiff, Segment
from backend.domain.diff.original import original_of
from backend.domain.diff.resume_diff import diff
from backend.domain.diff.unified import TITLES, unified

__all__ = ["TITLES", "Change", "Kind", "ResumeDiff", "SectionDiff", "Segment", "diff", "original_of", "unified"]
