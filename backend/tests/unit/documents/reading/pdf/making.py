"""A small writer of raw PDFs for tests: pages of content streams, so that every trick can be written out."""

import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from backend.documents.reading.extraction import Extraction
from backend.documents.reading.pdf import extract_pdf

_FONTS = {
    "F1": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding",
    "F2": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding",
    "F3": "/Type /Font /Subtype /Type1 /BaseFont /Helvetica-Oblique /Encoding /WinAnsiEncoding",
}
WIDTH, HEIGHT = 612, 792


@dataclass
class Pdf:
    """`pages` are content streams. `states`, `forms`, `images`, `layers` (name -> is on) are shared by all pages;
    `annotations` are dictionaries for the first page (`{Fm1}` stands for a form's number); `info` is the document's
    metadata, `box` more entries of each page, `to_unicode` the tables of fonts."""

    pages: list[bytes]
    states: dict[str, str] = field(default_factory=dict)
    forms: dict[str, bytes] = field(default_factory=dict)
    images: dict[str, tuple[int, int, bytes]] = field(default_factory=dict)
    layers: dict[str, bool] = field(default_factory=dict)
    annotations: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    box: str = ""
    xmp: str = ""
    to_unicode: dict[str, bytes] = field(default_factory=dict)

    def bytes(self) -> bytes:
        objects: list[bytes] = [b"", b""]

        def add(body: bytes) -> int:
            objects.append(body)
            return len(objects)

        def stream(head: str, data: bytes) -> int:
            packed = zlib.compress(data)
            return add(
                f"<< {head} /Filter /FlateDecode /Length {len(packed)} >> stream\n".encode() + packed + b"\nendstream"
            )

        fonts = {}
        for name, body in (_FONTS | self.fonts).items():
            if name in self.to_unicode:
                body += f" /ToUnicode {stream('', self.to_unicode[name])} 0 R"
            fonts[name] = add(f"<< {body} >>".encode())
        states = {name: add(f"<< {body} >>".encode()) for name, body in self.states.items()}
        layers = {name: add(f"<< /Type /OCG /Name ({name}) >>".encode()) for name in self.layers}
        images = {
            name: stream(
                f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB /BitsPerComponent 8",
                data,
            )
            for name, (wide, high, data) in self.images.items()
        }

        def references(group: dict[str, int]) -> str:
            return " ".join(f"/{name} {number} 0 R" for name, number in group.items())

        base = f"/Font << {references(fonts)} >> /ExtGState << {references(states)} >> /Properties << {references(layers)} >>"
        forms = {
            name: stream(
                f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}] "
                f"/Resources << {base} /XObject << {references(images)} >> >>",
                data,
            )
            for name, data in self.forms.items()
        }
        resources = f"<< {base} /XObject << {references(images | forms)} >> >>"
        notes = [add(_filled(note, forms).encode("latin-1")) for note in self.annotations]
        pages = []
        for index, content in enumerate(self.pages):
            annots = f"/Annots [{' '.join(f'{note} 0 R' for note in notes)}]" if notes and index == 0 else ""
            body = stream("", content)
            pages.append(
                add(
                    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources {resources} "
                    f"/Contents {body} 0 R {annots} {self.box} >>".encode()
                )
            )
        off = " ".join(f"{layers[name]} 0 R" for name, is_on in self.layers.items() if not is_on)
        every = " ".join(f"{number} 0 R" for number in layers.values())
        optional = f"/OCProperties << /OCGs [{every}] /D << /OFF [{off}] >> >>" if layers else ""
        metadata = f"/Metadata {add(_plain_stream(self.xmp.encode()))} 0 R" if self.xmp else ""
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R {optional} {metadata} >>".encode()
        objects[1] = (
            f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{page} 0 R' for page in pages)}] >>".encode()
        )
        info = add(
            ("<< " + " ".join(f"/{key} ({value})" for key, value in self.info.items()) + " >>").encode("latin-1")
        )
        return _file(objects, info)


def _filled(note: str, forms: dict[str, int]) -> str:
    """`{Fm1}` is the number of that form."""
    for name, number in forms.items():
        note = note.replace(f"{{{name}}}", str(number))
    return note


def _plain_stream(data: bytes) -> bytes:
    return f"<< /Type /Metadata /Subtype /XML /Length {len(data)} >> stream\n".encode() + data + b"\nendstream"


def _file(objects: list[bytes], info: int) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return (
        out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    )


def text(words: str, x: float = 72, y: float = 700, size: float = 11, font: str = "F1", before: str = "0 g") -> str:
    """Operators that write `words`; `before` sets colour, mode and the like inside the text object."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q BT {before} /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET Q\n"


RESUME = (
    text("Jane Roe", y=740, size=22, font="F2")
    + text("jane.roe@example.com | (312) 555-0123 | Austin, TX", y=720)
    + text("EXPERIENCE", y=690, size=13, font="F2")
    + text("Senior Engineer, Northwind", y=670, font="F2")
    + text("Mar 2021 - Present", x=450, y=670)
    + text("\x95 Built a billing platform that serves 2 million people", y=655)
    + text("\x95 Cut latency by 40 percent with a cache", y=640)
    + text("EDUCATION", y=610, size=13, font="F2")
    + text("B.S. Computer Science, State University, 2016", y=592)
)


def resume(extra: str = "", before: str = "", **parts: object) -> bytes:
    """A page with a plain resume; `before` is drawn below it, `extra` over it."""
    return Pdf([(before + RESUME + extra).encode("latin-1")], **parts).bytes()  # type: ignore[arg-type]


@cache
def sample(path: Path) -> Extraction:
    """What is in a real resume; several tests ask."""
    return extract_pdf(path.read_bytes())
