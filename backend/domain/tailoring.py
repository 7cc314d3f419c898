"""One run and its record."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from backend.domain.content import Evidence
from backend.domain.edits import Edit
from backend.domain.evaluation import Evaluation, ScoreChange
from backend.domain.job import Job, JobAnalysis
from backend.domain.model import Model
from backend.domain.plan import Plan
from backend.domain.verification import EditStatus, Verification

Tone = Literal["neutral", "confident", "warm", "formal"]
StopReason = Literal["threshold_met", "nothing_left_to_show", "max_attempts", "budget_spent", "vendor_unavailable"]

Degradation = Literal["fallback_model", "rule_based_model", "words_only"]
"""Another model answered; rules answered; evidence was found by words alone, because embeddings or index were down."""


class Options(Model):
    """How to tailor. `word_limit` is for the whole resume; `model` names another writer, such as "openai:gpt-5"."""

    tone: Tone = "neutral"
    language: str = Field(default="en", pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z]{2,4})?$")
    word_limit: int | None = Field(default=None, ge=100, le=3000)
    focus_areas: tuple[Annotated[str, Field(max_length=100)], ...] = Field(default=(), max_length=10)
    max_attempts: int = Field(default=3, ge=1, le=5)
    threshold: float = Field(default=0.8, ge=0, le=1)
    model: str | None = Field(default=None, max_length=100)
    allow_rule_based: bool = False
    """When no language model can be reached, let rules answer in its place rather than fail."""


class TaskUsage(Model):
    """What one kind of task cost. Money is in US dollars, None where the price is not known."""

    task: str
    model: str
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0
    prompt_version: int = 0
    prompt_hash: str = ""
    instead_of: str = ""
    """The model, or the role, that should have answered."""


class Usage(Model):
    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0
    tasks: tuple[TaskUsage, ...] = ()


class TailoringEdit(Edit):
    """An edit as reported: what it changed, what it cites in full, and how verification judged it."""

    before: str = ""
    status: EditStatus = "supported"
    sources: tuple[Evidence, ...] = ()


class Gap(Model):
    """What the job asks and the person cannot show."""

    requirement_id: str
    text: str
    importance: str
    why: str


class Attempt(Model):
    number: int
    overall: float
    match_score: float
    edits: int
    reverted: int


class Tailoring(Model):
    """`tailored_resume` has the shape of the document that came in. `attempts` counts them; `attempt_history` has each."""

    id: str
    user_id: str
    created: datetime
    resume_id: str = ""
    job: Job
    options: Options
    analysis: JobAnalysis
    plan: Plan
    edits: tuple[TailoringEdit, ...]
    tailored_resume: dict[str, Any]
    verification: Verification
    evaluation: Evaluation
    match_score: ScoreChange
    gaps: tuple[Gap, ...]
    attempts: int
    attempt_history: tuple[Attempt, ...]
    stop_reason: StopReason
    usage: Usage
    warnings: tuple[str, ...] = ()
    degraded: tuple[Degradation, ...] = ()
    """What the run had to do without, each explained in `warnings`."""
