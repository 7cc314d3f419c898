"""Which of a person's lines may support an edit. What makes a claim supported is tested with domain/grounding."""

from datetime import date

import pytest

from backend.domain.content import Chunk, ChunkMetadata
from backend.domain.edits import Edit, Op
from backend.domain.grounding import Grounder
from backend.domain.lexicon import Lexicon
from backend.domain.verification import EditVerdict
from backend.pipeline.claim_verifier import ClaimVerifier
from backend.tests.unit.pipeline.scene import BOOKING, FALSE_BOOKING, PAY, SETTLEMENT, SUMMARY, TRUE_BOOKING, case_of

LIBRARY = [
    Chunk(text="Described the network in Terraform", metadata=ChunkMetadata(company="Harborline Freight")),
    Chunk(text="Ran the summer camp kitchen for 60 children", metadata=ChunkMetadata(company="Tjörn Camp")),
]


def verdicts(lexicon: Lexicon, *edits: Edit) -> tuple[EditVerdict, ...]:
    return ClaimVerifier(Grounder(lexicon), date(2026, 1, 1)).verify(edits, case_of(lexicon, library=LIBRARY))


def verdict(lexicon: Lexicon, path: str, text: str, op: Op = "replace", evidence: tuple[str, ...] = ()) -> EditVerdict:
    (found,) = verdicts(lexicon, Edit(id="e", path=path, op=op, text=text, evidence=evidence))
    return found


def test_what_the_entry_says_supports_its_line(lexicon: Lexicon) -> None:
    assert verdict(lexicon, BOOKING, TRUE_BOOKING).status == "supported"


def test_what_nobody_says_is_reverted_with_a_reason(lexicon: Lexicon) -> None:
    found = verdict(lexicon, BOOKING, FALSE_BOOKING)
    assert (found.status, found.edit_id, found.path) == ("reverted", "e", BOOKING)
    assert any("4,000" in reason for reason in found.reasons)


def test_another_employers_tool_does_not_support_a_line(lexicon: Lexicon) -> None:
    assert verdict(lexicon, SETTLEMENT, "Maintained the settlement service with Docker").status == "reverted"


def test_citing_another_employers_line_does_not_help(lexicon: Lexicon) -> None:
    text = "Maintained the settlement service with Docker"
    assert verdict(lexicon, SETTLEMENT, text, evidence=(BOOKING,)).status == "reverted"


def test_another_employers_number_does_not_support_a_line(lexicon: Lexicon) -> None:
    assert verdict(lexicon, SETTLEMENT, "Maintained the settlement service for 40 clerks").status == "reverted"


def test_a_library_line_of_the_employer_supports_a_line(lexicon: Lexicon) -> None:
    line = "Described the network in Terraform"
    assert verdict(lexicon, "/work_experience/0/highlights", line, "add").status == "supported"


def test_a_library_line_of_nobodys_entry_does_not_support_a_line(lexicon: Lexicon) -> None:
    line = "Ran the summer camp kitchen for 60 children"
    assert verdict(lexicon, f"{PAY}/highlights", line, "add").status == "reverted"


def test_the_summary_may_speak_of_every_entry(lexicon: Lexicon) -> None:
    text = "Backend engineer who likes small services. Used Kafka, PostgreSQL."
    assert verdict(lexicon, SUMMARY, text).status != "reverted"


@pytest.mark.parametrize(("path", "op"), [("/skills", "reorder"), (BOOKING, "remove")])
def test_an_edit_without_text_claims_nothing(lexicon: Lexicon, path: str, op: Op) -> None:
    found = verdict(lexicon, path, "", op)
    assert (found.status, found.findings) == ("supported", ())


def test_every_edit_gets_its_verdict_in_order(lexicon: Lexicon) -> None:
    edits = [Edit(id=f"e{n}", path=BOOKING, op="replace", text=TRUE_BOOKING) for n in range(3)]
    assert [found.edit_id for found in verdicts(lexicon, *edits)] == ["e0", "e1", "e2"]
