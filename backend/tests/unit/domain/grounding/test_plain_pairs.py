"""A line or two of a resume (" | " between them) and one rewriting, in plain words: what every reader would call true or made up.

A label with "?" is a pair that the rules do not get right yet: when they do, its test says so.
"""

import pytest

from backend.domain.grounding import Grounder, Support
from backend.domain.lexicon import Lexicon
from backend.tests.evals.grounding_eval import SETS, pair_evidence

PAIRS = [line.split("\t") for line in (SETS / "plain_pairs.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def grounder(lexicon: Lexicon) -> Grounder:
    return Grounder(lexicon)


@pytest.mark.parametrize(
    ("label", "known", "rewritten"),
    [
        pytest.param(
            label.rstrip("?"), known, new, marks=[pytest.mark.xfail(strict=True)] if label.endswith("?") else []
        )
        for label, known, new in PAIRS
    ],
)
def test_a_plain_rewriting_is_judged_as_a_reader_would(
    grounder: Grounder, label: str, known: str, rewritten: str
) -> None:
    found = {finding.status for finding in grounder.check(rewritten, Support(pair_evidence(known)))} - {"supported"}
    assert found == set() if label == "truthful" else "unsupported" in found
