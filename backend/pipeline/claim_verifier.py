"""verify: every edit against the person's own words, those of the same entry alone. Code decides, always."""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.content import Evidence
from backend.domain.edits import Edit, target
from backend.domain.grounding import check
from backend.domain.lexicon import Lexicon
from backend.domain.verification import EditStatus, EditVerdict
from backend.pipeline.evidence_retriever import EvidenceMatrix


@dataclass(frozen=True)
class ClaimVerifier:
    lexicon: Lexicon

    def verify(self, edits: Iterable[Edit], matrix: EvidenceMatrix) -> tuple[EditVerdict, ...]:
        return tuple(self._verdict(edit, matrix) for edit in edits)

    def _verdict(self, edit: Edit, matrix: EvidenceMatrix) -> EditVerdict:
        findings = check(edit.text, self._scope(edit, matrix), self.lexicon) if edit.text else ()
        refused = any(finding.status == "unsupported" for finding in findings)
        undecided = any(finding.status == "undecided" for finding in findings)
        status: EditStatus = "reverted" if refused else "flagged" if undecided else "supported"
        return EditVerdict(edit_id=edit.id, path=edit.path, status=status, findings=findings)

    def _scope(self, edit: Edit, matrix: EvidenceMatrix) -> list[Evidence]:
        """What may support an edit: for a highlight its entry, for the rest all there is. What it cites comes first."""
        path, _ = target(edit.path)
        entry = path.removesuffix("/highlights") if path.endswith("/highlights") else None
        scope = list(matrix.evidence.values()) if entry is None else matrix.of_entry(entry)
        cited = set(edit.evidence)
        return sorted(scope, key=lambda item: item.id not in cited)
