"""RTF -> extraction: the text, the headers and footers, and what the file hides."""

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.office.assembly import assembled, plain_lines
from backend.documents.reading.office.flow import tables_in
from backend.documents.reading.office.metadata import metadata
from backend.documents.reading.office.rtf_reader import Reader
from backend.documents.reading.office.running import fonts_in, with_running
from backend.domain.layout import Layout
from backend.errors import InvalidInput


def extract_rtf(data: bytes) -> Extraction:
    """The lines of an RTF document. Raises InvalidInput where it is none, or broken off."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{\\rtf"):
        raise InvalidInput("The file is no RTF: it does not begin with {\\rtf. Open it, save it as RTF and send that.")
    read = Reader(data[data.index(b"{\\rtf") :]).read()
    result = assembled(with_running(read.body, read.running))
    aside = assembled([block for part in read.running if not part.leads for block in part.blocks]).hidden
    layout = Layout(
        size=len(data),
        columns=read.columns,
        tables=tables_in(read.body) + sum(tables_in(part.blocks) for part in read.running),
        text_boxes=read.text_boxes,
        images=read.images,
        header_footer=tuple(line for part in read.running for line in plain_lines(part.blocks)),
        fonts=fonts_in(read.body),
    )
    others = [one for one in aside if one not in result.hidden]
    hidden = (*result.hidden, *others, *read.hidden, *metadata(read.properties))
    return Extraction("rtf", result.lines, result.marked, hidden, layout)
