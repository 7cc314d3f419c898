"""The whole run, in order: analyze ∥ retrieve, plan, then generate → verify → evaluate until it is good enough.

The best attempt is kept, not the last. A run stops early when what is still missing cannot be supported by anything the
person wrote: that is a gap to report, not a reason to ask again.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.edits import Edit, apply
from backend.domain.grounding import Grounder
from backend.domain.job import Job, JobAnalysis
from backend.domain.lexicon import Lexicon
from backend.domain.progress import ProgressEvent
from backend.domain.ranking import Relevance
from backend.domain.run_state import PlanResult
from backend.domain.scoring import Scorer
from backend.domain.tailoring import StopReason, Tailoring
from backend.domain.voice import Voice, refuse
from backend.domain.voice_match import prose, voice_match
from backend.errors import BudgetSpent, BudgetTooSmall, TailorError, UnusableAnswer, VendorUnavailable
from backend.observability.signals import UNOBSERVED, Telemetry
from backend.pipeline.beside import beside
from backend.pipeline.claim_verifier import ClaimVerifier
from backend.pipeline.degrading import Losses, SubstitutedModel
from backend.pipeline.edited_plan import revised
from backend.pipeline.evidence_retriever import EvidenceMatrix, EvidenceRetriever, IndexedResume
from backend.pipeline.intake import library_warnings, read_job, read_resume, resume_warnings
from backend.pipeline.job_analyzer import analyze
from backend.pipeline.metering import Budget, MeteredModel
from backend.pipeline.observing import ObservedModel, StageWatch
from backend.pipeline.report import report
from backend.pipeline.resume_evaluator import ResumeEvaluator
from backend.pipeline.resume_generator import Parts, ResumeGenerator
from backend.pipeline.run import Case, Outcome, Run, TailoringRequest
from backend.pipeline.tailoring_planner import SHOWN, Planner, part_of
from backend.pipeline.voice_retriever import VoiceRetriever
from backend.ports import (
    ChunkIndex,
    ChunkRepository,
    Clock,
    Embedder,
    Ids,
    LanguageModel,
    Progress,
    Rankings,
    VoiceRepository,
)
from backend.stopping import stopped
from backend.tasks.write_edits import Brief


async def silent(_: ProgressEvent) -> None:
    """Progress for nobody."""


@dataclass(frozen=True)
class TailoringPipeline:
    model: LanguageModel
    embedder: Embedder
    index: ChunkIndex
    chunks: ChunkRepository
    lexicon: Lexicon
    grounder: Grounder
    clock: Clock
    ids: Ids
    budget: Budget = field(default_factory=Budget)
    concurrency: int = 8
    voices: VoiceRepository | None = None
    rules: LanguageModel | None = None
    """What answers when no language model can be reached, for callers who allow it."""
    telemetry: Telemetry = UNOBSERVED

    @property
    def retriever(self) -> EvidenceRetriever:
        return EvidenceRetriever(self.embedder, self.index, self.chunks, self.lexicon)

    @property
    def voice(self) -> VoiceRetriever | None:
        return VoiceRetriever(self.voices, self.embedder, self.index, self.lexicon) if self.voices else None

    @property
    def generator(self) -> ResumeGenerator:
        return ResumeGenerator(self.lexicon, self.concurrency)

    async def run(self, request: TailoringRequest, progress: Progress = silent) -> Tailoring:
        run_id, watch = request.id or self.ids.new_id(), StageWatch(self.telemetry, self.clock)
        with watch.run("tailoring", run_id):
            run, job = await self._begin(request, progress, watch)
            case = await self._case(run, job)
            attempts, reason = await self._attempts(run, case)
            await run.tell("done", "finished", reason.replace("_", " "))
            run.warn(run.losses.sentences)
            watch.outcome = reason
            return report(run, case, job, attempts, reason, run_id)

    async def plan(self, request: TailoringRequest, progress: Progress = silent) -> PlanResult:
        """The run as far as the plan: what would be done, and with which of the person's lines."""
        watch = StageWatch(self.telemetry, self.clock)
        with watch.run("plan", request.id):
            run, job = await self._begin(request, progress, watch)
            case = await self._case(run, job, prime=False)
            await run.tell("done", "finished", "planned")
            run.warn(run.losses.sentences)
            watch.outcome = "planned"
        named = {match.evidence for item in case.plan.items for match in item.matches}
        evidence = tuple(item for id_, item in case.matrix.evidence.items() if id_ in named)
        return PlanResult(
            analysis=case.analysis,
            plan=case.plan,
            evidence=evidence,
            warnings=tuple(run.warnings),
            usage=run.model.usage(),
        )

    async def _begin(self, request: TailoringRequest, progress: Progress, watch: StageWatch) -> tuple[Run, Job]:
        resume = read_resume(request.document)
        job, warnings = await beside(len(request.job.text), lambda: read_job(request.job))
        warnings += resume_warnings(request.document, resume)
        losses = Losses()
        rules = self.rules if request.options.allow_rule_based else None
        asked = ObservedModel(SubstitutedModel(self.model, losses, rules), watch)
        model = MeteredModel(asked, self.budget, self.clock)
        marker, started = request.marker or self.ids.marker(), self.clock.monotonic()
        run = Run(
            request,
            resume,
            model,
            marker,
            progress,
            self.clock,
            started,
            warnings=warnings,
            losses=losses,
            watch=watch,
        )
        return run, job

    async def _case(self, run: Run, job: Job, *, prime: bool = True) -> Case:
        analysis, matrix = await self._understand(run, job, prime=prime)
        return await self._plan(run, analysis, matrix)

    async def _understand(self, run: Run, job: Job, *, prime: bool) -> tuple[JobAnalysis, EvidenceMatrix]:
        """analyze ∥ (embed, coarse search) ∥ the person's voice ∥ prime the writer's cache, then one search for all requirements."""
        request = run.request
        retriever = self.retriever

        async def coarse() -> tuple[IndexedResume, Rankings]:
            indexed = await retriever.open_resume(request.user_id, request.resume_id, run.resume, run.losses)
            return indexed, await retriever.for_job(indexed, job, run.losses)

        async def voice() -> Voice:
            return await self.voice.for_job(request.user_id, job) if self.voice else Voice()

        async def read_or_known() -> JobAnalysis:
            return request.analysis or await analyze(job, run.model, self.lexicon, run.marker)

        async def warm() -> None:
            if prime:
                await self.generator.prime(run.model, run.resume, run.marker, request.options)

        await run.tell("analyze", "started")
        priming = asyncio.create_task(warm())
        read, found, heard = await asyncio.gather(read_or_known(), coarse(), voice(), return_exceptions=True)
        await stopped(priming)  # a cache that is not warm by now would come too late
        if isinstance(read, BudgetSpent):
            raise BudgetTooSmall(read.detail) from read
        if isinstance(read, BaseException):
            raise read
        if isinstance(found, BaseException):
            raise found
        if isinstance(heard, BaseException):
            raise heard
        run.voice = heard
        await run.tell("analyze", "finished", f"{len(read.requirements)} requirements")
        await run.tell("retrieve", "started")
        matrix = await retriever.for_requirements(*found, read, run.losses)
        await run.tell("retrieve", "finished", f"{len(matrix.for_job)} of your lines bear on the job")
        run.warn(library_warnings(matrix.orders))
        if not read.requirements:
            run.warn(["No requirement was found in the job description, so there is nothing to tailor to."])
        return read, matrix

    async def _plan(self, run: Run, analysis: JobAnalysis, matrix: EvidenceMatrix) -> Case:
        await run.tell("plan", "started")
        options = run.request.options
        scorer = Scorer(self.lexicon, self.clock.now().date())
        plan = Planner(self.lexicon, scorer).plan(analysis, run.resume, matrix)
        if run.request.plan is not None:
            plan = revised(plan, run.request.plan, analysis, run.resume, matrix)
        relevance = Relevance(analysis, self.lexicon, options.focus_areas)
        brief = Brief(run.resume, tuple(matrix.evidence.values()), analysis, options, run.marker, run.voice)
        await run.tell("plan", "finished", f"{len(plan.gaps)} gaps, target {plan.target_score:g}")
        return Case(run.resume, analysis, matrix, plan, scorer, relevance, brief, options)

    async def _attempts(self, run: Run, case: Case) -> tuple[list[Outcome], StopReason]:
        generator = self.generator
        parts = todo = generator.parts(case)
        by_code = generator.from_library(case)
        written: dict[str, tuple[Edit, ...]] = {}
        feedback: dict[str, tuple[str, ...]] = {}
        attempts: list[Outcome] = []
        while run.attempt < case.options.max_attempts:
            run.attempt += 1
            await run.tell("generate", "started", pieces=len(todo))
            answer = await generator.write(run.model, case.brief, todo, feedback)
            stop = _stop_for(run, answer.failed, first=not attempts)
            if attempts and stop:
                return attempts, stop
            if attempts and answer.edits and all(written.get(part) == edits for part, edits in answer.edits.items()):
                return attempts, "nothing_left_to_show"
            written |= answer.edits
            proposed = (*(edit for edits in written.values() for edit in edits), *by_code)
            await run.tell("generate", "finished", f"{len(proposed)} edits")
            outcome = await self._judge(run, case, proposed)
            attempts.append(outcome)
            if outcome.evaluation.overall >= case.options.threshold:
                return attempts, "threshold_met"
            if stop:
                return attempts, stop
            todo = _at_fault(case, parts, written, outcome)
            if not todo:
                return attempts, "nothing_left_to_show"
            feedback = {
                part: (*_reasons(written.get(part, ()), outcome), *_unmet(case, part, outcome)) for part in todo
            }
        return attempts, "max_attempts"

    async def _judge(self, run: Run, case: Case, proposed: tuple[Edit, ...]) -> Outcome:
        """verify and evaluate: what stands of the proposed edits, and how good the resume is with it."""
        await run.tell("verify", "started")
        verifier = ClaimVerifier(self.grounder, self.clock.now().date())
        verdicts = refuse(verifier.verify(proposed, case), proposed, run.voice.refused)
        try:
            verdicts = await verifier.settle(verdicts, proposed, case, run.model, run.marker)
        except TailorError as error:
            run.warn(
                [f"The judge model could not settle what the rules left in doubt ({error.code}); it stays flagged."]
            )
        refused = {verdict.edit_id for verdict in verdicts if verdict.status != "supported"}
        edits = tuple(self.generator.arrange(case, [edit for edit in proposed if edit.id not in refused]))
        await run.tell("verify", "finished", f"{len(refused)} of {len(proposed)} edits reverted or flagged")

        await run.tell("evaluate", "started")
        tailored = apply(case.resume, edits)
        evaluator = ResumeEvaluator(case.scorer, self.clock.now().date())
        evaluating = asyncio.ensure_future(evaluator.evaluate(case, tailored, run.model, run.marker))
        await asyncio.sleep(0)
        score = case.scorer.match(case.analysis, tailored, places=True)
        _ = case.before  # reckoned now, while the judge thinks
        evaluation, warnings = await evaluating
        evaluation = evaluation.model_copy(update={"voice_match": voice_match(prose(edits), run.voice.like)})
        run.warn(warnings)
        await run.tell("evaluate", "finished", f"overall {evaluation.overall:.2f}, match {score.value:g}")
        return Outcome(run.attempt, proposed, edits, verdicts, tailored, evaluation, score)


def _at_fault(case: Case, parts: Parts, written: Mapping[str, tuple[Edit, ...]], outcome: Outcome) -> Parts:
    """The parts worth asking for again: those with an edit that was refused, and those that were to show a requirement
    which the evidence supports and the resume still does not show."""
    unmet = {part.requirement_id for part in outcome.score.parts if part.credit < SHOWN}
    wanted = {part_of(item.target) for item in case.plan.items if item.requirement_id in unmet and item.target}
    refused = {part for part, edits in written.items() if any(edit.id in outcome.refused for edit in edits)}
    return {part: lines for part, lines in parts.items() if part in wanted | refused}


def _reasons(edits: tuple[Edit, ...], outcome: Outcome) -> tuple[str, ...]:
    refused = outcome.refused
    return tuple(f"{edit.text!r}: {'; '.join(refused[edit.id].reasons)}" for edit in edits if edit.id in refused)


def _unmet(case: Case, part: str, outcome: Outcome) -> tuple[str, ...]:
    """What this part was to show and the resume still does not."""
    left = {p.requirement_id: p.text for p in outcome.score.parts if p.credit < SHOWN}
    planned = (item for item in case.plan.items if item.target and part_of(item.target) == part)
    return tuple(
        f"{item.requirement_id} is still not shown: {left[item.requirement_id]}"
        for item in planned
        if item.requirement_id in left
    )


def _stop_for(run: Run, failed: Mapping[str, TailorError], *, first: bool) -> StopReason | None:
    """Whether the writer's failures end the loop. In the first attempt there is nothing to fall back on: that the vendor
    is gone is then the caller's to know. A single poor answer only leaves its part as it was."""
    spent = [error for error in failed.values() if isinstance(error, BudgetSpent)]
    gone = [error for error in failed.values() if isinstance(error, VendorUnavailable)]
    ours = [
        error for error in failed.values() if not isinstance(error, BudgetSpent | VendorUnavailable | UnusableAnswer)
    ]
    if ours or (gone and first):
        raise (ours or gone)[0]
    if gone or spent:
        run.warn([f"Attempt {run.attempt} was cut short: {(gone or spent)[0].detail}"])
        return "vendor_unavailable" if gone else "budget_spent"
    run.warn(
        f"{part} was left as it is: {error.detail}"
        for part, error in failed.items()
        if isinstance(error, UnusableAnswer)
    )
    return None
