"""verify: every edit against the person's own words, those of the same entry alone. Code decides, always."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from backend.domain.edits import Edit
from backend.domain.grounding import Grounder, support_for
from backend.domain.grounding.check import Support
from backend.domain.verification import EditStatus, EditVerdict
from backend.pipeline.run import Case


@dataclass(frozen=True)
class ClaimVerifier:
    grounder: Grounder
    today: date

    def verify(self, edits: Iterable[Edit], case: Case) -> tuple[EditVerdict, ...]:
        """One verdict per edit: `reverted` if a claim is unsupported, `flagged` if one cannot be decided."""
        evidence = tuple(case.matrix.evidence.values())
        supports: dict[str, Support] = {}
        verdicts = []
        for edit in edits:
            place = edit.path.partition("/highlights")[0]
            if place not in supports:
                supports[place] = support_for(edit.path, evidence, case.resume, self.today)
            verdicts.append(self._verdict(edit, supports[place]))
        return tuple(verdicts)

    def _verdict(self, edit: Edit, support: Support) -> EditVerdict:
        check = self.grounder.check_skill if edit.path.startswith("/skills") else self.grounder.check
        findings = check(edit.text, support) if edit.text else ()
        found = {finding.status for finding in findings}
        status: EditStatus = (
            "reverted" if "unsupported" in found else "flagged" if "undecided" in found else "supported"
        )
        return EditVerdict(edit_id=edit.id, path=edit.path, status=status, findings=findings)
