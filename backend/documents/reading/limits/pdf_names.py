"""The names in a PDF's objects that stand for programs or files in it. Text is not a name: "(Java/JavaScript)" is fine."""

import re

from backend.errors import InvalidInput

_FORBIDDEN = {
    b"JavaScript": "holds a script (JavaScript)",
    b"Launch": "starts a program (Launch)",
    b"EmbeddedFile": "holds an attached file",
    b"EF": "holds an attached file",
    b"GoToE": "opens an attached file",
    b"RichMedia": "holds a film or a Flash program",
    b"Rendition": "plays media by a script",
    b"XFA": "is an XFA form, whose text is made by scripts",
}
_NAME = re.compile(rb"/(" + b"|".join(_FORBIDDEN) + rb")(?![^\s/<>\[\](){}%\x00])")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_SPECIAL = re.compile(rb"\\.|[()%]", re.DOTALL)
_END_OF_LINE = re.compile(rb"[\r\n]")
_MAX_SPECIAL = 500_000


def find_forbidden(region: bytes) -> str:
    """What a PDF does that it should not, as the words after "The PDF"; "" if nothing."""
    # Names may be spelled with codes: /Java#53cript.
    spelled = _HEX.sub(lambda code: bytes([int(code[1], 16)]), region) if b"#" in region else region
    if not _NAME.search(spelled):
        return ""
    outside = _without_text(region)
    if b"#" in outside:
        outside = _HEX.sub(lambda code: bytes([int(code[1], 16)]), outside)
    found = _NAME.search(outside)
    return _FORBIDDEN[found[1]] if found else ""


def _without_text(region: bytes) -> bytes:
    """The region without its literal strings and comments. A parenthesis that is never closed hides nothing: what
    follows it is kept."""
    pieces, depth, kept, place, opened = [], 0, 0, 0, 0
    for number in range(_MAX_SPECIAL + 1):
        special = _SPECIAL.search(region, place)
        if special is None:
            break
        if number == _MAX_SPECIAL:
            raise InvalidInput("The PDF is too tangled to be checked for scripts. Print it to a new PDF and send that.")
        # A backslash has a meaning inside a string only.
        place = special.end() if depth or special[0][:1] != b"\\" else special.start() + 1
        if special[0] == b"(":
            if not depth:
                opened = special.start()
                pieces.append(region[kept:opened])
                kept = opened
            depth += 1
        elif special[0] == b")" and depth:
            depth -= 1
            kept = kept if depth else place
        elif special[0] == b"%" and not depth:
            pieces.append(region[kept : special.start()])
            line = _END_OF_LINE.search(region, place)
            place = kept = line.start() if line else len(region)
    pieces.append(region[kept:])
    return b" ".join(pieces)
