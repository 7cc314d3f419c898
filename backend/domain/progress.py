"""What a run tells while it goes."""

from typing import Literal

from backend.domain.model import Model

Stage = Literal["analyze", "retrieve", "plan", "generate", "verify", "evaluate", "done"]


class ProgressEvent(Model):
    """One step of a run. `seconds` is the time since the run began; `attempt` counts from 1, 0 before the first.
    `pieces` is how many questions the stage will ask, where that is known."""

    stage: Stage
    status: Literal["started", "finished"]
    attempt: int = 0
    message: str = ""
    seconds: float = 0.0
    pieces: int = 0
