"""From a run to the record that the caller gets."""

from collections.abc import Sequence

from backend.domain.edits import Edit, project_order, target
from backend.domain.evaluation import ScoreChange
from backend.domain.job import Job
from backend.domain.resume import Resume
from backend.domain.stored_overlay import overlay
from backend.domain.tailoring import Gap, StopReason, Tailoring, TailoringEdit
from backend.domain.verification import EditStatus, summarise
from backend.pipeline.evidence_retriever import EvidenceMatrix
from backend.pipeline.run import Case, Outcome, Run


def report(
    run: Run, case: Case, job: Job, attempts: Sequence[Outcome], stop_reason: StopReason, run_id: str
) -> Tailoring:
    """The record of a run, with its best attempt. Edits that stand come first, then those reverted or flagged."""
    best = max(attempts, key=lambda outcome: outcome.rank)
    status = {verdict.edit_id: verdict.status for verdict in best.verdicts}
    edits = (*best.edits, *(edit for edit in best.proposed if edit.id in best.refused))
    names = {edit.id: f"e{n}" for n, edit in enumerate(edits, 1)}
    verdicts = tuple(v.model_copy(update={"edit_id": names[v.edit_id]}) for v in best.verdicts if v.edit_id in names)
    request = run.request
    return Tailoring(
        id=run_id,
        user_id=request.user_id,
        created=run.clock.now(),
        resume_id=request.resume_id,
        job=job,
        options=request.options,
        analysis=case.analysis,
        plan=case.plan,
        edits=tuple(
            _reported(edit, names[edit.id], status.get(edit.id, "supported"), case.matrix, case.resume)
            for edit in edits
        ),
        tailored_resume=overlay(request.document, case.resume, best.resume, project_order(case.resume, best.edits)),
        verification=summarise(verdicts),
        evaluation=best.evaluation,
        match_score=ScoreChange(before=case.before.value, after=best.score.value, parts=best.score.parts),
        gaps=_gaps(case),
        attempts=len(attempts),
        attempt_history=tuple(outcome.summary for outcome in attempts),
        stop_reason=stop_reason,
        usage=run.model.usage(),
        warnings=tuple(run.warnings),
        degraded=run.losses.degraded,
    )


def _reported(edit: Edit, name: str, status: EditStatus, matrix: EvidenceMatrix, resume: Resume) -> TailoringEdit:
    return TailoringEdit.model_validate(
        {
            **edit.model_dump(),
            "id": name,
            "before": _before(edit, resume),
            "status": status,
            "sources": [matrix.evidence[id_] for id_ in edit.evidence if id_ in matrix.evidence],
        }
    )


def _before(edit: Edit, resume: Resume) -> str:
    path, place = target(edit.path)
    if path == "/summary":
        return resume.summary
    if place is None:
        return ""
    section, *rest = path[1:].split("/")
    items = getattr(resume, section)
    return str(items[int(rest[0])].highlights[place] if rest else items[place])


def _gaps(case: Case) -> tuple[Gap, ...]:
    asked = {requirement.id: requirement for requirement in case.analysis.requirements}
    return tuple(
        Gap(
            requirement_id=item.requirement_id,
            text=asked[item.requirement_id].text,
            importance=asked[item.requirement_id].importance,
            why=item.why,
        )
        for item in case.plan.items
        if item.action == "gap"
    )
