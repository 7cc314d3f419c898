import json
from typing import Any

import pytest

from backend.documents.job_pages.boards import Board, board_of, posting_from
from backend.domain.posting import Posting
from backend.tests.unit.documents.job_pages.pages import DESCRIPTION, SHOWN

ID = "5ac21346-8e0c-4494-8e7a-3eb92ff77902"


def board(url: str) -> Board:
    found = board_of(url)
    assert found is not None
    return found


def read(url: str, data: Any) -> Posting:
    found = posting_from(board(url), json.dumps(data))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("page", "api"),
    [
        ("https://boards.greenhouse.io/kvitto/jobs/4012345", "https://boards-api.greenhouse.io/v1/boards/kvitto/jobs/4012345?pay_transparency=true"),
        ("https://job-boards.greenhouse.io/kvitto/jobs/4012345?gh_src=x#app", "https://boards-api.greenhouse.io/v1/boards/kvitto/jobs/4012345?pay_transparency=true"),
        ("https://boards.greenhouse.io/embed/job_app?for=kvitto&token=4012345", "https://boards-api.greenhouse.io/v1/boards/kvitto/jobs/4012345?pay_transparency=true"),
        (f"https://jobs.lever.co/kvitto/{ID}", f"https://api.lever.co/v0/postings/kvitto/{ID}?mode=json"),
        (f"https://jobs.lever.co/kvitto/{ID.upper()}/apply", f"https://api.lever.co/v0/postings/kvitto/{ID}?mode=json"),
        (f"https://jobs.eu.lever.co/kvitto/{ID}/", f"https://api.eu.lever.co/v0/postings/kvitto/{ID}?mode=json"),
        (f"https://jobs.ashbyhq.com/kvitto/{ID}/application", "https://api.ashbyhq.com/posting-api/job-board/kvitto?includeCompensation=true"),
        (f"https://jobs.ashbyhq.com/Kvitto%20Pay/{ID}", "https://api.ashbyhq.com/posting-api/job-board/Kvitto%20Pay?includeCompensation=true"),
        (f"https://jobs.ashbyhq.com/..%2f..%2fadmin/{ID}", "https://api.ashbyhq.com/posting-api/job-board/..%2F..%2Fadmin?includeCompensation=true"),
    ],
)  # fmt: skip
def test_a_page_of_a_board_leads_to_its_data(page: str, api: str) -> None:
    assert board(page).api == api


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "http://[", "https://kvitto.example/jobs/1", "https://boards.greenhouse.io/kvitto", "https://boards.greenhouse.io/kvitto/jobs/x",
        "https://boards.greenhouse.io.evil.example/kvitto/jobs/1", "https://evilboards.greenhouse.io/kvitto/jobs/1", "ftp://jobs.lever.co/kvitto/" + ID,
        "https://jobs.lever.co/kvitto", "https://jobs.lever.co/kvitto/123", f"https://jobs.lever.co/a/b/{ID}", "https://boards.greenhouse.io/embed/job_app?for=kvitto",
    ],
)  # fmt: skip
def test_other_addresses_lead_to_none(url: str) -> None:
    assert board_of(url) is None


def test_a_job_of_greenhouse_is_read() -> None:
    data = {
        "id": 4012345, "title": "Senior Backend Engineer", "company_name": "Kvitto Pay", "location": {"name": "Stockholm"},
        "content": DESCRIPTION.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "first_published": "2026-01-02T08:00:00-05:00",
        "updated_at": "2026-02-02T08:00:00-05:00", "absolute_url": "https://boards.greenhouse.io/kvitto/jobs/4012345",
        "pay_input_ranges": [{"min_cents": 5000000, "max_cents": 7500000, "currency_type": "USD", "title": "Zone 1"}],
    }  # fmt: skip
    found = read("https://boards.greenhouse.io/kvitto/jobs/4012345", data)
    assert found == Posting(
        title="Senior Backend Engineer", company="Kvitto Pay", location="Stockholm", text=SHOWN, salary="USD 50,000 – USD 75,000",
        date_posted="2026-01-02T08:00:00-05:00", url="https://boards.greenhouse.io/kvitto/jobs/4012345", source="greenhouse",
    )  # fmt: skip


def test_a_job_of_lever_is_read() -> None:
    data = {
        "id": ID, "text": "Senior Backend Engineer", "categories": {"commitment": "Full-time", "location": "Oslo", "allLocations": ["Oslo", "Bergen"]},
        "description": "<div>Kvitto Pay settles card payments.</div>", "descriptionPlain": "Kvitto Pay settles card payments.",
        "lists": [{"text": "What you will do:", "content": "<li>Run services</li><li>Be on call</li>"}, {"text": "Requirements", "content": "<li>Python</li>"}],
        "additional": "<p>We answer everybody.</p>", "createdAt": 1767340800000, "workplaceType": "remote", "hostedUrl": "x",
        "salaryRange": {"min": 50000, "max": 60000, "currency": "EUR", "interval": "per-year-salary"},
    }  # fmt: skip
    found = read(f"https://jobs.lever.co/kvitto-pay/{ID}", data)
    assert found.text == (
        "Kvitto Pay settles card payments.\n\nWhat you will do:\n- Run services\n- Be on call\n\nRequirements:\n- Python\n\nWe answer everybody."
    )
    assert (found.title, found.company, found.location) == (
        "Senior Backend Engineer",
        "Kvitto Pay",
        "Oslo; Bergen (remote)",
    )
    assert (found.employment_type, found.salary, found.date_posted) == (
        "Full-time",
        "EUR 50,000 – 60,000 per year salary",
        "2026-01-02",
    )


def test_a_job_of_ashby_is_the_one_asked_for_among_all_of_the_board() -> None:
    job = {
        "id": ID, "title": "Senior Backend Engineer", "location": "Stockholm", "secondaryLocations": [{"location": "Oslo"}], "isRemote": True,
        "descriptionHtml": DESCRIPTION, "publishedAt": "2026-01-02T16:21:55.393+00:00", "employmentType": "FullTime",
        "jobUrl": f"https://jobs.ashbyhq.com/kvitto/{ID}", "compensation": {"compensationTierSummary": "$81K – $87K"},
    }  # fmt: skip
    found = read(
        f"https://jobs.ashbyhq.com/kvitto/{ID}", {"jobs": [{"id": "other", "title": "Cook"}, job], "apiVersion": "1"}
    )
    assert (found.title, found.text, found.location) == ("Senior Backend Engineer", SHOWN, "Stockholm; Oslo (remote)")
    assert (found.employment_type, found.salary, found.source) == ("Full-time", "$81K – $87K", "ashby")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "[]",
        "{}",
        "null",
        '"x"',
        "{",
        '{"jobs": 5}',
        '{"content": 5, "lists": 5, "categories": 5}',
        '{"jobs":[5,null]}',
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "https://boards.greenhouse.io/kvitto/jobs/1",
        f"https://jobs.lever.co/kvitto/{ID}",
        f"https://jobs.ashbyhq.com/kvitto/{ID}",
    ],
)
def test_an_answer_without_the_job_holds_none(url: str, data: str) -> None:
    assert posting_from(board(url), data) is None
