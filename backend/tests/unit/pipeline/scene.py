"""A small resume, a job, and a pipeline over doubles: what the tests of the pipeline share.

Of the job's four skills Python is shown, PostgreSQL and Kafka only stand in a highlight that is a bare list (so each entry
has one line to reword), and Terraform is nowhere: a gap.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from zlib import crc32

import numpy as np

from backend.adapters.embedded.memory_chunks import MemoryChunks
from backend.adapters.embedded.memory_index import MemoryIndex
from backend.data import load_lexicon
from backend.domain.content import Chunk, chunk_evidence, resume_evidence
from backend.domain.grounding import Grounder
from backend.domain.job import Job, JobAnalysis, Requirement
from backend.domain.lexicon import Lexicon
from backend.domain.progress import ProgressEvent
from backend.domain.ranking import Relevance
from backend.domain.resume import Resume
from backend.domain.scoring import Scorer
from backend.domain.stored_shape import read
from backend.domain.tailoring import Options, Tailoring
from backend.domain.text import stems
from backend.pipeline.evidence_retriever import EvidenceMatrix
from backend.pipeline.metering import Budget
from backend.pipeline.run import Case, TailoringRequest
from backend.pipeline.tailoring_pipeline import TailoringPipeline
from backend.pipeline.tailoring_planner import Planner
from backend.ports import LanguageModel, Vectors
from backend.tasks.analyze_job import AnalyzeJobOutput
from backend.tasks.judge_relevance import JudgeRelevanceOutput
from backend.tasks.write_edits import Brief, WriteEdits, WriteEditsOutput, WrittenEdit
from backend.tests.doubles import CountingIds, FixedClock, Scripted, ScriptedModel

USER = "ada"
SUMMARY, FREIGHT, PAY = "/summary", "/work_experience/0", "/work_experience/1"
BOOKING, SETTLEMENT = f"{FREIGHT}/highlights/1", f"{PAY}/highlights/1"
DOCUMENT: dict[str, Any] = {
    "contact": {"name": "Ada Berg", "email": "ada@example.com", "phone": "+46 70 555 01 42"},
    "summary": "Backend engineer who likes small services and plain words.",
    "work_experience": [
        {
            "company": "Harborline Freight",
            "title": "Software Engineer",
            "start_date": "2021-04",
            "end_date": "2025-10",
            "description": "- Built the booking service in Python for 40 clerks\n- Python, Docker, Redis, PostgreSQL, Git",
        },
        {
            "company": "Kvitto Pay",
            "title": "Developer",
            "start_date": "2018-01",
            "end_date": "2021-03",
            "description": "- Maintained the settlement service for 12 shops\n- Kafka, Java, Linux, Jenkins, Ansible",
        },
    ],
    "education": [{"institution": "Chalmers", "degree": "Bachelor of Science", "end_date": "2016"}],
    "skills": ["Git", "Python"],
}
JOB = Job(text="Backend engineer. You must know Python, PostgreSQL, Kafka and Terraform to run our booking service.")
ANALYSIS = AnalyzeJobOutput(
    required_skills=["Python", "PostgreSQL", "Kafka", "Terraform"],
    preferred_skills=[],
    seniority="mid",
    domain="logistics",
    culture_signals=[],
    key_requirements=[],
)
TRUE_BOOKING = "Used Python, Docker, Redis, PostgreSQL and Git for the booking service"
TRUE_SETTLEMENT = "Used Kafka, Java, Linux, Jenkins and Ansible for the settlement service"
FALSE_BOOKING = "Used Python, Docker, Redis, PostgreSQL and Git for 4,000 clerks"
FALSE_SETTLEMENT = "Used Kafka, Java, Linux, Jenkins and Terraform for the settlement service"

Lines = Mapping[str, str]
"""Path of a line -> the writer's text for it."""


def writes(*attempts: Lines) -> list[Scripted]:
    """A writer that answers attempt n with the lines of `attempts[n]` that the task asks for, and at the end with none."""
    seen: dict[str, int] = {}

    def answer(task: WriteEdits) -> WriteEditsOutput:
        number = seen[task.part] = seen.get(task.part, -1) + 1
        lines = attempts[number] if number < len(attempts) else {}
        return WriteEditsOutput(edits=[edit_of(task, p, t) for p, t in lines.items() if p.startswith(task.part)])

    return [answer] * 40


def edit_of(task: WriteEdits, path: str, text: str) -> WrittenEdit:
    """An edit that cites the line itself and where it stands."""
    if path == SUMMARY:
        return WrittenEdit(target=0, text=text, cites=[], requirements=[])
    numbers = task.brief.numbers
    return WrittenEdit(target=numbers[path], text=text, cites=[numbers[path], numbers[task.part]], requirements=["r2"])


def judges(*scores: int) -> list[Scripted]:
    """A judge that gives these scores in turn, the last one for ever."""
    given = [JudgeRelevanceOutput(score=score, issues=[]) for score in scores]
    return [*given, *given[-1:] * 10]


def scripted(
    write: Sequence[Scripted] = (), judge: Sequence[Scripted] = (), analysis: Scripted = ANALYSIS, **more: Any
) -> ScriptedModel:
    answers = {"analyze_job": [analysis], "write_edits": write or writes(), "judge_relevance": judge or judges(50)}
    return ScriptedModel(answers, **more)


class WordEmbedder:
    """Texts that share stems are near each other. `embedded` records what it was asked for."""

    name, size, floor = "words", 256, 0.1

    def __init__(self) -> None:
        self.embedded: list[tuple[str, str]] = []

    async def embed(self, texts: Sequence[str], kind: Literal["query", "document"]) -> Vectors:
        self.embedded += [(kind, text) for text in texts]
        rows = np.zeros((len(texts), self.size), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for stem in stems(text) or ["nothing"]:
                row[crc32(stem.encode()) % self.size] += 1
            row /= np.linalg.norm(row)
        return rows


@dataclass
class Scene:
    """A pipeline over doubles. `tailor` runs it once and keeps what it told on the way."""

    model: LanguageModel
    budget: Budget = field(default_factory=Budget)
    concurrency: int = 8
    embedder: WordEmbedder = field(default_factory=WordEmbedder)
    index: MemoryIndex = field(default_factory=MemoryIndex)
    chunks: MemoryChunks = field(default_factory=MemoryChunks)
    clock: FixedClock = field(default_factory=FixedClock)
    events: list[ProgressEvent] = field(default_factory=list)

    @property
    def pipeline(self) -> TailoringPipeline:
        return TailoringPipeline(
            model=self.model,
            embedder=self.embedder,
            index=self.index,
            chunks=self.chunks,
            lexicon=load_lexicon(),
            grounder=Grounder(load_lexicon()),
            clock=self.clock,
            ids=CountingIds(),
            budget=self.budget,
            concurrency=self.concurrency,
        )

    async def tailor(self, document: Mapping[str, Any] = DOCUMENT, job: Job = JOB, **options: Any) -> Tailoring:
        async def note(event: ProgressEvent) -> None:
            self.events.append(event)

        request = TailoringRequest(USER, "resume-1", document, job, Options(**options))
        return await self.pipeline.run(request, note)


RESUME = read(DOCUMENT)
SKILLS = ("Python", "PostgreSQL", "Kafka", "Terraform")
ASKED = tuple(Requirement(id=f"r{n}", text=s, kind="skill", skills=(s,)) for n, s in enumerate(SKILLS, 1))


def case_of(
    lexicon: Lexicon,
    resume: Resume = RESUME,
    library: Iterable[Chunk] = (),
    asked: tuple[Requirement, ...] = ASKED,
    **options: Any,
) -> Case:
    """What is known before the first attempt, without a run: all of the evidence, and no ranking of it."""
    analysis = JobAnalysis(required_skills=SKILLS, requirements=asked)
    found = [*resume_evidence(resume), *chunk_evidence(library, resume)]
    matrix = EvidenceMatrix({item.id: item for item in found})
    scorer = Scorer(lexicon, date(2026, 1, 1))
    wanted = Options(**options)
    return Case(
        resume=resume,
        analysis=analysis,
        matrix=matrix,
        plan=Planner(lexicon, scorer).plan(analysis, resume, matrix),
        scorer=scorer,
        relevance=Relevance(analysis, lexicon, wanted.focus_areas),
        brief=Brief(resume, tuple(found), analysis, wanted, "mark1"),
        options=wanted,
    )


def tasks_of(model: ScriptedModel, kind: type[Any], wanted: Callable[[Any], bool] = lambda _: True) -> list[Any]:
    return [task for task in model.tasks if isinstance(task, kind) and wanted(task)]
