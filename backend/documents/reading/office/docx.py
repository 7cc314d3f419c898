"""DOCX -> extraction: the body, the headers and footers, and what the file hides."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.office.assembly import assembled, plain_lines
from backend.documents.reading.office.colours import WHITE, colour, is_lost
from backend.documents.reading.office.docx_body import Book, Counts, R, Reader
from backend.documents.reading.office.docx_looks import POINT, W, number, theme_of
from backend.documents.reading.office.docx_shapes import Page, backdrop
from backend.documents.reading.office.docx_styles import Lists, Styles
from backend.documents.reading.office.flow import Block, paragraphs_of, tables_in
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.metadata import metadata
from backend.documents.reading.office.packages import Package, local, texts
from backend.documents.reading.office.running import Running, fonts_in, with_running
from backend.domain.layout import Hidden, Layout
from backend.errors import InvalidInput

_CORE = {"keywords": "keywords", "subject": "subject", "description": "description", "category": "category"}
_PER_INCH = 80
"""Letters that fit on a square inch; more light text than that cannot all stand on a dark shape."""


def extract_docx(data: bytes) -> Extraction:
    """The lines of a Word document (.docx, .docm, .dotx). Raises InvalidInput where it is none, or damaged, or locked."""
    try:
        return _Document(Package(data, "Word")).extraction(len(data))
    except RecursionError as error:
        raise InvalidInput("The Word file nests its parts too deep to be read. Send the resume alone.") from error


class _Document:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = next(self._related("", "officeDocument"), "word/document.xml")
        root = package.xml(self._name)
        body = root.find(f"{W}body") if root is not None else None
        if root is None or body is None:
            raise InvalidInput(_what_else(package))
        self._root, self._body = root, body
        theme = theme_of(self._part("theme"))
        self._book = Book(
            styles=Styles(self._part("styles"), theme), lists=Lists(self._part("numbering")), theme=theme,
            page=_page(body), notes=dict(self._notes()),
        )  # fmt: skip
        self._counts = Counts()

    def extraction(self, size: int) -> Extraction:
        running = list(self._running())
        blocks = self._read(self._name, self._body, "paragraph")
        ground = self._ground(root for _, root, _ in running)
        for block in (blocks, *(part.blocks for _, _, part in running)):
            _set_ground(block, ground)
        parts = [part for _, _, part in running]
        result = assembled(with_running(blocks, parts))
        layout = Layout(
            size=size,
            columns=_columns(self._body),
            tables=tables_in(blocks) + sum(tables_in(part.blocks) for part in parts),
            text_boxes=self._counts.text_boxes,
            images=self._counts.images,
            header_footer=tuple(line for part in parts for line in plain_lines(part.blocks)),
            fonts=fonts_in(blocks),
        )
        aside = assembled([block for part in parts if not part.leads for block in part.blocks]).hidden
        hidden = (
            *result.hidden,
            *(one for one in aside if one not in result.hidden),
            *self._comments(),
            *self._metadata(),
        )
        return Extraction("docx", result.lines, result.marked, hidden, layout, tuple(self._warnings()))

    def _read(self, name: str, holder: etree._Element, place: str, counts: Counts | None = None) -> list[Block]:
        marks = Counter(mark.get(f"{W}fldCharType") for mark in holder.iter(f"{W}fldChar"))
        broken = marks["begin"] != marks["end"]
        reader = Reader(self._book, self._links(name), place, counts or self._counts, broken_fields=broken)
        return reader.blocks(holder, Look(ground=_UNKNOWN_GROUND))

    def _running(self) -> Iterator[tuple[str, etree._Element, Running]]:
        """Headers and footers, each part once, those of the first page first."""
        section = next(self._body.iter(f"{W}sectPr"), None)
        first_differs = section is not None and section.find(f"{W}titlePg") is not None
        found: dict[str, tuple[str, str]] = {}
        names = dict(self._relations(self._name))
        for reference in self._body.iter(f"{W}headerReference", f"{W}footerReference"):
            name = names.get(reference.get(f"{R}id") or "", ("", ""))[1]
            if name and name not in found:
                found[name] = (local(reference).removesuffix("Reference"), reference.get(f"{W}type") or "default")
        leading = "first" if first_differs else "default"
        for name, (kind, which) in sorted(
            found.items(), key=lambda item: (item[1][0] != "header", item[1][1] != leading)
        ):
            if (root := self._package.xml(name)) is not None:
                leads = kind == "header" and which == leading
                yield name, root, Running(tuple(self._read(name, root, kind)), leads)

    def _ground(self, others: Iterator[etree._Element]) -> str | None:
        """What the page is: white, its own colour, or unknown where dark shapes stand behind the text."""
        background = self._root.find(f"{W}background")
        page = colour(background.get(f"{W}color") or "") if background is not None else ""
        area = sum(backdrop(root, self._book.theme) for root in (self._root, *others))
        if page or area < 1:
            return page or WHITE
        light = sum(
            len(run.text)
            for paragraph in paragraphs_of(self._read(self._name, self._body, "", Counts()))
            for run in paragraph.runs
            if run.look.ground == _UNKNOWN_GROUND and run.look.colour and is_lost(run.look.colour, WHITE)
        )
        return None if light <= area * _PER_INCH else WHITE

    def _comments(self) -> Iterator[Hidden]:
        root = self._part("comments")
        for count, comment in enumerate(root.iter(f"{W}comment") if root is not None else (), 1):
            blocks = Reader(self._book, {}, f"comment {count}", Counts()).blocks(comment, Look())
            text = " ".join(run.text for paragraph in paragraphs_of(blocks) for run in paragraph.runs).strip()
            if text:
                yield Hidden(text=" ".join(text.split()), how="comment", place=f"comment {count}")

    def _metadata(self) -> list[Hidden]:
        core = next(self._related("", "core-properties"), "docProps/core.xml")
        custom = texts(self._package.xml("docProps/custom.xml"), {"lpwstr": "custom property"})
        return metadata([*texts(self._package.xml(core), _CORE), *custom])

    def _warnings(self) -> Iterator[str]:
        if self._root.find(f".//{W}altChunk") is not None:
            yield "Part of the text is another file inside the document, which was not read. Save it as .docx in Word first."

    def _notes(self) -> Iterator[tuple[tuple[str, str], etree._Element]]:
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s")
            for note in root if root is not None else ():
                if note.get(f"{W}type") in (None, "normal"):
                    yield (kind, note.get(f"{W}id") or ""), note

    def _part(self, kind: str) -> etree._Element | None:
        name = next(self._related(self._name, kind), "")
        return self._package.xml(name) if name else None

    def _links(self, name: str) -> Mapping[str, str]:
        return {ident: address for ident, (kind, address) in self._relations(name) if kind == "hyperlink"}

    def _related(self, name: str, kind: str) -> Iterator[str]:
        return (target for _, (found, target) in self._relations(name) if found == kind)

    def _relations(self, name: str) -> list[tuple[str, tuple[str, str]]]:
        """(id, (kind, target)) of a part's relationships; targets inside the package are names of parts."""
        folder, _, file = name.rpartition("/")
        root = self._package.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        result = []
        for entry in root if root is not None else ():
            target = entry.get("Target") or ""
            if entry.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else _within(folder, target)
            result.append((entry.get("Id") or "", ((entry.get("Type") or "").rpartition("/")[2], target)))
        return result


_UNKNOWN_GROUND = "the page"


def _set_ground(blocks: Sequence[Block], ground: str | None) -> None:
    """Puts the page's colour where a run stands on the page itself."""
    for paragraph in paragraphs_of(blocks):
        paragraph.runs = [
            run._replace(look=replace(run.look, ground=ground)) if run.look.ground == _UNKNOWN_GROUND else run
            for run in paragraph.runs
        ]


def _within(folder: str, target: str) -> str:
    path = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            path = path[:-1]
        elif step not in (".", ""):
            path.append(step)
    return "/".join(path)


def _page(body: etree._Element) -> Page:
    size, margin = next(body.iter(f"{W}pgSz"), None), next(body.iter(f"{W}pgMar"), None)
    page = Page()
    if size is not None:
        width, height = (number(size.get(f"{W}{side}")) / POINT for side in ("w", "h"))
        page = replace(page, width=width or page.width, height=height or page.height)
    if margin is not None:
        page = replace(page, left=number(margin.get(f"{W}left")) / POINT, top=number(margin.get(f"{W}top")) / POINT)
    return page


def _columns(body: etree._Element) -> int:
    """The most columns that a section is set in."""
    counts = [int(number(columns.get(f"{W}num"))) or len(columns) for columns in body.iter(f"{W}cols")]
    return min(max([1, *counts]), 45)


def _what_else(package: Package) -> str:
    for name, what in (("xl/workbook.xml", "a spreadsheet"), ("ppt/presentation.xml", "a presentation")):
        if name in package.names:
            return f"The file is {what}, no Word document. Save the resume as .docx and send that."
    if "content.xml" in package.names:
        return "The file is an OpenDocument file, no Word document. Send it as .odt."
    return "There is no Word document in the file. Open it, save it as .docx and send that."
