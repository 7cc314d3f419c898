from collections import Counter

from hypothesis import given, settings

from backend.domain.diff import diff, unified
from backend.domain.edits import Edit, apply
from backend.domain.resume import Resume
from backend.tests.strategies import resumes_with_edits
from backend.tests.unit.domain.diff.test_resume_diff import EDITS, RESUME


@settings(deadline=None)
@given(resumes_with_edits)
def test_it_holds_every_line_that_goes_and_every_line_that_comes(pair: tuple[Resume, list[Edit]]) -> None:
    found = diff(pair[0], apply(*pair))
    lines = unified(found).split("\n")[2:]
    gone = Counter(line for c in found.changes if c.kind != "added" for line in f"{c.before}".split("\n"))
    come = Counter(line for c in found.changes if c.kind != "removed" for line in f"{c.after}".split("\n"))
    assert Counter(line[1:] for line in lines if line.startswith("-")) == gone
    assert Counter(line[1:] for line in lines if line.startswith("+")) == come


def test_nothing_differs_nothing_is_said() -> None:
    assert unified(diff(RESUME, RESUME)) == ""


def test_places_and_reasons_are_told() -> None:
    text = unified(diff(RESUME, apply(RESUME, EDITS[:4]), EDITS), original="a", tailored="b")
    assert text.startswith("--- a\n+++ b\n@@ Experience · Engineer, Kvitto @@\n# why: asked\n+Taught SQL\n")
    assert "# why: numbers\n# evidence /skills/1: SQL\n-Ran the ledger\n+Kept books for 40 shops\n" in text
    assert "@@ Skills @@\n# skill moved from " in text
