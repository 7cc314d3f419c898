"""How an application moves, and what of it a spreadsheet gets."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.application import (
    COLUMNS,
    Application,
    ApplicationStatus,
    StatusChange,
    csv_of,
    harmless,
    moved,
    web_address,
)

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SAVED = Application(
    id="a1", created=NOW, updated=NOW, title="Engineer", status="saved", history=(StatusChange(status="saved", at=NOW),)
)
STATUSES = st.sampled_from(get_args(ApplicationStatus))


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(st.lists(STATUSES, max_size=8))
def test_the_history_holds_every_change_in_order_and_ends_with_the_status(statuses: list[ApplicationStatus]) -> None:
    application = SAVED
    for number, status in enumerate(statuses, 1):
        application = moved(application, status, NOW + timedelta(days=number))
    kept = [change.status for change in application.history]
    assert kept[0] == "saved"
    assert kept[-1] == application.status == (statuses or ["saved"])[-1]
    assert all(one != other for one, other in pairwise(kept))
    assert [change.at for change in application.history] == sorted(change.at for change in application.history)


def test_the_first_time_it_is_applied_sets_the_date() -> None:
    applied = moved(SAVED, "applied", NOW)
    assert applied.applied_on == date(2026, 1, 2)
    again = moved(moved(applied, "rejected", NOW), "applied", NOW + timedelta(days=40))
    assert again.applied_on == date(2026, 1, 2)


def test_a_date_that_was_set_stays() -> None:
    early = SAVED.model_copy(update={"applied_on": date(2025, 12, 24)})
    assert moved(early, "applied", NOW).applied_on == date(2025, 12, 24)


@given(st.text(), st.text(), st.text())
def test_no_cell_of_a_spreadsheet_begins_like_a_formula(title: str, company: str, notes: str) -> None:
    application = SAVED.model_copy(update={"title": title, "company": company, "notes": notes})
    for row in rows(csv_of([application])):
        for cell in row:
            assert cell.lstrip()[:1] not in ("=", "+", "-", "@"), cell
            assert cell[:1] not in ("\t", "\r", "\n"), cell


@given(st.text(), st.text(alphabet="=+-@\t\r\n,\"'; a"))
def test_what_is_written_is_read_back_but_for_the_apostrophe(title: str, notes: str) -> None:
    application = SAVED.model_copy(update={"title": title, "notes": notes})
    heading, row = rows(csv_of([application]))
    found = dict(zip(heading, row, strict=True))
    for name, said in (("title", title), ("notes", notes)):
        said = said.replace("\0", "")
        assert found[name] in (said, f"'{said}")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_formula_is_made_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Engineer", "a=b", "3 - 2", "'=1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_csv_has_a_heading_lines_that_end_as_the_rfc_says_and_a_cell_for_each_column() -> None:
    text = csv_of([SAVED, SAVED])
    assert text.count("\r\n") == 3 == text.count("\n")
    heading, *found = rows(text)
    assert tuple(heading) == COLUMNS
    assert all(len(row) == len(COLUMNS) for row in found)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.example", "ftp://x.example", " https://x"]
)
def test_an_address_that_is_not_of_the_web_is_none(url: str) -> None:
    assert web_address(url) == ""
    assert web_address("https://x.example") == "https://x.example"
