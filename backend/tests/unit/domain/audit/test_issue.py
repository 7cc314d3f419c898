from pathlib import Path

import pytest

from backend.domain.audit import RULES
from backend.domain.audit.issue import issue

PAGE = Path(__file__).parents[5] / "docs-site" / "content" / "audit.md"


def test_severity_and_area_come_from_the_catalogue() -> None:
    found = issue("no_name", "/contact/name", "message", "fix")
    assert (found.severity, found.area) == ("error", "structure")


def test_a_code_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(KeyError):
        issue("no_such_code", "/", "message", "fix")


@pytest.mark.parametrize("code", RULES)
def test_every_code_is_published_with_its_severity_and_weight(code: str) -> None:
    row = next(
        line for line in PAGE.read_text(encoding="utf-8").split("\n") if line.startswith("|") and f"`{code}`" in line
    )
    rule = RULES[code]
    assert row.split("|")[2].strip() == (f"{rule.severity} × {rule.weight}" if rule.weight > 1 else rule.severity)
