"""How could this part of the resume say what the job asks, using only what the person wrote?"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from backend.domain.content import Evidence
from backend.domain.job import JobAnalysis
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.tailoring import Options
from backend.tasks.task import Role, Task, untrusted


class WrittenEdit(Model):
    target: int = Field(description="Number of the line to replace; 0 for the summary")
    text: str = Field(description="The whole new line")
    cites: list[int] = Field(description="Numbers of the lines that support every claim in it")
    requirements: list[str] = Field(description="Ids of the requirements it serves")


class WriteEditsOutput(Model):
    edits: list[WrittenEdit]


@dataclass(frozen=True)
class Brief:
    """What all parts of one run share: the numbered evidence, what the job asks and how to write."""

    resume: Resume
    evidence: tuple[Evidence, ...]
    analysis: JobAnalysis
    options: Options
    marker: str
    voice: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Rendered once a run; every part's prompt begins with these same bytes."""
        lines = "\n".join(f"[{n}] ({e.entry or 'resume'}) {e.text}" for n, e in enumerate(self.evidence, 1))
        asks = "\n".join(f"{r.id} ({r.importance}): {r.text}" for r in self.analysis.requirements)
        style = [f"Language: {self.options.language}", f"Tone: {self.options.tone}"]
        if self.options.focus_areas:
            style.append("Focus: " + ", ".join(self.options.focus_areas))
        blocks = [
            untrusted("evidence", self.marker, lines),
            untrusted("requirements", self.marker, asks),
            *([untrusted("voice", self.marker, "\n".join(self.voice))] if self.voice else []),
            "\n".join(style),
        ]
        return "\n\n".join(blocks)

    @cached_property
    def numbers(self) -> dict[str, int]:
        return {item.id: n for n, item in enumerate(self.evidence, 1)}


@dataclass(frozen=True)
class WriteEdits(Task[WriteEditsOutput]):
    """`part` is "/summary" or an entry's pointer; `targets` maps each line that may be rewritten to the ids of the
    requirements it should show; `feedback` says what was refused last time, and why."""

    name: ClassVar[str] = "write_edits"
    role: ClassVar[Role] = "writer"
    output = WriteEditsOutput

    brief: Brief
    part: str
    targets: tuple[tuple[str, tuple[str, ...]], ...]
    feedback: tuple[str, ...] = ()

    @property
    def shared(self) -> str:
        return self.brief.text

    @property
    def question(self) -> str:
        wanted = "\n".join(
            f"- {'the summary (target 0)' if path == '/summary' else f'line [{self.brief.numbers[path]}]'}"
            + (f" for {', '.join(ids)}" if ids else "")
            for path, ids in self.targets
        )
        text = f"Rewrite, where the evidence allows it, in {self.part}:\n{wanted}"
        if self.feedback:
            refused = untrusted("refused", self.brief.marker, "\n".join(f"- {reason}" for reason in self.feedback))
            text += f"\n\nYour last attempt was refused in part. Do not repeat these claims:\n{refused}"
        return text
