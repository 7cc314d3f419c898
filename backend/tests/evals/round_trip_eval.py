"""What we write, read by others and by ourselves: is everything there, in order, in the right field?

`python -m backend.tests.evals.round_trip_eval [-n 200] [-v] [--only outside|own] [--strangers] [--formats pdf,docx,txt,html]`

Outside readers see whole lines of text; a file is *whole* when the name, the email, the phone, and every employer, title, date
and highlight are in it, *in order* when they stand there as they do in the resume. Our own reader gives a resume back; each
field of it is compared. `-v` prints what is missed. Readers that are not installed are left out.
"""

import argparse
import re
import shutil
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from backend.documents.reading import read_resume_file
from backend.documents.reading.dates import shown as shown_date
from backend.documents.writing.docx import docx
from backend.documents.writing.read_back import comparable
from backend.documents.writing.templates import TEMPLATES
from backend.documents.writing.text import text
from backend.documents.writing.view import Entry, view
from backend.domain import stored_shape
from backend.domain.resume import Resume
from backend.tests.evals.strangers import stranger
from backend.tests.unit.documents.people import person

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "samples" / "resume.json"
FORMATS = ("pdf", "docx", "html", "txt")
Reader = Callable[[Path], str]


class Written(NamedTuple):
    """One file: the resume in it, in which template (empty for plain text)."""

    path: Path
    resume: Resume
    template_id: str

    @property
    def format(self) -> str:
        return self.path.suffix[1:]


class Part(NamedTuple):
    """Something that must be found. `begins` says that it begins an entry, `dates` that it is an entry's dates."""

    text: str
    begins: bool = False
    dates: bool = False


class Misses(NamedTuple):
    """`apart` are dates that do not stand between the beginnings of their entry and the next."""

    absent: tuple[str, ...]
    displaced: tuple[str, ...]
    apart: tuple[str, ...]


def resumes(count: int, *, strange: bool = False) -> list[Resume]:
    """The samples there are, then made-up people, `count` in all. With `strange`, only people of words that no rule was
    written with."""
    if strange:
        return [stranger(number, SHARED) for number in range(count)]
    files = [
        SAMPLE,
        SHARED / "jsonresume" / "sample.resume.json",
        *sorted((SHARED / "rendercv_examples").glob("*.yaml")),
    ]
    real = [stored_shape.read(read_resume_file(path.read_bytes())) for path in files if path.is_file()]
    return [*real, *(person(number) for number in range(count - len(real)))][:count]


def written(resume: Resume, template_id: str, format_: str) -> bytes:
    """The resume in that format; plain text has no templates."""
    if format_ == "docx":
        return docx(resume, template_id)
    if format_ == "txt":
        return text(resume, TEMPLATES[template_id].style).encode()
    if format_ == "pdf":
        from backend.documents.writing.pdf import pdf

        return pdf(resume, template_id)
    from backend.documents.writing import html

    try:
        return html(resume, template_id).encode()
    except TypeError:  # the page that has no templates
        return html(resume).encode()


def write_all(people: Iterable[Resume], folder: Path, formats: Iterable[str]) -> list[Written]:
    files = []
    for number, resume in enumerate(people):
        for format_ in formats:
            for template_id in TEMPLATES:
                path = folder / f"{number:03}-{template_id}.{format_}"
                path.write_bytes(written(resume, template_id, format_))
                files.append(Written(path, resume, template_id))
    return files


def expected(resume: Resume, template_id: str) -> list[Part]:
    """What must be found, in the order of the document."""
    shown = view(resume, TEMPLATES[template_id].style)
    wanted = [Part(text) for text in (shown.name, *shown.headlines, *(way.text for way in shown.ways))]
    for section in shown.sections:
        wanted += [Part(line) for lines in section.prose for line in lines]
        wanted += [part for entry in section.entries for part in _parts(entry, section.key, template_id)]
        wanted += [Part(text) for item in section.items for text in (item.text, item.note)]
    return [part for part in wanted if part.text]


def _parts(entry: Entry, key: str, template_id: str) -> Iterator[Part]:
    first, second = entry.heading, entry.subheading
    if (template_id == "academic" and key != "projects" and second) or not first:
        first, second = second, first
    yield Part(first, begins=True)
    yield Part(entry.period, dates=True)
    yield Part(second)
    yield from (Part(entry.link.text),) if entry.link else ()
    yield from (Part(line) for lines in entry.prose for line in lines)
    yield from map(Part, entry.highlights)
    yield Part(", ".join(entry.technologies))


def squeezed(source: str) -> str:
    """Without the differences that a page makes: white space, and capitals where a heading is set in them."""
    return "".join(source.split()).casefold().replace("–", "-").replace("\u00ad", "")


def misses(found: str, resume: Resume, template_id: str, *, plain: bool = False) -> Misses:
    """What is not in `found`; what is there, but before something that should precede it; and dates that stand apart.

    Dates are looked for by themselves: a reader may put what stands at the right of a line before or after what follows it.
    Plain text has an order of its own within an entry's heading, and days, so there only presence counts.
    """
    if plain:
        found += re.sub(r"\b(\d{4}-\d\d)-\d\d\b", lambda match: shown_date(match[1]), found)
    page = squeezed(found)
    wanted = expected(resume, template_id)
    absent = tuple(part.text for part in wanted if squeezed(part.text) not in page)
    if plain:
        return Misses(absent, (), ())
    here = [part for part in wanted if part.text not in absent]
    displaced, places = _walk(page, [part for part in here if not part.dates])
    late, dates = _walk(page, [part for part in here if part.dates])
    return Misses(absent, (*displaced, *late), tuple(_apart(here, places, dates, len(page))))


def _walk(page: str, parts: Iterable[Part]) -> tuple[list[str], list[int]]:
    """The parts that do not follow the one before, and where each part stands."""
    late, places, at = [], [], 0
    for part in parts:
        piece = squeezed(part.text)
        place = page.find(piece, at)
        if place < 0:
            late.append(part.text)
        else:
            at = place + len(piece)
        places.append(place if place >= 0 else at)
    return late, places


def _apart(parts: Iterable[Part], places: Iterable[int], dates: Iterable[int], end: int) -> Iterator[str]:
    """Dates outside the stretch of their entry."""
    left, right = iter(places), iter(dates)
    entries: list[tuple[int, int, str]] = []
    for part in parts:
        if part.dates:
            start = entries[-1][0] if entries else 0
            entries[-1:] = [(start, next(right), part.text)]
        elif part.begins:
            entries.append((next(left), -1, ""))
        else:
            next(left)
    starts = [start for start, _, _ in entries] + [end]
    for number, (start, date, period) in enumerate(entries):
        if period and not start <= date < starts[number + 1]:
            yield period


def pdftotext(path: Path) -> str:
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603


def pdfplumber_text(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def pdftotext_layout(path: Path) -> str:
    command = ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()  # noqa: S603


def python_docx(path: Path) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def lxml_text(path: Path) -> str:
    from lxml import html

    root = html.fromstring(path.read_bytes())
    for aside in root.xpath("//style|//title|//script"):
        aside.drop_tree()
    return " ".join(root.itertext())


def plain_text(path: Path) -> str:
    return path.read_text()


def soffice_texts(paths: list[Path], folder: Path) -> None:
    """LibreOffice's text of many files in one go, as NAME.soffice beside each."""
    for start in range(0, len(paths), 100):
        batch = [str(path) for path in paths[start : start + 100]]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir"]
        command += [str(folder / "soffice"), *batch]
        subprocess.run(command, capture_output=True, check=True, timeout=600)  # noqa: S603


def readers(folder: Path) -> dict[str, list[tuple[str, Reader]]]:
    """The outside readers there are, by format."""

    def libreoffice(path: Path) -> str:
        return (folder / "soffice" / f"{path.stem}.txt").read_text("utf-8-sig")

    pdf = [("pdftotext", pdftotext), ("… -layout", pdftotext_layout)] if shutil.which("pdftotext") else []
    word: list[tuple[str, Reader]] = [("python-docx", python_docx)]
    return {
        "pdf": [*pdf, ("pdfplumber", pdfplumber_text)],
        "docx": [*word, *([("LibreOffice", libreoffice)] if shutil.which("soffice") else [])],
        "html": [("lxml", lxml_text)],
        "txt": [("as it is", plain_text)],
    }


def outside(files: list[Written], folder: Path, *, verbose: bool) -> int:
    """Prints whole and in order by format, template and reader; returns how many files fall short."""
    if shutil.which("soffice"):
        soffice_texts([file.path for file in files if file.format == "docx"], folder)
    known = readers(folder)
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for file in files:
        for name, reader in known[file.format]:
            found = misses(reader(file.path), file.resume, file.template_id, plain=file.format == "txt")
            count = counts.setdefault((file.format, name, file.template_id), Counter())
            ordered = not (found.absent or found.displaced)
            count.update(files=1, whole=not found.absent, ordered=ordered, dated=ordered and not found.apart)
            if verbose and any(found):
                print(
                    f"  {file.path.name} {name}: absent {found.absent[:3]}, displaced {found.displaced[:3]}, apart {found.apart[:3]}"
                )
    print(
        f"\n{'format':7}{'reader':13}{'template':10}{'files':>6}{'whole':>7}{'in order':>10}{'dates by their entry':>22}"
    )
    for (format_, name, template_id), count in sorted(counts.items()):
        print(
            f"{format_:7}{name:13}{template_id:10}{count['files']:6}{count['whole']:7}{count['ordered']:10}{count['dated']:22}"
        )
    return sum(count["files"] - count["ordered"] for count in counts.values())


Extract = Callable[[bytes], Resume]


def own_readers() -> dict[str, Extract]:
    """Our readers by format, as far as they can be imported."""
    from backend.documents.reading.parse import parse
    from backend.documents.reading.plain import extract_plain

    found: dict[str, Extract] = {"txt": lambda data: stored_shape.read(parse(extract_plain(data, "text")).document)}
    try:
        from backend.documents.reading.office import extract_docx, extract_html

        found["docx"] = lambda data: stored_shape.read(parse(extract_docx(data)).document)
        found["html"] = lambda data: stored_shape.read(parse(extract_html(data)).document)
        from backend.documents.reading.pdf import extract_pdf

        found["pdf"] = lambda data: stored_shape.read(parse(extract_pdf(data)).document)
    except ImportError as error:
        print(f"(not measured: {error})")
    return found


def fields(resume: Resume) -> Iterator[tuple[str, str, str]]:
    """Each field that has a value as (kind, path, value), comparable with what was read."""
    contact = resume.contact
    for name in ("name", "email", "phone", "location"):
        yield f"contact.{name}", f"contact/{name}", getattr(contact, name)
    for number, (_, address) in enumerate(contact.links):
        yield "contact.links", f"contact/links/{number}", _bare(address)
    yield "summary", "summary", resume.summary
    lists = ("work_experience", "education", "projects", "certifications", "languages")
    data = comparable(resume)
    for section in lists:
        for number, item in enumerate(data.get(section, ())):
            for name, value in item.items():
                for place, one in enumerate(value if isinstance(value, list) else [value]):
                    path = f"{section}/{number}/{name}" + (f"/{place}" if isinstance(value, list) else "")
                    yield f"{section}.{name}", path, _bare(one) if name == "url" else _month(one)
    for section in ("skills", "achievements"):
        for number, one in enumerate(data.get(section, ())):
            yield section, f"{section}/{number}", one
    for extra in resume.extras:
        for number, one in enumerate(extra.lines):
            yield "extras", f"extras/{extra.title.lower()}/{number}", one


def _month(value: str) -> str:
    """A day as its month, which is what documents show."""
    return re.sub(r"^(\d{4}-\d\d)-\d\d$", r"\1", value)


def _bare(address: str) -> str:
    """An address as documents show it."""
    return re.sub(r"^https?://(?:www\.)?|/$", "", address)


def own(files: list[Written], *, verbose: bool) -> None:
    """Prints the share of fields that our own reader gives back, by format and template, and by kind of field."""
    known = own_readers()
    by_file: dict[tuple[str, str], Counter[str]] = {}
    by_kind: dict[str, dict[str, Counter[str]]] = {}
    for file in files:
        if file.format not in known:
            continue
        wanted = {path: (kind, squeezed(value)) for kind, path, value in fields(file.resume) if value}
        found = dict(_read(known[file.format], file.path))
        count = by_file.setdefault((file.format, file.template_id), Counter())
        for path, (kind, value) in wanted.items():
            right = found.get(path) == value
            count.update(fields=1, right=right)
            by_kind.setdefault(kind, {}).setdefault(file.format, Counter()).update(fields=1, right=right)
            if verbose and not right:
                print(f"  {file.path.name} {path}: {found.get(path, '(nothing)')[:80]!r} instead of {value[:80]!r}")
    _print_own(by_file, by_kind)


def _read(extract: Extract, path: Path) -> Mapping[str, str]:
    from backend.errors import InvalidInput

    try:
        return {place: squeezed(value) for _, place, value in fields(extract(path.read_bytes())) if value}
    except InvalidInput as error:
        return {"": str(error)}


def _print_own(
    by_file: Mapping[tuple[str, str], Counter[str]], by_kind: Mapping[str, Mapping[str, Counter[str]]]
) -> None:
    print(f"\nOur own reader: fields right\n{'format':7}{'template':10}{'fields':>8}{'right':>8}")
    for (format_, template_id), count in sorted(by_file.items()):
        print(f"{format_:7}{template_id:10}{count['fields']:8}{count['right'] / count['fields']:8.2%}")
    formats = sorted({format_ for format_, _ in by_file})
    print(f"\n{'field':34}" + "".join(f"{format_:>9}" for format_ in formats))
    totals: dict[str, Counter[str]] = {format_: Counter() for format_ in formats}
    for kind, counts in sorted(by_kind.items()):
        cells = [counts.get(format_, Counter()) for format_ in formats]
        print(f"{kind:34}" + "".join(f"{_share(count):>9}" for count in cells))
        for format_ in formats:
            totals[format_].update(counts.get(format_, Counter()))
    print(f"{'all':34}" + "".join(f"{_share(totals[format_]):>9}" for format_ in formats))


def _share(count: Mapping[str, int]) -> str:
    return f"{count['right'] / count['fields']:.2%}" if count["fields"] else "–"


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="how many resumes")
    parser.add_argument("-v", action="store_true", help="print what is missed")
    parser.add_argument("--strangers", action="store_true", help="people of words that no rule was written with")
    parser.add_argument("--only", choices=("outside", "own"))
    parser.add_argument("--formats", default=",".join(FORMATS))
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")  # of the readers, about fonts
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_all(resumes(options.n, strange=options.strangers), folder, options.formats.split(","))
        print(f"{options.n} resumes, {len(files)} files")
        if options.only != "own":
            outside(files, folder, verbose=options.v)
        if options.only != "outside":
            own(files, verbose=options.v)


if __name__ == "__main__":
    main()
