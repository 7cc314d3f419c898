"""Deciding on the edits of a stored tailoring, one at a time. Every decision teaches the writer something."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from backend.domain.audit import ats_compatibility, audit, overused
from backend.domain.content import Evidence, chunk_evidence, resume_evidence
from backend.domain.diff import original_of
from backend.domain.edits import InvalidEdit, apply, project_order
from backend.domain.evaluation import evaluation
from backend.domain.grounding import Grounder, support_for
from backend.domain.injection import instructs
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Resume
from backend.domain.scoring import Scorer
from backend.domain.stored_overlay import overlay
from backend.domain.stored_shape import read
from backend.domain.tailoring import Tailoring, TailoringEdit
from backend.domain.text import clean, words
from backend.domain.verification import EditStatus, EditVerdict, Finding, summarise
from backend.domain.voice import REFUSAL, FeedbackKind
from backend.errors import Conflict, InvalidInput
from backend.pipeline.evidence_retriever import usable
from backend.ports import ChunkRepository
from backend.services.locks import Locks
from backend.services.tailorings import Tailorings
from backend.services.voice import VoiceLoop, edit_of

Action = Literal["accept", "reject", "reword"]
MAX_LINE = 1_000  # characters
REJECTED = "person-rejected"
CONFIRMED = "person-confirmed"
_KINDS: dict[Action, FeedbackKind] = {"accept": "approved", "reject": "rejected", "reword": "edited"}


@dataclass(frozen=True)
class TailoringEdits:
    tailorings: Tailorings
    voice: VoiceLoop
    chunks: ChunkRepository
    grounder: Grounder
    lexicon: Lexicon
    _locks: Locks = field(default_factory=Locks, repr=False)

    async def decide(
        self, user_id: str, tailoring_id: str, edit_id: str, action: Action, text: str = "", reason: str = ""
    ) -> Tailoring:
        """The record with the decision made: the resume, the verdicts and the scores follow. What a judge model said of the
        order stays. InvalidInput if the evidence does not support what would then be said."""
        async with self._locks.of(tailoring_id):
            before = await self.tailorings.get(user_id, tailoring_id)
            edit = edit_of(before, edit_id)
            original = await asyncio.to_thread(_original, before)
            if action == "reword":
                text = _line(edit, text)
                evidence = await self._evidence(before, original)
                findings = await asyncio.to_thread(self._checked, before, original, edit, text, evidence)
                after = edit.model_copy(update={"text": text, "status": "supported"})
            else:
                findings = _accepted(before, edit) if action == "accept" else _rejected(before, edit)
                status: EditStatus = "supported" if action == "accept" else "reverted"
                after = edit.model_copy(update={"status": status})
            changed = await asyncio.to_thread(self._with, before, original, after, findings)
            if changed != before and not await self.tailorings.repository.replace(changed):
                await self.tailorings.get(user_id, tailoring_id)  # it was deleted meanwhile: says so
            # Stored first, learnt from then: whoever was interrupted in between may ask again.
            await self.voice.note(user_id, before, edit, _KINDS[action], text if action == "reword" else "", reason)
        return changed

    async def _evidence(self, tailoring: Tailoring, original: Resume) -> tuple[Evidence, ...]:
        """What the run had: the resume's lines, and of the library what the plan or an edit names."""
        cited = {item.id: item for edit in tailoring.edits for item in edit.sources if not item.in_resume}
        planned = {match.evidence for item in tailoring.plan.items for match in item.matches}
        ids = sorted(id_ for id_ in planned if not id_.startswith("/"))
        stored = await self.chunks.get_many(tailoring.user_id, ids) if ids else ()
        library = {item.id: item for item in chunk_evidence(stored, original)} | cited
        return tuple(usable((*resume_evidence(original), *library.values())))

    def _checked(
        self, tailoring: Tailoring, original: Resume, edit: TailoringEdit, text: str, evidence: Sequence[Evidence]
    ) -> tuple[Finding, ...]:
        """The findings of a person's own wording. What cannot be decided is theirs to know; what is unsupported is refused."""
        support = support_for(edit.path, evidence, original, tailoring.created.date())
        check = self.grounder.check_skill if edit.path.startswith("/skills") else self.grounder.check
        findings = check(text, support)
        if wrong := [finding.reason for finding in findings if finding.status == "unsupported"]:
            raise InvalidInput(
                f"Your lines do not support this: {'; '.join(wrong)}. Add what does to your resume or library and tailor "
                "again, or word it otherwise."
            )
        return findings

    def _with(
        self, tailoring: Tailoring, original: Resume, edit: TailoringEdit, findings: tuple[Finding, ...]
    ) -> Tailoring:
        edits = tuple(edit if other.id == edit.id else other for other in tailoring.edits)
        made = [other for other in edits if other.status == "supported"]
        old = [other for other in tailoring.edits if other.status == "supported"]
        try:
            resume = apply(original, made)
        except InvalidEdit as error:
            raise Conflict(f"This edit cannot stand beside the others: {error}. Reject the other one first.") from error
        places = project_order(original, old)
        order = [places.index(place) for place in project_order(original, made)]
        document = overlay(tailoring.tailored_resume, read(tailoring.tailored_resume), resume, order)
        verdict = EditVerdict(edit_id=edit.id, path=edit.path, status=edit.status, findings=findings)
        known = tailoring.verification.verdicts
        verdicts = tuple(verdict if other.edit_id == edit.id else other for other in known)
        if all(other.edit_id != edit.id for other in known):
            verdicts = (*known, verdict)
        update = {"edits": edits, "tailored_resume": document, "verification": summarise(verdicts)}
        return tailoring.model_copy(update=update | self._scores(tailoring, resume))

    def _scores(self, tailoring: Tailoring, resume: Resume) -> dict[str, object]:
        scorer = Scorer(self.lexicon, tailoring.created.date())
        analysis, known = tailoring.analysis, tailoring.evaluation
        match = scorer.match(analysis, resume, places=True)
        issues = (
            *audit(resume, tailoring.created.date()),
            *(overused(skill) for skill in scorer.overused(analysis, resume)),
        )
        scores = evaluation(
            scorer.coverage(analysis, resume), known.relevance_ranking, ats_compatibility(list(issues)), issues
        )
        return {
            "evaluation": scores.model_copy(update={"voice_match": known.voice_match}),
            "match_score": tailoring.match_score.model_copy(update={"after": match.value, "parts": match.parts}),
        }


def _original(tailoring: Tailoring) -> Resume:
    try:
        return original_of(read(tailoring.tailored_resume), tailoring.edits)
    except (ValueError, KeyError, IndexError) as error:
        raise Conflict(
            f"The tailored resume of {tailoring.id!r} is not what its edits make, so none can be changed. "
            "Tailor the resume again."
        ) from error


def _line(edit: TailoringEdit, text: str) -> str:
    if edit.op not in ("replace", "add"):
        raise InvalidInput(f"This edit has no wording: it is a {edit.op}. Accept or reject it.")
    text = " ".join(clean(text).split())
    if not words(text):
        raise InvalidInput("Send the new wording as text.")
    if len(text) > MAX_LINE:
        raise InvalidInput(f"The text has {len(text):,} characters; {MAX_LINE:,} is the most a line may have.")
    if instructs(text):
        raise InvalidInput("The text speaks to machines instead of readers. Word it otherwise.")
    return text


def _findings(tailoring: Tailoring, edit: TailoringEdit) -> tuple[Finding, ...]:
    own = (REJECTED, CONFIRMED, REFUSAL)
    verdicts = tailoring.verification.verdicts
    return tuple(f for v in verdicts if v.edit_id == edit.id for f in v.findings if f.rule not in own)


def _accepted(tailoring: Tailoring, edit: TailoringEdit) -> tuple[Finding, ...]:
    """What was in doubt is the person's to confirm, and what they rejected theirs to take back; what is unsupported is not."""
    findings = _findings(tailoring, edit)
    if wrong := [finding.reason for finding in findings if finding.status == "unsupported"]:
        raise InvalidInput(
            f"This cannot be accepted, because your lines do not support it: {'; '.join(wrong)}. Reword it, or add what "
            "supports it to your resume or library and tailor again."
        )
    if edit.status == "flagged":
        return (*findings, _finding(edit, CONFIRMED, "supported", "You confirmed this."))
    return findings


def _rejected(tailoring: Tailoring, edit: TailoringEdit) -> tuple[Finding, ...]:
    return (*_findings(tailoring, edit), _finding(edit, REJECTED, "unsupported", "You rejected this."))


def _finding(edit: TailoringEdit, rule: str, status: Literal["supported", "unsupported"], reason: str) -> Finding:
    return Finding(kind="content", text=edit.text, start=0, end=len(edit.text), status=status, rule=rule, reason=reason)
