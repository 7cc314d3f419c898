"""Where somebody applied, with what, and how it went."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from backend.domain.model import Model
from backend.domain.tailoring import Tailoring

ApplicationStatus = Literal["saved", "applied", "interviewing", "offered", "accepted", "rejected", "withdrawn"]
"""The usual way is saved → applied → interviewing → offered → accepted; life takes others, so any may follow any."""

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
COLUMNS = (
    "id", "created", "title", "company", "url", "status", "applied_on", "next_step_on", "next_step", "match_before",
    "match_after", "overall", "resume_id", "tailoring_id", "status_history", "notes",
)  # fmt: skip


class StatusChange(Model):
    status: ApplicationStatus
    at: datetime


class ApplicationScores(Model):
    """Of the tailoring it was sent with: the match score (0 to 100) before and after, and the evaluation (0 to 1)."""

    match_before: float
    match_after: float
    keyword_coverage: float
    relevance_ranking: float
    ats_compatibility: float
    overall: float


class ApplicationUsage(Model):
    """What that tailoring cost: tokens, US dollars (None where a price is not known), seconds."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    seconds: float = 0.0


class Application(Model):
    """`history` holds every status it had, oldest first. `revision` counts its changes, from 1."""

    id: str
    created: datetime
    updated: datetime
    title: str = ""
    company: str = ""
    url: str = ""
    resume_id: str = ""
    tailoring_id: str = ""
    scores: ApplicationScores | None = None
    usage: ApplicationUsage | None = None
    status: ApplicationStatus
    history: tuple[StatusChange, ...]
    applied_on: date | None = None
    next_step_on: date | None = None
    next_step: str = ""
    notes: str = ""
    revision: int = 1


def moved(application: Application, status: ApplicationStatus, at: datetime) -> Application:
    """With another status, recorded. The first time that it is "applied" sets the date, unless one is set."""
    if status == application.status:
        return application
    applied = application.applied_on or (at.astimezone(UTC).date() if status == "applied" else None)
    history = (*application.history, StatusChange(status=status, at=at))
    return application.model_copy(update={"status": status, "history": history, "applied_on": applied})


def scores_of(tailoring: Tailoring) -> ApplicationScores:
    found = tailoring.evaluation
    return ApplicationScores(
        match_before=tailoring.match_score.before,
        match_after=tailoring.match_score.after,
        keyword_coverage=found.keyword_coverage,
        relevance_ranking=found.relevance_ranking,
        ats_compatibility=found.ats_compatibility,
        overall=found.overall,
    )


def usage_of(tailoring: Tailoring) -> ApplicationUsage:
    return ApplicationUsage(**tailoring.usage.model_dump(exclude={"tasks"}))


def web_address(url: str) -> str:
    """The address if a browser may safely follow it, else nothing."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def csv_of(applications: Iterable[Application], *, heading: bool = True) -> str:
    """Lines of CSV (RFC 4180), every cell quoted and none that a spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    if heading:
        writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _row(application)] for application in applications)
    return text.getvalue()


def harmless(cell: str) -> str:
    """A cell that begins like a formula, be it after blanks, gets an apostrophe before it."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if cell[:1] in _FORMULA or cell.lstrip()[:1] in _FORMULA else cell


def _row(application: Application) -> tuple[str, ...]:
    values = application.model_dump(mode="json", include=set(COLUMNS))
    scores = application.scores.model_dump() if application.scores else {}
    history = "; ".join(f"{change.at.date().isoformat()} {change.status}" for change in application.history)
    values |= {"status_history": history} | scores
    return tuple("" if values.get(name) is None else str(values[name]) for name in COLUMNS)
