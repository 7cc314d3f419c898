"""Builds idf.tsv, the fixed table of inverse document frequencies (see `backend.domain.bm25`). Not needed at run time.

    python -m backend.data.build_idf ../shared/data

Counts words, and only counts, over O*NET 29.2 task statements (CC BY 4.0, U.S. Department of Labor/ETA), ESCO occupation
descriptions (European Commission, reuse with attribution) and SkillSpan train advertisements (MIT).
"""

import csv
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from backend.data.skillspan import read_lines
from backend.domain.text import sentences, stems

SEEN_AT_LEAST = 4


def documents(data: Path) -> Iterator[str]:
    with (data / "onet_29_2/Task Statements.txt").open(encoding="utf-8") as file:
        yield from (row["Task"] for row in csv.DictReader(file, delimiter="\t"))
    with (data / "esco_occupations/occupations_en.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from sentences(row["description"])
    for line in read_lines(data / "skillspan/train.jsonl"):
        yield line.text


def main(data: Path) -> None:
    seen, total = Counter[str](), 0
    for document in documents(data):
        total += 1
        seen.update(set(stems(document)))
    rows = [(stem, math.log(total / n)) for stem, n in seen.items() if n >= SEEN_AT_LEAST and not stem.isdigit()]
    body = "".join(f"{stem}\t{idf:.2f}\n" for stem, idf in sorted(rows))
    target = Path(__file__).parent / "idf.tsv"
    target.write_text(
        f"# Made by build_idf.py from {total} sentences; see README.md for sources.\n{body}", encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
