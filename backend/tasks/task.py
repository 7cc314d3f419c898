"""A task: one typed question to a language model."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Generic, Literal, TypeVar

from backend.domain.model import Model
from backend.domain.spent import Spent

Role = Literal["analyst", "writer", "judge"]
Output = TypeVar("Output", bound=Model)
_PROMPTS = Path(__file__).parent / "prompts"


class Task(Generic[Output]):
    """What every task has. A prompt is `instructions`, then `shared`, then `question`: each part changes more often than the
    one before it, so that a vendor can cache the beginning. `max_tokens` bounds the answer."""

    name: ClassVar[str]
    role: ClassVar[Role]
    max_tokens: ClassVar[int] = 2_000
    essential: ClassVar[bool] = True
    """False for a question that a run can do without: it is asked once, and of no other model."""
    output: type[Output]

    @property
    def instructions(self) -> str:
        return prompt(self.name)

    @property
    def shared(self) -> tuple[str, ...]:
        """What tasks of one run have in common, equal to the byte, the longest-lived first; a vendor may cache up to the end
        of each."""
        return ()

    @property
    def question(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Answer(Generic[Output]):
    output: Output
    spent: Spent


@cache
def prompt(name: str) -> str:
    return (_PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip()


def untrusted(label: str, marker: str, text: str) -> str:
    """Text that somebody else wrote, fenced with a mark they cannot know, so that it cannot end its own block."""
    return f"<{label} {marker}>\n{text.replace(marker, '')}\n</{label} {marker}>"
