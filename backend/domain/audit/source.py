"""What is known of the file that a resume was read from."""

from typing import NamedTuple

from backend.domain.layout import Hidden, Layout


class Heading(NamedTuple):
    """A section heading as it is written, and the field of the resume that it was read into ("" for none)."""

    title: str
    section: str = ""


class Source(NamedTuple):
    """How the file is made, what it hides, its lines of text and its headings. Each may be missing."""

    layout: Layout | None = None
    hidden: tuple[Hidden, ...] = ()
    lines: tuple[str, ...] = ()
    headings: tuple[Heading, ...] = ()
