from datetime import date

import pytest

from backend.domain.audit.dates import date_issues, form_of
from backend.domain.resume import Resume


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2021-03", "2021-03"), ("2021-03-31", "2021-03"), ("03/2021", "03/2021"), ("3.2021", "03.2021"), ("2021", "2021"),
        ("Mar 2021", "Mar 2021"), ("Sept. 2021", "Mar 2021"), ("March 2021", "March 2021"), ("May 2021", "May 2021"),
        ("Mar '21", "Mar '21"), ("04/05/2021", "day/month/year"), ("Spring 2021", "season"), ("2021/03", "2021/03"),
        ("Present", None), ("a while ago", None), ("", None), ("1850", None),
    ],
)  # fmt: skip
def test_the_way_a_date_is_written(text: str, form: str | None) -> None:
    assert form_of(text) == form


def test_only_ranges_in_the_source_are_looked_at() -> None:
    lines = ("Mar 2020 – Present", "Spoke at a conference on 04/2021", "January 2015 release", "call 555 0142-2019")
    assert list(date_issues(Resume(), lines, date(2026, 11, 1))) == []


def test_one_finding_names_two_ways() -> None:
    lines = ("Mar 2020 – Present", "Feb 2018 to Jan 2020", "01/2015 - 12/2017")
    (found,) = date_issues(Resume(), lines, date(2026, 11, 1))
    assert found.code == "mixed_dates"
    assert "“Mar 2020”" in found.message and "“01/2015”" in found.message
