"""generate: edits, never a resume. The writer model rewords single lines; code adds, orders and trims.

Parts (the summary, each entry) are written concurrently over one shared prompt prefix.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from backend.domain.content import resume_evidence
from backend.domain.edits import Edit, apply
from backend.domain.lexicon import Lexicon
from backend.domain.ranking import Relevance, best_order, ndcg
from backend.domain.resume import Resume
from backend.domain.tailoring import Options
from backend.domain.text import clean, words
from backend.errors import TailorError
from backend.pipeline.evidence_retriever import EvidenceMatrix, usable
from backend.pipeline.run import Case
from backend.pipeline.tailoring_planner import part_of
from backend.ports import LanguageModel
from backend.tasks.write_edits import Brief, PrimeCache, WriteEdits, WriteEditsOutput

_LINES_PER_ENTRY = 4
_WORTH_MOVING = 0.98  # an entry whose order is this good (nDCG) is left as the person had it
_KEPT_PER_ENTRY = 2


Parts = Mapping[str, Mapping[str, tuple[str, ...]]]
"""part -> line to rewrite -> ids of the requirements it should show. A part is "/summary" or an entry's pointer."""


@dataclass(frozen=True)
class Written:
    """What the writer proposed, by part, and the parts it failed on."""

    edits: dict[str, tuple[Edit, ...]]
    failed: dict[str, TailorError]


@dataclass(frozen=True)
class ResumeGenerator:
    lexicon: Lexicon
    concurrency: int

    def parts(self, case: Case) -> Parts:
        """What to ask the writer for: the lines that the plan wants reworded, and the summary."""
        plan, resume = case.plan, case.resume
        wanted: dict[str, dict[str, tuple[str, ...]]] = {}
        if resume.summary or any(item.target == "/summary" for item in plan.items):
            wanted["/summary"] = {"/summary": ()}
        for item in plan.items:
            if item.action in ("rewrite", "mention_in_summary"):
                lines = wanted.setdefault(part_of(item.target), {})
                if item.target in lines or len(lines) < _LINES_PER_ENTRY:
                    lines[item.target] = (*lines.get(item.target, ()), item.requirement_id)
        return wanted

    async def write(
        self,
        model: LanguageModel,
        brief: Brief,
        parts: Parts,
        feedback: Mapping[str, Sequence[str]],
    ) -> Written:
        """Ask the writer for all parts at once, at most `concurrency` at a time. A part that fails does not fail the others."""
        gate = asyncio.Semaphore(self.concurrency)

        async def one(part: str) -> tuple[Edit, ...] | TailorError:
            task = WriteEdits(brief, part, tuple(parts[part].items()), tuple(feedback.get(part, ())))
            try:
                async with gate:
                    answer = await model.run(task, brief.options.model)
            except TailorError as error:
                return error
            return tuple(_edits_of(answer.output, part, brief))

        names = list(parts)
        results = dict(zip(names, await asyncio.gather(*map(one, names)), strict=True))
        return Written(
            edits={part: result for part, result in results.items() if isinstance(result, tuple)},
            failed={part: result for part, result in results.items() if isinstance(result, TailorError)},
        )

    async def prime(self, model: LanguageModel, resume: Resume, marker: str, options: Options) -> None:
        """Best effort: a run is none the worse for a cache that stays cold."""
        with suppress(TailorError):
            await model.run(PrimeCache(tuple(usable(resume_evidence(resume))), marker), options.model)

    def from_library(self, case: Case) -> tuple[Edit, ...]:
        """Library lines, word for word, into the entry they are about; skills that the evidence shows, into the list."""
        plan, matrix = case.plan, case.matrix
        edits: list[Edit] = []
        placed: set[str] = set()
        for item in plan.items:
            if item.action == "add_from_library":
                chunk = next(
                    matrix.evidence[m.evidence]
                    for m in item.matches
                    if not m.evidence.startswith("/")
                    and matrix.evidence[m.evidence].entry == item.target.removesuffix("/highlights")
                )
                if chunk.id not in placed:
                    placed.add(chunk.id)
                    edits.append(
                        Edit(
                            id=f"library:{chunk.id}",
                            path=item.target,
                            op="add",
                            text=clean(chunk.text).replace("\n", " "),
                            evidence=(chunk.id,),
                            requirement_ids=(item.requirement_id,),
                            reason=item.why,
                        )
                    )
        for skill in plan.keywords_to_add:
            shown = tuple(e.id for e in matrix.evidence.values() if self.lexicon.names(f"{e.text} {e.context}", skill))
            if shown:
                reason = "The job asks for it and the person's own lines show it."
                edits.append(
                    Edit(id=f"skill:{skill}", path="/skills", op="add", text=skill, evidence=shown[:3], reason=reason)
                )
        return tuple(edits)

    def arrange(self, case: Case, edits: Sequence[Edit]) -> list[Edit]:
        """The edits with every list put in order of relevance, and trimmed to the word limit if there is one."""
        resume, relevance = case.resume, case.relevance
        arranged = [edit for edit in edits if edit.op != "add" or not edit.path.endswith("/highlights")]
        for path, entry in resume.entries():
            here = f"{path}/highlights"
            added = [edit for edit in edits if edit.op == "add" and edit.path == here]
            replaced = {e.path: e.text for e in edits if e.op == "replace"}
            texts = [replaced.get(f"{here}/{n}", text) for n, text in enumerate(entry.highlights)]
            arranged += _ordered(here, texts, added, relevance, case.matrix)
        arranged += _ordered_skills(resume, relevance, arranged)
        if case.options.word_limit:
            arranged += _trimmed(resume, arranged, relevance, case.options.word_limit)
        return arranged


def _edits_of(output: WriteEditsOutput, part: str, brief: Brief) -> Iterable[Edit]:
    """The writer's numbers turned into paths and ids. A line of another part, a line that is no highlight, a second edit of
    one line, or no change at all is left out: it is not what was asked."""
    lines = brief.lines
    seen: set[str] = set()
    known = {requirement.id for requirement in brief.analysis.requirements}
    for written in output.edits:
        line = lines.get(written.target)
        path = "/summary" if written.target == 0 else line.id if line and line.kind in ("highlight", "summary") else ""
        text = clean(written.text).replace("\n", " ")
        same_part = path == part or path.startswith(f"{part}/highlights/")
        before = brief.resume.summary if path == "/summary" else line.text if line else ""
        if not same_part or path in seen or not text or text == before:
            continue
        seen.add(path)
        cited = tuple(dict.fromkeys(lines[n].id for n in written.cites if n in lines))
        yield Edit(
            id=f"write:{path}",
            path=path,
            op="replace",
            text=text,
            evidence=cited,
            requirement_ids=tuple(r for r in written.requirements if r in known),
            reason="Says what the job asks in its own words.",
        )


def _ordered(
    path: str, texts: Sequence[str], added: Sequence[Edit], relevance: Relevance, matrix: EvidenceMatrix
) -> list[Edit]:
    near = {n: matrix.for_job.get(f"{path}/{n}", 0.0) for n in range(len(texts))}
    order = best_order(texts, relevance.of, near)
    edits: list[Edit] = []
    if ndcg([relevance.of(text) for text in texts]) < _WORTH_MOVING:
        reason = "The highlights that answer the job come first."
        edits.append(Edit(id=f"order:{path}", path=path, op="reorder", order=order, reason=reason))
        texts = [texts[n] for n in order]
    for edit in sorted(added, key=lambda e: -relevance.of(e.text)):
        position = next((n for n, t in enumerate(texts) if relevance.of(t) < relevance.of(edit.text)), len(texts))
        texts = [*texts[:position], edit.text, *texts[position:]]
        edits.append(edit.model_copy(update={"position": position}))
    return edits


def _ordered_skills(resume: Resume, relevance: Relevance, edits: Sequence[Edit]) -> list[Edit]:
    order = best_order(resume.skills, relevance.of, {})
    if not resume.skills or order == tuple(range(len(order))):
        return []
    return [Edit(id="order:/skills", path="/skills", op="reorder", order=order, reason="The skills the job asks lead.")]


def _trimmed(resume: Resume, edits: Sequence[Edit], relevance: Relevance, limit: int) -> list[Edit]:
    """Removals of the least relevant untouched highlights until the resume is within the limit, two an entry staying."""
    length = resume_words(apply(resume, edits))
    touched = {edit.path for edit in edits}
    left = {path: len(entry.highlights) for path, entry in resume.entries()}
    removable = sorted(
        (relevance.of(text), -n, path, text)
        for path, entry in resume.entries()
        for n, text in enumerate(entry.highlights)
        if f"{path}/highlights/{n}" not in touched
    )
    removed = []
    for _, negative, path, text in removable:
        if length <= limit:
            break
        if left[path] > _KEPT_PER_ENTRY:
            left[path] -= 1
            length -= len(words(text))
            target = f"{path}/highlights/{-negative}"
            removed.append(
                Edit(
                    id=f"trim:{target}", path=target, op="remove", reason=f"Least relevant; the limit is {limit} words."
                )
            )
    return removed


def resume_words(resume: Resume) -> int:
    """Words that a reader sees, headings and contact left out."""
    texts = [resume.summary, *resume.skills, *resume.achievements]
    texts += [text for _, entry in resume.entries() for text in entry.highlights]
    return sum(len(words(text)) for text in texts)
