"""verify: every edit against the person's own words, those of the same entry alone.

Code decides, always. A judge model is asked about what code cannot decide: it may refuse what code let through, and
settle a doubt; it never rescues what code refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from backend.domain.edits import Edit
from backend.domain.grounding import Grounder, support_for
from backend.domain.grounding.check import Support
from backend.domain.verification import EditStatus, EditVerdict, Finding
from backend.pipeline.run import Case
from backend.ports import LanguageModel
from backend.tasks.judge_claims import ClaimVerdict, JudgeClaims


@dataclass(frozen=True)
class ClaimVerifier:
    grounder: Grounder
    today: date

    def verify(self, edits: Iterable[Edit], case: Case) -> tuple[EditVerdict, ...]:
        """One verdict per edit: `reverted` if a claim is unsupported, `flagged` if one cannot be decided. Neither is made; a
        flagged edit is for the person, or a judge, to decide."""
        evidence = tuple(case.matrix.evidence.values())
        supports: dict[str, Support] = {}
        verdicts = []
        for edit in edits:
            place = edit.path.partition("/highlights")[0]
            if place not in supports:
                supports[place] = support_for(edit.path, evidence, case.resume, self.today)
            verdicts.append(self._verdict(edit, supports[place]))
        return tuple(verdicts)

    async def settle(
        self, verdicts: Sequence[EditVerdict], edits: Iterable[Edit], case: Case, model: LanguageModel, marker: str
    ) -> tuple[EditVerdict, ...]:
        """The verdicts with the flagged ones settled, in one batched task; those the judge does not speak of stay flagged.
        Raises what the model raises."""
        texts = {edit.id: edit for edit in edits}
        doubtful = [verdict for verdict in verdicts if verdict.status == "flagged"]
        if not doubtful:
            return tuple(verdicts)
        cases = tuple(_case(texts[verdict.edit_id], verdict, case) for verdict in doubtful)
        answer = (await model.run(JudgeClaims(cases, marker))).output
        said = {verdict.line: verdict for verdict in answer.verdicts}
        settled = {
            verdict.edit_id: _settled(verdict, texts[verdict.edit_id].text, said[number])
            for number, verdict in enumerate(doubtful, 1)
            if number in said
        }
        return tuple(settled.get(verdict.edit_id, verdict) for verdict in verdicts)

    def _verdict(self, edit: Edit, support: Support) -> EditVerdict:
        check = self.grounder.check_skill if edit.path.startswith("/skills") else self.grounder.check
        findings = check(edit.text, support) if edit.text else ()
        found = {finding.status for finding in findings}
        status: EditStatus = (
            "reverted" if "unsupported" in found else "flagged" if "undecided" in found else "supported"
        )
        return EditVerdict(edit_id=edit.id, path=edit.path, status=status, findings=findings)


def _case(edit: Edit, verdict: EditVerdict, case: Case) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The new line, what it cites or replaces with where that stands, and the words in doubt."""
    ids = dict.fromkeys((edit.path, *edit.evidence))
    lines = [case.matrix.evidence[id_] for id_ in ids if id_ in case.matrix.evidence]
    context = dict.fromkeys(line.context for line in lines if line.context)
    doubts = tuple(finding.text for finding in verdict.findings if finding.status == "undecided")
    return edit.text, (*(line.text for line in lines), *context), doubts


def _settled(verdict: EditVerdict, text: str, said: ClaimVerdict) -> EditVerdict:
    if said.entailed:
        return verdict.model_copy(update={"status": "supported"})
    finding = Finding(
        kind="content",
        text=text,
        start=0,
        end=len(text),
        status="unsupported",
        rule="judge-entails",
        reason=said.reason or "The judge model finds that your lines do not say this.",
    )
    return verdict.model_copy(update={"status": "reverted", "findings": (*verdict.findings, finding)})
