"""Builds common_words.txt, the stems of words that everybody uses. Not needed at run time.

    apt-get install scowl && python -m backend.data.build_common /usr/share/dict/scowl

The two commonest classes of SCOWL (Kevin Atkinson; see README.md for its notice).
"""

import sys
from pathlib import Path

from backend.domain.text import stem

CLASSES = ("english-words.10", "english-words.20", "american-words.10", "american-words.20")


def main(folder: Path) -> None:
    found: set[str] = set()
    for name in CLASSES:
        for word in (folder / name).read_text(encoding="latin-1").split():
            if word.isalpha() and word.islower() and len(word) > 2:
                found.add(stem(word))
    (Path(__file__).parent / "common_words.txt").write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
