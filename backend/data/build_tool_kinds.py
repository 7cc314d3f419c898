"""Builds tool_kinds.tsv: what kind of tool each one is, "Spreadsheet software: Microsoft Excel|…". Not needed at run time.

    python -m backend.data.build_tool_kinds ../shared/data

From the commodity titles of O*NET 29.2 (CC BY 4.0, U.S. Department of Labor/ETA), for the tools that our vocabulary knows.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

from backend.data import HERE, load_lexicon


def main(data: Path) -> None:
    vocabulary = load_lexicon().vocabulary
    kinds: dict[str, set[str]] = defaultdict(set)
    with (data / "onet_29_2" / "Technology Skills.txt").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            skill = vocabulary.lookup(row["Example"])
            if skill and skill.kind == "tool":
                kinds[row["Commodity Title"]].add(skill.name)
    lines = [f"{kind}\t{'|'.join(sorted(names))}" for kind, names in sorted(kinds.items())]
    (HERE / "tool_kinds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
