"""What an extractor made of a file, before it is parsed: no more lines than thirty pages hold."""

from backend.documents.reading.extraction import Extraction
from backend.errors import InvalidInput

MAX_LINES, MAX_HEADINGS = 2_000, 300


def check_lines(extraction: Extraction) -> None:
    """Raises InvalidInput when there is more to parse than a resume has. Data is bounded by its values."""
    if extraction.kind not in ("json", "yaml") and len(extraction.lines) > MAX_LINES:
        raise InvalidInput(
            f"The file has {len(extraction.lines):,} lines of text; a resume may have {MAX_LINES:,}. Send the resume alone."
        )
    headings = sum(line.kind == "heading" for line in extraction.lines)
    if headings > MAX_HEADINGS:
        raise InvalidInput(
            f"The file has {headings:,} headings; a resume may have {MAX_HEADINGS:,}. Make the lines below them plain text."
        )
