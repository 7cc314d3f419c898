"""Builds templates/*.docx. Run `python -m backend.documents.writing.docx.build_templates` after a change here or in
`styling` or `designs`."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from backend.documents.writing.docx.designs import DESIGNS
from backend.documents.writing.docx.packing import repacked
from backend.documents.writing.docx.styling import W, numbering_xml, section_xml, styles_xml
from backend.documents.writing.templates import TEMPLATES

FOLDER = Path(__file__).parent / "templates"
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    "</w:settings>"
)
_UNUSED = ("theme", "stylesWithEffects", "webSettings", "fontTable", "customXml", "thumbnail")


class Run(NamedTuple):
    """A piece of a paragraph in one character style; "\\t" is a tab. A tag such as "{%r if x %}" stands alone in its run."""

    text: str
    style: str = ""


def build(template_id: str) -> bytes:
    """A template's Word file, in the template's own style."""
    design, style = DESIGNS[template_id], TEMPLATES[template_id].style
    document = _blank(styles_xml(design, style, "en"), numbering_xml(design, style))
    body = Body(document)
    _header(body, template_id)
    _sections(body, _HEADS[template_id])
    _set_page(document, section_xml(design, style))
    document.core_properties.title = ""
    return _saved(document)


class Body:
    """Adds paragraphs to a document."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document

    def tag(self, source: str) -> None:
        """A template's tag in a paragraph that goes away with it: "if x" becomes {%p if x %}."""
        self._document.add_paragraph(f"{{%p {source} %}}")

    def add(self, style: str, *runs: Run, close: bool = False, kept: bool = False) -> None:
        """A paragraph; a `close` one has no space above, a `kept` one stays on the page of the one below."""
        paragraph = self._document.add_paragraph(style=style)
        if close:
            paragraph.paragraph_format.space_before = 0
        if kept:
            paragraph.paragraph_format.keep_with_next = True
        for run in runs:
            paragraph.add_run(run.text, style=run.style or None)


def _header(body: Body, template_id: str) -> None:
    body.tag("if name")
    body.add("Title", Run("{{ name }}"))
    body.tag("endif")
    body.tag("for line in headlines")
    body.add("Subtitle", Run("{{ line }}"))
    body.tag("endfor")
    body.tag("if ways")
    between = Run(" | " if template_id == "compact" else " · ", "Quiet")
    last = (Run("{%r if not loop.last %}"), between, Run("{%r endif %}"))
    body.add("Contact Details", Run("{%r for way in ways %}"), *_way("way"), *last, Run("{%r endfor %}"))
    body.tag("endif")


def _way(name: str) -> tuple[Run, ...]:
    return (
        Run(f"{{%r if {name}.label %}}"),
        Run(f"{{{{ {name}.label }}}}: ", "Quiet"),
        Run("{%r endif %}"),
        Run(f"{{%r if {name}.link %}}"),
        Run(f"{{{{r {name}.link }}}}"),
        Run("{%r else %}"),
        Run(f"{{{{ {name}.text }}}}"),
        Run("{%r endif %}"),
    )


def _sections(body: Body, head: Callable[[Body], None]) -> None:
    note = (Run("{%r if item.note %}"), Run(" ({{ item.note }})", "Quiet"), Run("{%r endif %}"))
    body.tag("for section in sections")
    body.add("Heading 1", Run("{{ section.title }}"))
    _prose(body, "section.prose")
    body.tag('if section.kind == "inline"')
    comma = (Run("{%r if not loop.last %}"), Run(", "), Run("{%r endif %}"))
    every = (Run("{%r for item in section.lines %}"), Run("{{ item.text }}"), *note, *comma, Run("{%r endfor %}"))
    body.add("Body Text", *every, close=True)
    body.tag('elif section.kind == "bullets"')
    body.tag("for item in section.lines")
    body.add("List Bullet", Run("{{ item.text }}"), *note)
    body.tag("endfor")
    body.tag("endif")
    body.tag("for entry in section.entries")
    head(body)
    _entry(body)
    body.tag("endfor")
    body.tag("endfor")


def _prose(body: Body, name: str) -> None:
    body.tag(f"for text in {name}")
    body.tag("if loop.first")
    body.add("Body Text", Run("{{ text }}"), close=name == "section.prose")
    body.tag("else")
    body.add("Body Text", Run("{{ text }}"))
    body.tag("endif")
    body.tag("endfor")


def _entry(body: Body) -> None:
    body.tag("if entry.link")
    body.add("Body Text", *_way("entry.link"), close=True)
    body.tag("endif")
    _prose(body, "entry.prose")
    body.tag("for text in entry.highlights")
    body.tag("if loop.last and entry.technologies")
    body.add("List Bullet", Run("{{ text }}"), kept=True)
    body.tag("else")
    body.add("List Bullet", Run("{{ text }}"))
    body.tag("endif")
    body.tag("endfor")
    body.tag("if entry.technologies")
    body.add("Body Text", Run("Technologies: ", "Quiet"), Run("{{ entry.technologies }}"))
    body.tag("endif")


def _heading(body: Body, *runs: Run) -> None:
    """An entry's heading; the first one keeps to its section's title."""
    body.tag("if loop.first")
    body.add("Heading 2", *runs, close=True)
    body.tag("else")
    body.add("Heading 2", *runs)
    body.tag("endif")


def _joined(*names: str, between: str) -> str:
    """Several values in one text, with `between` where two of them meet."""
    result = f"{{{{ {names[0]} }}}}"
    for index, name in enumerate(names[1:], 1):
        before = " or ".join(names[:index])
        result += f"{{% if ({before}) and {name} %}}{between}{{% endif %}}{{{{ {name} }}}}"
    return result


def _right(condition: str, text: str, style: str) -> tuple[Run, ...]:
    """What stands at the right of a line; below it, where the line has no room."""
    lower = (Run("{%r if entry.tight %}"), Run("\n"), Run("{%r endif %}"))
    return Run(f"{{%r if {condition} %}}"), *lower, Run("\t"), Run(text, style), Run("{%r endif %}")


# What somebody did in a project stands apart from its name, which may hold a comma itself.
_COMMA = (
    '{% if entry.heading and entry.subheading %}{% if section.key == "projects" %} · {% else %}, {% endif %}{% endif %}'
)


def _classic(body: Body) -> None:
    body.tag("if entry.heading or entry.subheading or entry.period or entry.location")
    _heading(
        body,
        Run("{{ entry.heading }}", "Strong"),
        Run(_COMMA + "{{ entry.subheading }}"),
        *_right("entry.period or entry.location", _joined("entry.period", "entry.location", between=" · "), "Aside"),
    )
    body.tag("endif")


def _modern(body: Body) -> None:
    below = Run(_joined("entry.subheading", "entry.location", between=" · "), "Quiet")
    right = _right("entry.period", "{{ entry.period }}", "Aside")
    body.tag("if entry.heading")
    _heading(body, Run("{{ entry.heading }}", "Strong"), *right)
    body.tag("if entry.subheading or entry.location")
    body.add("Entry Details", below)
    body.tag("endif")
    body.tag("elif entry.subheading or entry.location or entry.period")
    _heading(body, below, *right)
    body.tag("endif")


def _compact(body: Body) -> None:
    body.tag("if entry.heading or entry.subheading or entry.period or entry.location")
    _heading(
        body,
        Run("{{ entry.heading }}", "Strong"),
        Run(_COMMA + "{{ entry.subheading }}"),
        Run(
            "{% if (entry.heading or entry.subheading) and entry.location %} · {% endif %}{{ entry.location }}", "Quiet"
        ),
        *_right("entry.period", "{{ entry.period }}", "Quiet"),
    )
    body.tag("endif")


def _academic(body: Body) -> None:
    right = _right("entry.period", "{{ entry.period }}", "")
    place = Run("{% if entry.location %} · {{ entry.location }}{% endif %}")
    # A project is known by its name; everything else by where it was.
    body.tag('if section.key != "projects" and entry.subheading')
    _heading(body, Run("{{ entry.subheading }}", "Strong"), place, *right)
    body.tag("if entry.heading")
    body.add("Entry Details", Run("{{ entry.heading }}", "Emphasis"))
    body.tag("endif")
    body.tag("elif entry.heading or entry.subheading or entry.location or entry.period")
    plain = Run("{% if entry.heading and entry.location %} · {% endif %}{{ entry.location }}")
    _heading(body, Run("{{ entry.heading }}", "Strong"), plain, *right)
    body.tag("if entry.subheading")
    body.add("Entry Details", Run("{{ entry.subheading }}", "Emphasis"))
    body.tag("endif")
    body.tag("endif")


_HEADS: Mapping[str, Callable[[Body], None]] = {
    "classic": _classic,
    "modern": _modern,
    "compact": _compact,
    "academic": _academic,
}


def _blank(styles: str, numbering: str) -> WordDocument:
    """An empty document with our styles and without the parts that we do not use."""
    document = Document()
    for rels in (document.part.rels, document.part.package.rels):
        for ident in [ident for ident, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNUSED]:
            del rels[ident]
    document.part.numbering_part  # noqa: B018 - adds the part
    stream = BytesIO()
    document.save(stream)
    parts = {"word/styles.xml": styles, "word/numbering.xml": numbering, "word/settings.xml": _SETTINGS}
    return Document(BytesIO(repacked(stream.getvalue(), {name: xml.encode() for name, xml in parts.items()})))


def _set_page(document: WordDocument, xml: str) -> None:
    body = document.element.body
    body.replace(body.sectPr, parse_xml(xml))


def _saved(document: WordDocument) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def main() -> None:
    """Writes every template's file."""
    FOLDER.mkdir(exist_ok=True)
    for template_id in TEMPLATES:
        (FOLDER / f"{template_id}.docx").write_bytes(build(template_id))


if __name__ == "__main__":
    main()
