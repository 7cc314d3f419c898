"""Boards that publish their jobs as JSON: from a job's page to its data, and from its data to a posting."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from backend.documents.job_pages.json_ld import HIDDEN_ORDERS
from backend.documents.job_pages.markup import Seen, text_of
from backend.documents.job_pages.values import Json, loaded, many, mapping, part, said
from backend.domain.injection import instructs
from backend.domain.posting import Posting, PostingSource, one_line
from backend.domain.text import words

Name = Literal["greenhouse", "lever", "ashby"]
_LEAST: Final = 3
"""Words; less is no advertisement."""
_ORG: Final = r"/([^/?#]{1,100})"
_UUID: Final = r"([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
_PAGES: Final[tuple[tuple[Name, str, str, str], ...]] = (
    ("greenhouse", r"(?:job-)?boards\.greenhouse\.io", rf"{_ORG}/jobs/(\d{{1,20}})/?",
     "https://boards-api.greenhouse.io/v1/boards/{org}/jobs/{id}?pay_transparency=true"),
    ("lever", r"jobs\.lever\.co", rf"{_ORG}/{_UUID}(?:/apply)?/?", "https://api.lever.co/v0/postings/{org}/{id}?mode=json"),
    ("lever", r"jobs\.eu\.lever\.co", rf"{_ORG}/{_UUID}(?:/apply)?/?", "https://api.eu.lever.co/v0/postings/{org}/{id}?mode=json"),
    ("ashby", r"jobs\.ashbyhq\.com", rf"{_ORG}/{_UUID}(?:/application)?/?",
     "https://api.ashbyhq.com/posting-api/job-board/{org}?includeCompensation=true"),
)  # fmt: skip


class Board(NamedTuple):
    """Where the data of a job is. `org` is the company's name in addresses of the board, `id` the job's."""

    name: Name
    org: str
    id: str
    api: str
    page: str


def board_of(url: str) -> Board | None:
    """The board that an address is a page of; None for all other addresses."""
    try:
        address = urlsplit(url.strip())
        host = (address.hostname or "").rstrip(".")
    except ValueError:
        return None
    if address.scheme not in ("http", "https"):
        return None
    path = address.path
    if host.endswith("boards.greenhouse.io") and path.rstrip("/") == "/embed/job_app":
        asked = parse_qs(address.query)
        path = f"/{asked.get('for', [''])[0]}/jobs/{asked.get('token', [''])[0]}"
    for name, site, form, api in _PAGES:
        if re.fullmatch(site, host) and (match := re.fullmatch(form, path, re.IGNORECASE)):
            org, id_ = unquote(match[1]), match[2].lower()
            return Board(name, org, id_, api.format(org=quote(org, safe=""), id=id_), url.strip())
    return None


def posting_from(board: Board, text: str) -> Posting | None:
    """The posting in a board's answer; None if it is not there, so that the page itself is to be read."""
    data = loaded(text)
    job = _READERS[board.name](board, data)
    return job if job is not None and len(words(job.text)) >= _LEAST else None


def _greenhouse(board: Board, data: Json) -> Posting | None:
    # The content is HTML written as text; `text_of` sees that.
    ranges = [
        f"{_money(pay, 'min_cents')} – {_money(pay, 'max_cents')}"
        for pay in many(mapping(data).get("pay_input_ranges"))
        if isinstance(pay, Mapping)
    ]
    return _made(
        board, "greenhouse", text_of(said(data, "content")),
        title=said(data, "title"),
        company=said(data, "company_name") or _company(board.org),
        location=said(part(data, "location"), "name"),
        salary="; ".join(dict.fromkeys(ranges)),
        date_posted=said(data, "first_published", "updated_at"),
        valid_through=said(data, "application_deadline"),
    )  # fmt: skip


def _lever(board: Board, data: Json) -> Posting | None:
    parts = [text_of(said(data, "description", "descriptionPlain"))]
    for item in many(mapping(data).get("lists")):
        content = text_of(f"<ul>{said(item, 'content')}</ul>")
        heading = one_line(said(item, "text")).rstrip(":")
        parts.append(Seen(f"{heading}:\n{content.text}" if heading else content.text, content.hidden))
    parts.append(text_of(said(data, "additional", "additionalPlain")))
    pay, kinds = part(data, "salaryRange"), part(data, "categories")
    salary = (
        f"{said(pay, 'currency')} {said(pay, 'min')} – {said(pay, 'max')} {said(pay, 'interval').replace('-', ' ')}"
        if said(pay, "min")
        else ""
    )
    places = [place for place in many(kinds.get("allLocations")) if isinstance(place, str)]
    workplace = said(data, "workplaceType")
    return _made(
        board, "lever", *parts,
        title=said(data, "text"),
        company=_company(board.org),
        location="; ".join(places or [said(kinds, "location")]) + (" (remote)" if workplace == "remote" else ""),
        employment_type=said(kinds, "commitment"),
        salary=salary or text_of(said(data, "salaryDescription")).text,
        date_posted=_date(mapping(data).get("createdAt")),
    )  # fmt: skip


def _ashby(board: Board, data: Json) -> Posting | None:
    jobs = [job for job in many(mapping(data).get("jobs")) if isinstance(job, Mapping)]
    job = next(
        (job for job in jobs if said(job, "id").lower() == board.id or board.id in said(job, "jobUrl").lower()), None
    )
    if job is None:
        return None
    others = [said(place, "location") for place in many(job.get("secondaryLocations"))]
    pay = part(job, "compensation")
    return _made(
        board, "ashby", text_of(said(job, "descriptionHtml", "descriptionPlain")),
        title=said(job, "title"),
        company=_company(board.org),
        location="; ".join(filter(None, [said(job, "location"), *others])) + (" (remote)" if job.get("isRemote") is True else ""),
        employment_type=re.sub(r"(?<=[a-z])(?=[A-Z])", "-", said(job, "employmentType")).capitalize(),
        salary=said(pay, "compensationTierSummary", "scrapeableCompensationSalarySummary"),
        date_posted=said(job, "publishedAt"),
    )  # fmt: skip


_READERS: Final[Mapping[Name, Callable[[Board, Json], Posting | None]]] = {
    "greenhouse": _greenhouse,
    "lever": _lever,
    "ashby": _ashby,
}


def _made(board: Board, source: PostingSource, *parts: Seen, **fields: str) -> Posting:
    orders = [text for one in parts for text in one.hidden if instructs(text)]
    return Posting(
        text="\n\n".join(one.text for one in parts if one.text),
        url=board.page,
        source=source,
        warnings=(HIDDEN_ORDERS.format(f"“{one_line(orders[0], 120)}”"),) if orders else (),
        **{name: one_line(value) for name, value in fields.items()},
    )


def _company(org: str) -> str:
    """A company's name as far as the address tells it."""
    name = re.sub(r"[-_+]+", " ", org).strip()
    return name.title() if name.islower() else name


def _money(pay: Mapping[str, Json], name: str) -> str:
    cents = pay.get(name)
    return f"{said(pay, 'currency_type')} {cents / 100:,.0f}".strip() if isinstance(cents, int | float) else ""


def _date(milliseconds: Json) -> str:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
    except (TypeError, ValueError, OverflowError, OSError):
        return ""
