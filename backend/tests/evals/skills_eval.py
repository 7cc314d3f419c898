"""The skill vocabulary on SkillSpan dev, which nothing is fitted on. A plain gazetteer: recall .73 at precision .28."""

from pathlib import Path

from backend.data import load_lexicon
from backend.data.skillspan import knowledge_scores, read_lines


def main(data: Path) -> None:
    if not data.is_dir():
        print("../shared/data is absent: the skill vocabulary is not measured")
        return
    lexicon, lines = load_lexicon(), read_lines(data / "skillspan" / "dev.jsonl")
    print("\nKnowledge spans of SkillSpan dev, overlap counted")
    for floor in (0.1, 0.2, 0.3):
        predicted = [[(m.start, m.end) for m in lexicon.demands(line.text, floor)] for line in lines]
        print(f"gate {floor:.1f}  {knowledge_scores(lines, predicted)}")
