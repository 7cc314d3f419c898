"""Requirements read by rule: soft skills on Sayfullina's annotated snippets, and all kinds on SkillSpan dev.

Of a snippet the annotators marked one phrase, whichever it was found by, and left others as they are; so precision there is
a lower bound. 37 % of the marks are "dynamic", "independent", "lively" or "aggressive", also of teams and companies.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from backend.data import load_lexicon
from backend.data.skillspan import knowledge_scores, read_lines
from backend.domain.requirement_spans import extract_requirements
from backend.domain.soft_skills import soft_skills

_AMBIGUOUS = {"dynamic", "independent", "lively", "aggressive"}


class Snippet(NamedTuple):
    text: str
    spans: tuple[tuple[int, int], ...]


def read_snippets(path: Path) -> Iterator[Snippet]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [row.split("\t") for row in block.split("\n") if "\t" in row]
        spans: list[tuple[int, int]] = []
        place = 0
        for token, tag in rows:
            if tag.startswith("B"):
                spans.append((place, place + len(token)))
            elif tag.startswith("I") and spans:
                spans[-1] = (spans[-1][0], place + len(token))
            place += len(token) + 1
        if rows:
            yield Snippet(" ".join(row[0] for row in rows), tuple(spans))


def soft_skill_table(path: Path, *, ambiguous: bool) -> str:
    right = predicted = found = marked = 0
    for snippet in read_snippets(path):
        if not ambiguous and any(snippet.text[start:end] in _AMBIGUOUS for start, end in snippet.spans):
            continue
        spans = [(skill.start, skill.end) for skill in soft_skills(snippet.text)]
        predicted += len(spans)
        marked += len(snippet.spans)
        right += sum(any(s < e2 and e > s2 for s2, e2 in snippet.spans) for s, e in spans)
        found += sum(any(s < e2 and e > s2 for s, e in spans) for s2, e2 in snippet.spans)
    return (
        f"precision {right / max(predicted, 1):.3f}  recall {found / max(marked, 1):.3f}  "
        f"({predicted} predicted, {marked} marked)"
    )


def main(data: Path) -> None:
    if not data.is_dir():
        print("../shared/data is absent: requirements are not measured")
        return
    dev = data / "sayfullina_softskills" / "sayfullina_dev.conll"
    print("\nSoft skills, Sayfullina dev, overlap counted")
    print(f"all snippets                  {soft_skill_table(dev, ambiguous=True)}")
    print(f"without the ambiguous words   {soft_skill_table(dev, ambiguous=False)}")
    lexicon, lines = load_lexicon(), read_lines(data / "skillspan" / "dev.jsonl")
    print("\nRequirements, SkillSpan dev: spans of hard skills against annotated knowledge, line by line")
    kinds: Counter[str] = Counter()
    hard = []
    for line in lines:
        requirements = extract_requirements(line.text, lexicon)
        kinds.update(requirement.kind for requirement in requirements)
        hard.append(
            [
                (r.span.start, r.span.end)
                for r in requirements
                if r.kind in ("skill", "language", "certification", "education")
            ]
        )
    print(f"skill, language, certification, education  {knowledge_scores(lines, hard)}")
    print("found: " + ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main(Path(__file__).parents[4] / "shared" / "data")
