"""One XML part, streamed past a counter before any tree is built of it: how many elements, how deep, no DOCTYPE."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat  # nosec: nothing is expanded; a DOCTYPE ends the reading

from backend.errors import InvalidInput

MAX_ATTRIBUTES, MAX_DEPTH = 500_000, 200
MAX_PARAGRAPHS = 5_000
MAX_TAG = 1024 * 1024
"""Bytes a single tag may have."""

Visit = Callable[[str, Mapping[str, str]], None]
"""Called with each element's name ("namespace local" where it has a namespace) and attributes, named likewise."""


class Counter:
    """Counts over all parts of a file, which may have so many elements in all."""

    def __init__(self, max_elements: int) -> None:
        self.max_elements = max_elements
        self.elements = 0
        self.attributes = 0
        self.paragraphs = 0

    def check(self, name: str, pieces: Iterable[bytes], visit: Visit | None = None) -> None:
        """Raises InvalidInput naming the part when a limit is passed or the part is no XML."""
        parser = expat.ParserCreate(namespace_separator=" ")
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.elements += 1
            self.attributes += len(attributes)
            if self.elements > self.max_elements or self.attributes > MAX_ATTRIBUTES:
                raise InvalidInput(
                    f"The file has more than {self.max_elements:,} elements or {MAX_ATTRIBUTES:,} attributes ({name}), "
                    "which no resume needs. Send the resume alone."
                )
            self.paragraphs += tag.endswith((" p", " h"))
            if self.paragraphs > MAX_PARAGRAPHS:
                raise InvalidInput(f"The file has more than {MAX_PARAGRAPHS:,} paragraphs. Send the resume alone.")
            if depth > MAX_DEPTH:
                raise InvalidInput(f"{name} is nested more than {MAX_DEPTH} levels deep. Save the document anew.")
            if visit is not None:
                visit(tag, attributes)

        def end(tag: str) -> None:
            nonlocal depth
            depth -= 1

        def doctype(*_: object) -> None:
            raise InvalidInput(f"{name} declares a DOCTYPE or entities, which documents do not need and attacks use.")

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = doctype
        self._feed(parser, name, pieces)

    @staticmethod
    def _feed(parser: expat.XMLParserType, name: str, pieces: Iterable[bytes]) -> None:
        fed = 0
        try:
            for piece in pieces:
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > MAX_TAG:
                    raise InvalidInput(f"{name} has a tag of more than {MAX_TAG:,} bytes. The file was tampered with.")
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise InvalidInput(
                f"{name} is not XML that can be read: {expat.ErrorString(error.code)} at line {error.lineno:,}. "
                "Save the document anew and send it again."
            ) from error
        except (LookupError, ValueError) as error:  # an encoding that Python does not have
            raise InvalidInput(f"{name} is in an encoding that cannot be read. Save the document anew.") from error
