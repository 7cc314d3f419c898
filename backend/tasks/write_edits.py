"""How could this part of the resume say what the job asks, using only what the person wrote?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from backend.domain.content import Evidence
from backend.domain.job import JobAnalysis
from backend.domain.model import Model
from backend.domain.resume import Resume
from backend.domain.tailoring import Options
from backend.domain.voice import Voice, safe
from backend.tasks.task import Role, Task, prompt, untrusted

_REFUSED_SHOWN = 30  # the writer sees the newest; code holds it to all of them


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
    voice: Voice = field(default_factory=Voice)

    @cached_property
    def shared(self) -> tuple[str, ...]:
        """Rendered once a run; every part's prompt begins with these same bytes: the resume's lines, which are known before
        the job is, then the rest."""
        own = [item for item in self.evidence if item.in_resume]
        more = [item for item in self.evidence if not item.in_resume]
        asks = "\n".join(f"{r.id} ({r.importance}): {r.text}" for r in self.analysis.requirements)
        style = [f"Language: {self.options.language}", f"Tone: {self.options.tone}"]
        if self.options.focus_areas:
            style.append(untrusted("focus", self.marker, ", ".join(self.options.focus_areas)))
        blocks = [
            *([numbered(more, self.marker, first=len(own) + 1)] if more else []),
            untrusted("requirements", self.marker, asks),
            *voice_blocks(self.voice, self.marker),
            "\n".join(style),
        ]
        return numbered(own, self.marker), "\n\n".join(blocks)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The evidence's numbers: the resume's lines first, then the library's."""
        return {item.id: n for n, item in enumerate(sorted(self.evidence, key=lambda e: not e.in_resume), 1)}

    @cached_property
    def lines(self) -> dict[int, Evidence]:
        by_id = {item.id: item for item in self.evidence}
        return {number: by_id[id_] for id_, number in self.numbers.items()}


def voice_blocks(voice: Voice, marker: str) -> list[str]:
    """How the person writes, and how not; what there is none of is left out."""
    refused = [(e.text, e.reason) for e in safe(voice.refused) if e.text][:_REFUSED_SHOWN]
    texts = {
        "voice": voice.anchors,
        "approved": voice.approved,
        "changed": [f"we wrote: {wrote}\nthey changed it to: {made}" for wrote, made in voice.changed],
        "refused": [f"{text} ({why})" if why else text for text, why in refused],
    }
    return [untrusted(label, marker, "\n".join(lines)) for label, lines in texts.items() if lines]


def numbered(evidence: Sequence[Evidence], marker: str, first: int = 1) -> str:
    lines = "\n".join(f"[{n}] ({e.entry or 'resume'}) {e.text}" for n, e in enumerate(evidence, first))
    return untrusted("evidence", marker, lines)


@dataclass(frozen=True)
class PrimeCache(Task[WriteEditsOutput]):
    """Sent while the analyst reads, so that the parts, which are all asked for at once, find the resume in the vendor's
    cache: a prefix can be read from it only after the first answer to it has begun."""

    name: ClassVar[str] = "prime_cache"
    role: ClassVar[Role] = "writer"
    max_tokens: ClassVar[int] = 50
    essential: ClassVar[bool] = False
    output = WriteEditsOutput

    evidence: tuple[Evidence, ...]
    marker: str

    @property
    def instructions(self) -> str:
        return prompt(WriteEdits.name)

    @property
    def shared(self) -> tuple[str, ...]:
        return (numbered(self.evidence, self.marker),)

    @property
    def question(self) -> str:
        return "Nothing is to be rewritten yet. Answer with an empty list of edits."


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
    def shared(self) -> tuple[str, ...]:
        return self.brief.shared

    @property
    def question(self) -> str:
        wanted = "\n".join(
            f"- {'the summary (target 0)' if path == '/summary' else f'line [{self.brief.numbers[path]}]'}"
            + (f" for {', '.join(ids)}" if ids else "")
            for path, ids in self.targets
        )
        text = f"Rewrite, where the evidence allows it, in {self.part}:\n{wanted}"
        if self.feedback:
            reasons = "\n".join(f"- {reason}" for reason in self.feedback)
            text += "\n\nOf your last attempt, this was refused or is missing. Do not repeat refused claims:\n"
            text += untrusted("feedback", self.brief.marker, reasons)
        return text
