"""Whether a resume's fields come out right, on PDFs made by others.

The truth of a PDF was written by people who looked at the page (`*.truth.json` beside the PDFs, else in `parsing/`); that of
a RenderCV PDF is the YAML it was made from. The rules were written with every other file, by name, in view: the others are
held out. A missing or a made-up entry counts as wrong in each of its fields.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from backend.documents.reading.data_file import document_in
from backend.documents.reading.parse import parse
from backend.documents.reading.pdf import extract_pdf
from backend.documents.reading.placed import OTHER, texts_in, words_of
from backend.documents.reading.refining import doubts_of
from backend.documents.reading.yaml_file import yaml_object
from backend.domain import stored_shape
from backend.domain.parsed import ParsedResume
from backend.domain.resume import Resume

DATA = Path(__file__).parents[4] / "shared" / "data"
OWN = Path(__file__).parent / "parsing"
FIELDS = (
    "name",
    "email",
    "phone",
    "location",
    "title",
    "company",
    "work dates",
    "degree",
    "institution",
    "education dates",
)
Entry = dict[str, str]


class Truth(NamedTuple):
    contact: Entry
    work: list[Entry]
    education: list[Entry]


class Check(NamedTuple):
    field: str
    wanted: str
    found: str
    confidence: float | None

    @property
    def right(self) -> bool:
        return _alike(self.field, self.wanted, self.found)


def main(data: Path = DATA, *, verbose: bool = False, every: bool = True) -> None:
    """Prints fields right of all, per half. Without `every`, the half that is not held out only."""
    files = list(cases(data))
    if not files:
        print("../shared/data is absent: parsing is not measured")
        return
    halves: dict[str, dict[str, list[bool]]] = {"seen": defaultdict(list), "held out": defaultdict(list)}
    sure: dict[float, list[bool]] = defaultdict(list)
    shares, unplaced, doubted = [], [], []
    for path, truth, held_out in files:
        half = "held out" if held_out else "seen"
        if held_out and not every:
            continue
        parsed = parse(extract_pdf(path.read_bytes()))
        shares.append(parsed.kept)
        unplaced.append(_unplaced(parsed))
        doubted.append(len(doubts.lines) if (doubts := doubts_of(parsed)) else 0)
        checks = list(compared(truth, parsed))
        for check in checks:
            halves[half][check.field].append(check.right)
            if check.confidence is not None and check.found:
                sure[min(int(check.confidence * 10), 9) / 10].append(check.right)
        if verbose:
            _tell(path, checks, parsed)
    _table(halves, sure)
    print(f"\nWords kept: {sum(shares) / len(shares):.2%} on average, {min(shares):.2%} at least")
    print(f"Words kept but without a place of their own: {sum(unplaced) / len(unplaced):.2%} on average")
    asked = [lines for lines in doubted if lines]
    print(f"A model would be asked about {len(asked)} of {len(doubted)} files, {sum(asked)} lines in all")


def _tell(path: Path, checks: list[Check], parsed: ParsedResume) -> None:
    wrong = [check for check in checks if not check.right]
    print(
        f"\n{path.name}: {len(checks) - len(wrong)}/{len(checks)}, {parsed.kept:.1%} of the words kept {parsed.missing}"
    )
    for check in wrong:
        print(f"    {check.field}: {check.found!r} for {check.wanted!r}")


def _table(halves: Mapping[str, Mapping[str, list[bool]]], sure: Mapping[float, list[bool]]) -> None:
    print("\nFields read right" + "".join(f"{half:>16}" for half in halves))
    for field in FIELDS:
        print(f"{field:17}" + "".join(f"{_share(found[field]):>16}" for found in halves.values()))
    totals = [_share([right for field in found.values() for right in field]) for found in halves.values()]
    print(f"{'all':17}" + "".join(f"{total:>16}" for total in totals))
    print("\nConfidence given, and fields right")
    for floor, found in sorted(sure.items()):
        print(f"{floor:.1f}–{floor + 0.1:.1f}{_share(found):>16}")


def _unplaced(parsed: ParsedResume) -> float:
    return len(words_of(" ".join(texts_in(parsed.document.get(OTHER, []))))) / len(words_of(parsed.text))


def _share(found: list[bool]) -> str:
    return f"{sum(found)}/{len(found)} {sum(found) / len(found):.0%}" if found else "-"


def cases(data: Path) -> Iterator[tuple[Path, Truth, bool]]:
    """The PDFs whose truth is known, by name, and whether they are held out."""
    for number, path in enumerate(sorted((data / "resume_pdfs").glob("*.pdf"))):
        for truth in (path.with_suffix(".truth.json"), OWN / f"{path.stem}.truth.json"):
            if truth.is_file():
                yield path, _by_hand(json.loads(truth.read_text())), bool(number % 2)
                break
    for number, path in enumerate(sorted((data / "rendercv_examples").glob("*.pdf"))):
        source = yaml_object(path.with_suffix(".yaml").read_text())
        yield path, _of_resume(stored_shape.read(document_in(source, "YAML"))), bool(number % 2)


def _by_hand(truth: Mapping[str, Any]) -> Truth:
    contact = {key.replace("full_name", "name"): value for key, value in truth["contact"].items()}
    return Truth(contact, truth["experience"], truth["education"])


def _of_resume(resume: Resume) -> Truth:
    return Truth(
        {name: value for name in ("name", "email", "phone", "location") if (value := getattr(resume.contact, name))},
        [_plain({"title": job.title, "company": job.company, "dates": f"{job.start_date} - {job.end_date}"}) for job in resume.work_experience],
        [
            _plain({
                "degree": f"{school.degree} {school.field}".strip(),
                "institution": school.institution,
                "dates": " - ".join(filter(None, (school.start_date, school.end_date))),
            })
            for school in resume.education
        ],
    )  # fmt: skip


def _plain(entry: Entry) -> Entry:
    return {key: value for key, value in entry.items() if value}


def compared(truth: Truth, parsed: ParsedResume) -> Iterator[Check]:
    resume = stored_shape.read(parsed.document)
    sure = {field.path: field.confidence for field in parsed.fields}
    found = _of_resume(resume)
    for name, wanted in truth.contact.items():
        yield Check(name, wanted, found.contact.get(name, ""), sure.get(f"/contact/{name}"))
    for section, wanted_entries, found_entries, names in (
        ("work_experience", truth.work, found.work, {"title": "title", "company": "company", "dates": "work dates"}),
        ("education", truth.education, found.education, {"degree": "degree", "institution": "institution", "dates": "education dates"}),
    ):  # fmt: skip
        pairs = _paired(wanted_entries, found_entries, names)
        for wanted_at, found_at in pairs:
            wanted_entry = wanted_entries[wanted_at] if wanted_at is not None else {}
            entry = found_entries[found_at] if found_at is not None else {}
            for key, field in names.items():
                if wanted_at is None or key in wanted_entry:
                    path = f"/{section}/{found_at}/{key if key != 'dates' else 'end_date'}"
                    if wanted_entry.get(key, "") or entry.get(key, ""):
                        yield Check(field, wanted_entry.get(key, ""), entry.get(key, ""), sure.get(path))


def _paired(wanted: list[Entry], found: list[Entry], names: Mapping[str, str]) -> list[tuple[int | None, int | None]]:
    """Each true entry with the one read that shares most of its fields, each used once; then what is left over."""
    scores = sorted(
        (
            (sum(_alike(field, w.get(key, ""), f.get(key, "")) for key, field in names.items() if key in w), -abs(i - j), i, j)
            for i, w in enumerate(wanted)
            for j, f in enumerate(found)
        ),
        reverse=True,
    )  # fmt: skip
    pairs: list[tuple[int | None, int | None]] = []
    left, right = set(range(len(wanted))), set(range(len(found)))
    for score, _, i, j in scores:
        if i in left and j in right and (score or len(wanted) == len(found) == 1 or i == j):
            pairs.append((i, j))
            left.discard(i)
            right.discard(j)
    return [*pairs, *((i, None) for i in sorted(left)), *((None, j) for j in sorted(right))]


def _alike(field: str, wanted: str, found: str) -> bool:
    if field == "phone":
        return re.sub(r"\D", "", wanted)[-10:] == re.sub(r"\D", "", found)[-10:]
    if field.endswith("dates"):
        return _dates(wanted) == _dates(found)
    if field == "degree":
        return Counter(_words(wanted)) == Counter(_words(found))
    return _words(wanted) == _words(found)


def _words(text: str) -> list[str]:
    drop = {"in", "of", "major"}
    return [word for word in re.findall(r"[^\W_]+", text.lower()) if word not in drop]


def _dates(text: str) -> list[str]:
    """The dates of a text as "2021-03", "2021" or "present", by rules of this measurement's own; a date twice is one."""
    found = []
    for match in _DATE.finditer(text.lower()):
        if match["now"]:
            found.append("present")
            continue
        month = _MONTHS.index(match["name"]) + 1 if match["name"] else int(match["before"] or match["after"] or 0)
        found.append(f"{match['season'] or ''}{match['year']}" + (f"-{month:02}" if month else ""))
    return found if len(set(found)) > 1 else found[:1]


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    rf"(?:\b(?P<name>{'|'.join(_MONTHS)})[a-z]*[. ]*|\b(?P<before>\d\d?)/|\b(?P<season>[a-z]+) )?"
    r"(?P<year>(?:19|20)\d\d)(?:-(?P<after>\d\d)(?!\d))?|(?P<now>\bpresent\b)"
)


if __name__ == "__main__":
    main(verbose="-v" in sys.argv, every="--seen" not in sys.argv)
