"""SkillSpan: lines of real job advertisements in which annotators marked the knowledge that is asked for."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One line. `knowledge` holds the annotated spans in characters, end exclusive."""

    document: int
    text: str
    knowledge: tuple[tuple[int, int], ...]

    def is_knowledge(self, start: int, end: int) -> bool:
        return any(start < stop and end > begin for begin, stop in self.knowledge)


@dataclass(frozen=True)
class Scores:
    """Overlap: a predicted span is right if it touches an annotated one; an annotated one is found if touched."""

    precision: float
    recall: float
    predicted: int
    annotated: int

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  ({self.predicted} predicted, {self.annotated} annotated)"


def read_lines(path: Path) -> list[Line]:
    lines = []
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        offsets, position = [], 0
        for token in row["tokens"]:
            offsets.append((position, position + len(token)))
            position += len(token) + 1
        lines.append(Line(row["idx"], " ".join(row["tokens"]), _spans(row["tags_knowledge"], offsets)))
    return lines


def _spans(tags: list[str], offsets: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    inside = False
    for tag, (start, end) in zip(tags, offsets, strict=True):
        if tag.startswith("I") and inside:
            spans[-1] = (spans[-1][0], end)
        elif tag != "O":
            spans.append((start, end))
        inside = tag != "O"
    return tuple(spans)


def knowledge_scores(lines: list[Line], predicted: list[list[tuple[int, int]]]) -> Scores:
    right = found = count = 0
    for line, spans in zip(lines, predicted, strict=True):
        count += len(spans)
        right += sum(line.is_knowledge(start, end) for start, end in spans)
        found += sum(any(s < end and e > start for s, e in spans) for start, end in line.knowledge)
    annotated = sum(len(line.knowledge) for line in lines)
    return Scores(right / max(count, 1), found / max(annotated, 1), count, annotated)
