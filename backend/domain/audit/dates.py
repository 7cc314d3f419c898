"""Dates as they are written: in how many ways, how exactly, and what may be misread."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from backend.domain.audit.issue import Issue, issue
from backend.domain.resume import Resume
from backend.domain.tenure import month_number, span

_YEAR = r"(?:19|20)\d\d"
_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
_LONG = r"(?:january|february|march|april|august|september|october|november|december)"
_SEASON = r"(?:spring|summer|fall|autumn|winter|early|mid|late|q[1-4])"
# The ways to write a month, in the order in which they are tried. "May", "June" and "July" are both long and short.
_FORMS: tuple[tuple[str, str], ...] = (
    ("day/month/year", rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:{_YEAR}|\d\d)"),
    ("2021-03", rf"{_YEAR}-\d{{1,2}}(?:-\d{{1,2}})?"),
    ("2021/03", rf"{_YEAR}[/.]\d{{1,2}}"),
    ("03/2021", rf"\d{{1,2}}/{_YEAR}"),
    ("03.2021", rf"\d{{1,2}}\.{_YEAR}"),
    ("03-2021", rf"\d{{1,2}}-{_YEAR}"),
    ("May 2021", rf"(?:may|june|july),?\s+{_YEAR}"),
    ("March 2021", rf"{_LONG},?\s+{_YEAR}"),
    ("Mar 2021", rf"{_NAME}\.?,?\s+{_YEAR}"),
    ("Mar '21", rf"(?:{_NAME}|{_LONG})\.?[\s-]+['’]?\d\d"),
    ("season", rf"{_SEASON}[\s-]+(?:of\s+)?{_YEAR}"),
    ("2021", _YEAR),
)
_FORM = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FORMS]
_MONTHLY = frozenset(
    ("2021-03", "2021/03", "03/2021", "03.2021", "03-2021", "March 2021", "Mar 2021", "Mar '21", "day/month/year")
)
_HARD = {"Mar '21": "two digits for the year", "season": "a season", "day/month/year": "a day that may be a month"}
_ANY = "|".join(pattern for _, pattern in _FORMS)
_RANGE = re.compile(
    rf"(?<![\w/.-])(?P<start>{_ANY})\s*(?:[-–—]|\bto\b)\s*(?P<end>{_ANY}|present|current|now|today)(?![\w/]|[.-]\d)",
    re.IGNORECASE,
)


class Written(NamedTuple):
    """A date, in what way it is written, and where."""

    text: str
    form: str
    place: str


def form_of(text: str) -> str | None:
    """The way a date is written; None for "Present" and for what is no date."""
    text = text.strip()
    return next((name for name, pattern in _FORM if pattern.fullmatch(text)), None)


def date_issues(resume: Resume, lines: Iterable[str], today: date) -> Iterator[Issue]:
    kept = list(_kept(resume))
    dates = _in_lines(lines) or kept
    yield from _mixed(dates)
    for written in dates:
        if written.form in _HARD:
            yield issue(
                "odd_date",
                written.place,
                f"“{written.text}” is {_HARD[written.form]}, which parsers often misread.",
                "Write a month and a year of four digits, such as Mar 2021.",
            )
    yield from _precision(kept)
    yield from _order(resume, today)


def _kept(resume: Resume) -> Iterator[Written]:
    for n, job in enumerate(resume.work_experience):
        for name, value in (("start_date", job.start_date), ("end_date", job.end_date)):
            if form := form_of(value):
                yield Written(value.strip(), form, f"/work_experience/{n}/{name}")


def _in_lines(lines: Iterable[str]) -> list[Written]:
    ranges = (match for line in lines for match in _RANGE.finditer(line))
    texts = (text for match in ranges for text in (match["start"], match["end"]))
    return [Written(text, form, "file") for text in texts if (form := form_of(text))]


def _mixed(dates: Iterable[Written]) -> Iterator[Issue]:
    forms = Counter(written.form for written in dates if written.form in _MONTHLY)
    if len(forms) > 1:
        (main, _), *others = forms.most_common()
        first = next(written for written in dates if written.form == others[0][0])
        example = next(written.text for written in dates if written.form == main)
        yield issue(
            "mixed_dates",
            first.place,
            f"Dates are written in {len(forms)} ways, such as “{example}” and “{first.text}”.",
            f"Write all of them as “{example}”.",
        )


def _precision(dates: Iterable[Written]) -> Iterator[Issue]:
    years = [written for written in dates if written.form == "2021"]
    months = [written for written in dates if written.form in _MONTHLY or written.form == "May 2021"]
    if years and len(months) >= 2:
        yield issue(
            "mixed_date_precision",
            years[0].place,
            f"Some positions have months and others only years (“{years[0].text}”).",
            "Give months for all positions, or for none.",
        )


def _order(resume: Resume, today: date) -> Iterator[Issue]:
    this_month = today.year * 12 + today.month - 1
    ends: list[tuple[int, int]] = []
    for n, job in enumerate(resume.work_experience):
        start = month_number(job.start_date, today=today)
        if start is not None and start > this_month:
            yield issue(
                "future_date",
                f"/work_experience/{n}/start_date",
                f"This position starts in the future (“{job.start_date}”).",
                "Check the year.",
            )
        if months := span(job.start_date, job.end_date, today):
            ends.append((months[1], months[0]))
    if any(later[0] > earlier[0] and later[1] > earlier[1] for earlier, later in pairwise(ends)):
        yield issue(
            "not_newest_first",
            "/work_experience",
            "The positions are not in order, newest first.",
            "Put the newest first: that is where readers and parsers look for it.",
        )
