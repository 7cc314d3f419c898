import json
import time
from contextlib import suppress
from pathlib import Path

import pytest

from backend.documents.job_pages.page import read_page
from backend.domain.job import MAX_JOB_CHARACTERS
from backend.errors import InvalidInput
from backend.tests.unit.documents.job_pages.pages import DESCRIPTION, SHOWN, posting, surrounded, with_data

URL = "https://kvitto.example/jobs/1"
PAGES = Path(__file__).parents[6] / "shared" / "data" / "job_html"
HTML = "text/html; charset=utf-8"


def test_a_pages_own_data_comes_first() -> None:
    page = with_data(posting(title="From data"), body=f"<h1>From page</h1>{DESCRIPTION}")
    found = read_page(page.encode(), HTML, URL)
    assert (found.title, found.source, found.text, found.url, found.warnings) == (
        "From data",
        "json_ld",
        SHOWN,
        URL,
        (),
    )


def test_what_the_data_leaves_out_is_read_from_the_page() -> None:
    data = {"@type": "JobPosting", "title": "", "description": DESCRIPTION}
    found = read_page(
        with_data(data, body=f"<h1>Cook</h1><p class='location'>Oslo</p>{DESCRIPTION}").encode(), HTML, URL
    )
    assert (found.title, found.location, found.source) == ("Cook", "Oslo", "json_ld")


def test_a_page_without_data_is_read_as_people_see_it() -> None:
    assert read_page(surrounded().encode(), HTML, URL).source == "readable"


def test_data_that_only_teases_gives_way_to_the_page() -> None:
    page = with_data(
        {"@type": "JobPosting", "title": "Cook", "description": "A job."}, body=f"<h1>Cook</h1>{DESCRIPTION}"
    )
    assert "5+ years of Python" in read_page(page.encode(), HTML, URL).text


def test_data_that_says_something_else_than_the_page_is_reported() -> None:
    other = "".join(f"<p>Word{n} of another kind{n} entirely.</p>" for n in range(60))
    found = read_page(
        with_data(
            posting(description=other),
            body=DESCRIPTION * 3 + "".join(f"<p>again{n} and more{n}</p>" for n in range(40)),
        ).encode(),
        HTML,
        URL,
    )
    assert any("differs" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "said", ["No longer accepting applications", "This position has been filled.", "The job has expired"]
)
def test_a_closed_job_is_said_to_be_closed(said: str) -> None:
    found = read_page(surrounded(f"<h1>Cook</h1><p>{said}</p>{DESCRIPTION}").encode(), HTML, URL)
    assert "The page says that this job is closed." in found.warnings


def test_a_very_long_page_is_cut_and_said_so() -> None:
    page = surrounded("<h1>Cook</h1>" + "<p>We cook soup all day and all night, with joy.</p>" * 2_000)
    found = read_page(page.encode(), HTML, URL)
    assert len(found.text) <= MAX_JOB_CHARACTERS
    assert found.text.endswith("with joy.")
    assert any("very long" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "<html></html>",
        "<html><body><div id=root></div><script>boot()</script></body></html>",
        "<p>Enable JavaScript</p>",
        "\x00\x01",
        "<",
    ],
)
def test_a_page_that_shows_no_job_says_what_to_do(body: str) -> None:
    with pytest.raises(InvalidInput, match="Paste the text"):
        read_page(body.encode(), HTML, URL)


def test_plain_text_is_a_page_too() -> None:
    found = read_page(f"Cook\nCompany: Kvitto\n\n{SHOWN}".encode(), "text/plain", URL)
    assert (found.title, found.company) == ("Cook", "Kvitto")


def test_data_of_no_board_is_refused() -> None:
    with pytest.raises(InvalidInput, match="leads to data"):
        read_page(json.dumps(posting()).encode(), "application/json", URL)


def test_data_of_a_board_is_read_for_the_address_that_was_asked() -> None:
    asked = "https://boards.greenhouse.io/kvitto/jobs/1"
    body = json.dumps({"title": "Cook", "content": DESCRIPTION}).encode()
    found = read_page(body, "application/json; charset=utf-8", "https://boards-api.greenhouse.io/v1/x", asked)
    assert (found.source, found.company, found.url, found.text) == ("greenhouse", "Kvitto", asked, SHOWN)


def test_a_board_without_the_job_says_so() -> None:
    with pytest.raises(InvalidInput, match="no such job"):
        read_page(b"{}", "application/json", "https://x.example", "https://boards.greenhouse.io/kvitto/jobs/1")


@pytest.mark.parametrize(
    "page",
    [
        "<div class='cookie menu'>" * 250 + "x " * 50_000,
        "<div><a href=x>y</a>" * 20_000,
        "<p class='" + "a " * 200_000 + "'>x</p>",
        "<script type='application/ld+json'>" + '{"a":' * 50_000 + "</script>",
        "<script type='application/ld+json'>[" + '{"@type":"JobPosting","title":"x"},' * 20_000 + "{}]</script>",
        "<!--" * 100_000,
        "&lt;p" * 200_000,
        "<p>" + "ab " * 500_000,
        "<title>" + "a hiring " * 50_000,
    ],
)
def test_a_page_made_to_take_long_does_not(page: str) -> None:
    began = time.perf_counter()
    with suppress(InvalidInput):
        read_page(page.encode(), HTML, URL)
    assert time.perf_counter() - began < 8  # what the sandbox allows


@pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/data is absent")
@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("linkedin-guest-live-modal.html", "Director of Product", "Own the roadmap"),
        ("linkedin-guest-live-onsite.html", "Senior Data Analyst", "Own reporting"),
        ("linkedin-guest-closed.html", "Staff Software Engineer", "lead work on its platform"),
        ("schemaorg_jobposting_examples.txt", "Software Engineer", "Bachelor's Degree in Computer Science"),
    ],
)
def test_pages_of_real_boards_are_read(name: str, title: str, said: str) -> None:
    found = read_page((PAGES / name).read_bytes(), HTML, URL)
    assert found.title == title
    assert said in found.text
    assert "Apply" not in found.text
    assert "Trimmed capture" not in found.text
