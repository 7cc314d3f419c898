"""Resumes that the rules cannot place, or not surely, and short ways to ask about them."""

from textwrap import dedent

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.lines import is_markdown, lines_of
from backend.documents.reading.parse import parse
from backend.documents.reading.refining import Doubts, Placement, doubts_of
from backend.domain.parsed import ParsedResume

UNKNOWN_HEADING = """\
Ada Lovelace
ada@example.com | +44 20 7946 0000

WHERE I HAVE BEEN
Zalgo Works
Chief Cat Herder
Jan 2020 - Mar 2023
- Cut costs by 40%
- Led 12 people

Quux
Wizard
2017 - 2019
- Wrote the engine

EDUCATION
University of Leeds
BSc in Mathematics, 2013 – 2016

SKILLS
Python, Go
"""
STRANGE_TITLE = """\
Ada Lovelace
ada@example.com

EXPERIENCE
Zalgo
Herder of Cats
Jan 2020 - Mar 2023
- Cut costs by 40%

Acme Inc
Software Engineer
2017 - 2019
- Wrote the engine

SKILLS
Python, Go
"""
SURE = """\
Ada Lovelace
Senior Engineer
London, UK | ada@example.com | +44 20 7946 0000

EXPERIENCE

Senior Engineer — Acme Corp, Berlin (Jan 2020 – Present)
• Cut costs by 40% with Kubernetes

EDUCATION
University of Leeds
BSc in Mathematics, 2013 – 2016

SKILLS
Python, Go

HOBBIES
Chess
"""


def read(text: str) -> ParsedResume:
    text = dedent(text)
    return parse(Extraction("text", tuple(lines_of(text)), marked=is_markdown(text)))


def doubts(parsed: ParsedResume) -> Doubts:
    found = doubts_of(parsed)
    assert found is not None
    return found


def sent(parsed: ParsedResume) -> list[str]:
    return [parsed.text[line.start : line.end] for line in doubts(parsed).lines]


def put(parsed: ParsedResume, *pairs: tuple[str, str]) -> list[Placement]:
    """Placements of texts, each said to stand in the first line that was sent and begins with it, else in the first one."""
    lines = sent(parsed)
    return [
        Placement(path, next((n for n, line in enumerate(lines, 1) if text in line), 1), text) for path, text in pairs
    ]
