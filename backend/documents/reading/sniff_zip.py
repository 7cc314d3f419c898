"""What a zipped file is, by its parts: the type that it gives its main part, or its `mimetype`."""

import re
from collections.abc import Sequence

from backend.documents.reading.extraction import Kind
from backend.documents.reading.limits.archive import Part, end_of_directory, parts_of, unpacked
from backend.errors import InvalidInput

_TYPES_AT_MOST = 256 * 1024
_MAIN = re.compile(r"""ContentType\s*=\s*["']([^"']{1,200}?)\.main\+xml["']""")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ODT = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
_OTHER_MAIN = {
    "spreadsheetml": "an Excel workbook",
    "presentationml": "a PowerPoint presentation",
}
_SAVE = "Open it, save it as .docx or PDF and send that."


def runs_to_the_end(data: bytes) -> bool:
    """Whether the file ends as a zip does, whatever it begins as."""
    end = end_of_directory(data)
    return end >= 0 and b"PK\x01\x02" in data[max(0, end - 1024 * 1024) : end]


def kind_of_zip(data: bytes) -> Kind:
    """`docx` or `odt`. Raises InvalidInput naming what else it is."""
    parts = parts_of(data)
    names = {part.name: part for part in parts}
    if not parts:
        raise InvalidInput("The file is an empty zip archive. Send the document itself.")
    if types := names.get("[Content_Types].xml"):
        if "mimetype" in names:
            raise InvalidInput("The file is a Word and an OpenDocument file at once. Save it anew and send that.")
        return _office_kind(unpacked(data, types, _TYPES_AT_MOST))
    if mimetype := names.get("mimetype"):
        return _mimetype_kind(
            unpacked(data, mimetype, 200).decode("ascii", "replace").strip(), data, names.get("META-INF/manifest.xml")
        )
    raise InvalidInput(_archive(parts))


def _office_kind(types: bytes) -> Kind:
    text = types.decode("utf-16" if types[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    found = _MAIN.findall(text)
    if any("macroEnabled" in name for name in found):
        raise InvalidInput(
            "The document is of a kind that holds macros (.docm, .dotm). Save it as .docx and send that."
        )
    if any(name in (f"{_WORD}.document", f"{_WORD}.template") for name in found):
        return "docx"
    for word, what in _OTHER_MAIN.items():
        if any(word in name for name in found):
            raise InvalidInput(f"The file is {what}, not a resume. {_SAVE}")
    raise InvalidInput(f"The file is an Office file without a main document. {_SAVE}")


def _mimetype_kind(mimetype: str, data: bytes, manifest: Part | None) -> Kind:
    if mimetype in _ODT:
        if manifest and re.search(rb"encryption-data[\s>]", unpacked(data, manifest, _TYPES_AT_MOST)):
            raise InvalidInput("The document is encrypted with a password. Save it without one and send it again.")
        return "odt"
    if mimetype == "application/epub+zip":
        raise InvalidInput(f"The file is an e-book (EPUB). {_SAVE}")
    raise InvalidInput(f"The file is {mimetype[:80]!r}, not a text document. {_SAVE}")


def _archive(parts: Sequence[Part]) -> str:
    names = [part.name for part in parts]
    if any(name.endswith(".iwa") or name == "Index.zip" for name in names):
        return "The file is a Pages document. In Pages, export it as Word or PDF and send that."
    if "AndroidManifest.xml" in names or "META-INF/MANIFEST.MF" in names:
        return "The file is a program, not a resume. Send the resume as PDF or .docx."
    return f"The file is a zip archive ({names[0][:60]} and others). Unpack it and send the resume alone."
