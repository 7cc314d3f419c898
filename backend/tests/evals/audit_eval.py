"""How the audit does on resumes that were written with care, and how its spelling does on real ones.

    python -m backend.tests.evals.audit_eval

Prints, for the sample and each resume of the grounding set that is for tuning, both scores and what was found; how many slips planted in their words are
seen; then how many
words of 310 real resumes (../shared/data/resume_ner, where it is there) are taken for misspelt, to be judged by eye.
"""

import json
import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

from backend.data import SAMPLES, load_lexicon
from backend.data.spelling import load_spelling
from backend.domain.audit import Auditor, Speller
from backend.domain.stored_shape import read

_TUNE = Path(__file__).parent / "grounding" / "tune"
_REAL = Path(__file__).parents[4] / "shared" / "data" / "resume_ner" / "train_310.jsonl"


def main() -> None:
    lexicon = load_lexicon()
    speller = Speller(load_spelling(), lexicon)
    auditor = Auditor(lexicon, date(2026, 11, 1), speller)
    clean(auditor)
    planted(speller)
    if _REAL.exists():
        spelling(speller)
    else:
        print("The real resumes are not there; spelling was not measured on them.")


def clean(auditor: Auditor) -> None:
    print("resume | strict | lenient | found")
    found: Counter[str] = Counter()
    lowest, seconds = 100.0, 0.0
    paths = [SAMPLES / "resume.json", *sorted(_TUNE.glob("*.json"))]
    for path in paths:
        resume = read(json.loads(path.read_text(encoding="utf-8")))
        start = time.perf_counter()
        strict = auditor.report(resume)
        seconds += time.perf_counter() - start
        lenient = auditor.report(resume, mode="lenient")
        codes = Counter(finding.code for finding in strict.findings)
        found += codes
        lowest = min(lowest, lenient.score)
        told = ", ".join(f"{code} ×{number}" if number > 1 else code for code, number in codes.items()) or "nothing"
        print(f"{path.stem} | {strict.score:.0f} | {lenient.score:.0f} | {told}")
    print(
        f"{len(paths)} resumes, lowest lenient score {lowest:.0f}, {1000 * seconds / len(paths):.1f} ms each; {dict(found)}\n"
    )


def planted(speller: Speller) -> None:
    """One slip in each plain word of five letters or more of the clean resumes: how many are seen, and rightly guessed. Slips
    that make another word are left out."""
    texts = [text for path in sorted(_TUNE.glob("*.json")) for text in _highlights(path)]
    known = sorted({word for text in texts for word in re.findall(r"(?<![\w-])[a-z]{5,}(?![\w-])", text)})
    slips = [(word, slip) for n, word in enumerate(known) if (slip := _with_slip(word, n)) not in speller.words]
    seen = right = 0
    for word, slip in slips:
        found = list(speller.slips(f"They had {slip} then"))
        seen += bool(found)
        right += [meant for _, meant in found] == [word]
    print(f"{len(slips)} planted slips: {seen / len(slips):.1%} seen, {right / len(slips):.1%} rightly guessed\n")


def _highlights(path: Path) -> list[str]:
    resume = read(json.loads(path.read_text(encoding="utf-8")))
    return [text for _, entry in resume.entries() for text in entry.highlights]


def _with_slip(word: str, n: int) -> str:
    """Two letters swapped, one left out, one doubled or one replaced, somewhere after the first."""
    at = 1 + n * 7 % (len(word) - 2)
    head, letter, tail = word[:at], word[at], word[at + 1 :]
    return (head + tail[:1] + letter + tail[1:], head + tail, head + 2 * letter + tail, head + "aeiou"[n % 5] + tail)[
        n % 4
    ]


def spelling(speller: Speller) -> None:
    told: Counter[str] = Counter()
    count = 0
    with _REAL.open(encoding="utf-8") as file:
        for row in file:
            count += 1
            for line in json.loads(row)["text"].split("\n"):
                told.update(f"{word} → {meant}" for word, meant in speller.slips(line.strip("• ")))
    print(f"{count} real resumes: {len(told)} words taken for misspelt, {told.total()} times")
    print("; ".join(word for word, _ in told.most_common()))


if __name__ == "__main__":
    main()
