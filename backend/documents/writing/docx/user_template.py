"""A resume in a Word template of the user's own: {{ name }}, {%p for job in experience %} and so on.

What can be named is in `values`, what can be said in `template_rules`. A tag {%p … %} takes its paragraph away with it,
{%tr … %} its table row, {%r … %} its run. This opens a file that somebody sent and runs what it says, so it belongs in the
sandbox; what it checks itself is what can be known before.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError, TemplateSyntaxError, meta
from lxml import etree

from backend.documents.reading.limits import check
from backend.documents.writing.docx.packing import repacked
from backend.documents.writing.docx.properties import describe
from backend.documents.writing.docx.styling import W
from backend.documents.writing.docx.template_rules import UserEnvironment
from backend.documents.writing.docx.values import values_of
from backend.domain.resume import Resume
from backend.errors import InvalidInput

MAX_SOURCE = 3_000_000
"""Characters of XML that a part of a template may have; twenty pages of Word's have some 500,000."""
MAX_RENDERED = 5_000_000
"""Characters of XML that may come of a part."""
_REACHING = re.compile(
    r"\b(?:DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|IMPORT|LINK|MACROBUTTON|DATABASE)\b", re.IGNORECASE
)
_INSERTING = re.compile(r"\{\{(?:r|p|tr|tc)\s[^}]{0,60}\}\}|\{%\s*(?:colspan|cellbg|vm|hm)\b[^}]{0,60}\}")
_TAG = re.compile(r"<[^>]+>")
_DAMAGED = (
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    etree.LxmlError,
    BadZipFile,
    PackageNotFoundError,
)


def render_user_template(template: bytes, resume: Resume, *, lang: str = "en") -> bytes:
    """The Word file that a template makes of a resume.

    Raises InvalidInput when the template is no sound Word file, holds macros or loads things from elsewhere, names what is
    not known (the message lists what is), says what templates may not, or makes more than a resume needs.
    """
    check("docx", template)
    made = _UserTemplate(BytesIO(template))
    try:
        made.render(values_of(resume), UserEnvironment(), autoescape=True)
        document: WordDocument = made.docx
        _detach(document)
        describe(document, resume.contact.name.strip(), lang)
        stream = BytesIO()
        document.save(stream)
    except RecursionError as error:
        raise InvalidInput("The template nests its tags too deep. Make it simpler and send it again.") from error
    except _DAMAGED as error:
        raise InvalidInput(
            "The template is no Word document that can be filled in: it is damaged, or its tags take the document apart. "
            "Open and close each {%p … %} in paragraphs of their own, save it as .docx and send it again."
        ) from error
    return repacked(stream.getvalue())


class _UserTemplate(DocxTemplate):  # type: ignore[misc]
    """Renders each part by our rules, and says in which paragraph something is wrong."""

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: Environment | None = None
    ) -> str:
        if len(src_xml) > MAX_SOURCE:
            raise InvalidInput(f"The template has a part of {len(src_xml):,} characters; {MAX_SOURCE:,} are allowed.")
        # One paragraph a line, so that a line's number leads to its paragraph.
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        xml = _rendered(source, context, jinja_env or UserEnvironment())
        _check_fields(xml)
        resolved: str = self.resolve_listing(re.sub(r"\n<w:p([ >])", r"<w:p\1", xml))
        return resolved

    def patch_xml(self, src_xml: str) -> str:
        if (found := _INSERTING.search(_TAG.sub("", src_xml))) is not None:
            raise InvalidInput(
                f"The template says {found.group()}, but only text can be put in. Write {{{{ … }}}} instead."
            )
        patched: str = super().patch_xml(src_xml)
        return patched

    def fix_tables(self, xml: str) -> etree._Element:
        _parsed(xml)  # what is not well-formed is refused here, not mended by leaving things out
        fixed: etree._Element = super().fix_tables(xml)
        return fixed

    def render_properties(self, context: Mapping[str, Any], jinja_env: Environment | None = None) -> None:
        """Nothing: what the file says of itself is ours to write."""


def _rendered(source: str, context: Mapping[str, Any], environment: Environment) -> str:
    lines = source.split("\n")
    try:
        unknown = sorted(meta.find_undeclared_variables(environment.parse(source)) - {*context, "range"})
        if unknown:
            where = next((line for line in lines if re.search(rf"{{[{{%][^}}]*\b{unknown[0]}\b", line)), "")
            raise InvalidInput(
                f"The template names {', '.join(unknown)}, which is not known{_in(where)}. It can name {', '.join(context)}."
            )
        pieces, size = [], 0
        for piece in environment.from_string(source).generate(context):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_RENDERED:
                raise InvalidInput(f"The template makes more than {MAX_RENDERED:,} characters. Make it smaller.")
    except TemplateSyntaxError as error:
        where = lines[min(error.lineno, len(lines)) - 1]
        raise InvalidInput(
            f"The template cannot be used: {error.message}{_in(where)}. Mend it and send it again."
        ) from error
    except (TemplateError, SyntaxError, TypeError, OverflowError) as error:
        raise InvalidInput(
            f"The template cannot be filled in: {str(error)[:400]}. Mend it and send it again."
        ) from error
    return "".join(pieces)


def _in(paragraph: str) -> str:
    """Where a paragraph is, by its own words."""
    words = " ".join(_TAG.sub("", paragraph).split())
    return f", in the paragraph “{words[:120]}{'…' if len(words) > 120 else ''}”" if words else ""


def _check_fields(xml: str) -> None:
    """Raises InvalidInput for fields that fetch or run something when the document is opened."""
    root = _parsed(xml)
    instructions = "".join(element.text or "" for element in root.iter(f"{{{W}}}instrText"))
    instructions += " ".join(element.get(f"{{{W}}}instr") or "" for element in root.iter(f"{{{W}}}fldSimple"))
    if (found := _REACHING.search(instructions)) is not None:
        raise InvalidInput(
            f"The template holds a {found.group().upper()} field, which fetches or runs something. Remove it."
        )
    if next(root.iter(f"{{{W}}}altChunk"), None) is not None:
        raise InvalidInput("The template holds another file as a part of its text. Paste that text into it instead.")


def _parsed(xml: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(xml.encode(), parser)


def _detach(document: WordDocument) -> None:
    """Cuts the document off from the template on somebody's disk that it was made with."""
    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.SETTINGS:
            settings = rel.target_part
            for element in list(settings.element.iter(f"{{{W}}}attachedTemplate")):
                element.getparent().remove(element)
            for ident in [i for i, other in settings.rels.items() if other.reltype.endswith("/attachedTemplate")]:
                del settings.rels[ident]
