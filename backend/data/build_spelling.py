"""Builds spelling.txt, the words that are spelt right. Not needed at run time.

    apt-get install scowl && python -m backend.data.build_spelling /usr/share/dict/scowl

Every form of every word up to class 70 of SCOWL (Kevin Atkinson; see README.md for its notice), American and British, in
lower case, without accents and of four letters or more, and three-letter words up to class 35, of which compounds are made. To keep the file
small each line gives, in one digit or letter of base 36, how many letters it shares with the line before, and then the rest.
"""

import sys
import unicodedata
from itertools import chain
from pathlib import Path

from backend.data.spelling import DIGITS, PATH

_KINDS = ("english", "american", "british", "british_z")
_CLASSES = (10, 20, 35, 40, 50, 55, 60, 70)
_COMMON = 35


def main(folder: Path) -> None:
    found = {
        word
        for level in _CLASSES
        for word in chain.from_iterable(_words(folder / f"{kind}-words.{level}") for kind in _KINDS)
        if len(word) >= (3 if level <= _COMMON else 4)
    }
    lines = []
    before = ""
    for word in sorted(found):
        shared = next(
            (n for n, (one, other) in enumerate(zip(before, word, strict=False)) if one != other), len(before)
        )
        shared = min(shared, len(DIGITS) - 1)
        lines.append(DIGITS[shared] + word[shared:])
        before = word
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(found):,} words\n")


def _words(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").split() if path.exists() else []
    plain = (
        unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode() for word in lines
    )  # "sauté" as "saute"
    return [word for word in plain if word.isalpha() and word.islower()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
