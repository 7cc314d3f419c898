"""A view -> what our templates read: dictionaries, lists and texts, nothing with a method of its own that matters.

`links` is what makes a link clickable: given an address it returns the id under which the document knows it.
"""

import unicodedata
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from backend.documents.writing.docx.designs import Design
from backend.documents.writing.view import Entry, Item, Section, View
from backend.documents.writing.ways import Way

Links = Callable[[str], str]


def context_of(view: View, links: Links, design: Design, line: float) -> dict[str, Any]:
    """The values that the templates in `templates/` name. `line` is how long a line is, in font sizes."""
    return {
        "name": view.name,
        "headlines": list(view.headlines),
        "ways": [_way(way, links) for way in view.ways],
        "sections": [_section(section, links, design, line) for section in view.sections],
    }


def _section(section: Section, links: Links, design: Design, line: float) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "kind": section.kind,
        "prose": ["\n".join(lines) for lines in section.prose],
        "entries": [_entry(entry, links) | {"tight": _is_tight(entry, design, line)} for entry in section.entries],
        "lines": [_item(item) for item in section.items],
    }


def _entry(entry: Entry, links: Links) -> dict[str, Any]:
    return {
        "heading": entry.heading,
        "subheading": entry.subheading,
        "location": entry.location,
        "period": entry.period,
        "link": _way(entry.link, links) if entry.link else None,
        "prose": ["\n".join(lines) for lines in entry.prose],
        "highlights": list(entry.highlights),
        "technologies": ", ".join(entry.technologies),
    }


def _is_tight(entry: Entry, design: Design, line: float) -> bool:
    """Whether what stands at the right, were it put on the line where the left ends, would be broken over two."""
    left, right = (_width(", ".join(getattr(entry, name) for name in names)) for names in (design.left, design.right))
    return left % line + right + 1 > line


def _width(text: str) -> float:
    """About how wide a text is, in font sizes."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.52 for char in text)


def _item(item: Item) -> dict[str, str]:
    return {"text": item.text, "note": item.note}


def _way(way: Way, links: Links) -> dict[str, Any]:
    """`link` is the run of a link, ready to stand in a paragraph; empty where the text is no address."""
    return {"label": way.label, "text": way.text, "link": _link(way, links) if way.href else ""}


def _link(way: Way, links: Links) -> Markup:
    run = f'<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">{escape(way.text)}</w:t></w:r>'
    # Both parts are escaped here; nothing that somebody wrote gets into the document as markup.
    return Markup(f'<w:hyperlink r:id={quoteattr(links(way.href))} w:history="1">{run}</w:hyperlink>')  # noqa: S704
