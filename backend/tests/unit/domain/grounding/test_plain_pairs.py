"""A line or two of a resume (" | " between them) and one rewriting, in plain words: what every reader would call true or made up.

A label with "?" is a pair that the rules do not get right yet: when they do, its test says so.
"""

import pytest

from backend.domain.content import Evidence
from backend.domain.grounding import Grounder, Support
from backend.domain.lexicon import Lexicon
from backend.tests.evals.grounding_eval import SETS

PAIRS = [line.split("\t") for line in (SETS / "plain_pairs.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def grounder(lexicon: Lexicon) -> Grounder:
    return Grounder(lexicon)


@pytest.mark.parametrize(
    ("label", "line", "rewritten"),
    [
        pytest.param(
            label.rstrip("?"), line, new, marks=[pytest.mark.xfail(strict=True)] if label.endswith("?") else []
        )
        for label, line, new in PAIRS
    ],
)
def test_a_plain_rewriting_is_judged_as_a_reader_would(
    grounder: Grounder, label: str, line: str, rewritten: str
) -> None:
    place = "/work_experience/0"
    evidence = tuple(
        Evidence(id=f"{place}/highlights/{n}", text=text, kind="highlight", entry=place)
        for n, text in enumerate(line.split(" | "))
    )
    found = {finding.status for finding in grounder.check(rewritten, Support(evidence))} - {"supported"}
    assert found == set() if label == "truthful" else "unsupported" in found
