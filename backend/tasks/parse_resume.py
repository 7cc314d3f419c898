"""Where do the lines belong that the rules could not place?"""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from backend.domain.model import Model
from backend.tasks.task import Role, Task, untrusted


class PlacedText(Model):
    path: str = Field(description="Path of the field, such as /work_experience/0/company")
    line: int = Field(description="Number of the line in which the text begins")
    text: str = Field(description="The text, copied from the line character for character")


class ParseResumeOutput(Model):
    placements: list[PlacedText]


@dataclass(frozen=True)
class ParseResume(Task[ParseResumeOutput]):
    """`lines` are those in doubt, as they stand in the source; `known` is what was read so far, as (path, value, open):
    an open field may be filled or changed, the others only tell which entry is which."""

    name: ClassVar[str] = "parse_resume"
    role: ClassVar[Role] = "analyst"
    max_tokens: ClassVar[int] = 4_000
    essential: ClassVar[bool] = False
    output = ParseResumeOutput

    lines: tuple[str, ...]
    known: tuple[tuple[str, str, bool], ...]
    marker: str

    @property
    def question(self) -> str:
        read = "\n".join(
            f"{path}: {value or '(empty)'}{'' if not value else ' (unsure)' if is_open else ' (sure)'}"
            for path, value, is_open in self.known
        )
        numbered = "\n".join(f"[{number}] {line}" for number, line in enumerate(self.lines, 1))
        return untrusted("read", self.marker, read) + "\n\n" + untrusted("lines", self.marker, numbered)
