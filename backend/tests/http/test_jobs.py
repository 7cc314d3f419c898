"""Job advertisements: read, kept, and tailored to."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from backend.adapters.page_fetcher import WebPageFetcher
from backend.container import Parts
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.unit.adapters.web.sites import Site, answer, resolver, site
from backend.tests.unit.documents.job_pages.pages import SHOWN, posting, with_data

JOB = {
    "title": "Senior Backend Engineer",
    "company": "Kvitto Pay",
    "text": "Requirements:\n- 5+ years of Python\n- PostgreSQL and Kafka are a must",
}


async def keep(person: Person, **more: Any) -> str:
    response = await person.ask("POST", "/jobs", json=JOB | more)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


# A web of one site, on loopback


@pytest.fixture(scope="module")
async def web() -> AsyncIterator[Site]:
    pages = {
        "/jobs/1": answer(with_data(posting()).encode()),
        "/shop": answer(b"<p>Nothing here</p>"),
        "/cv.pdf": answer(content_type="application/pdf"),
    }
    async with site(lambda target: pages.get(target, answer(status="404 Not Found"))) as here:
        yield here


@pytest.fixture(scope="module")
async def connected(web: Site, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """The service, with a web in which loopback's first address is public."""
    fetcher = WebPageFetcher(
        resolve=resolver(kvitto_example=["127.0.0.1"], inner_example=["10.0.0.1"]),
        is_public=lambda ip: ip == "127.0.0.1",
        ports=frozenset((web.port,)),
    )

    def with_web(parts: Parts) -> Parts:
        return replace(parts, pages=fetcher)

    async with serve(settings_for(tmp_path_factory.mktemp("jobs"), extract_rate_limit="50/minute"), with_web) as opened:
        yield opened


async def test_a_job_is_read_from_the_address_of_its_page(connected: Service, web: Site) -> None:
    response = await connected.person().ask(
        "POST", "/jobs/extract", json={"url": f"http://kvitto.example:{web.port}/jobs/1"}
    )
    assert response.status_code == 200
    job = response.json()
    assert (job["title"], job["company"], job["text"], job["source"]) == (
        "Senior Backend Engineer",
        "Kvitto Pay",
        SHOWN,
        "json_ld",
    )


async def test_what_was_read_can_be_kept_as_it_is(connected: Service, web: Site) -> None:
    person = connected.person()
    job = (await person.ask("POST", "/jobs/extract", json={"url": f"http://kvitto.example:{web.port}/jobs/1"})).json()
    kept = (await person.ask("POST", "/jobs", json=job)).json()
    assert kept["job"] == job


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("http://kvitto.example:{port}/nothing", "page_unreadable"),
        ("http://kvitto.example:{port}/cv.pdf", "page_unreadable"),
        ("http://kvitto.example:{port}/shop", "invalid_input"),
        ("http://inner.example:{port}/", "address_refused"),
        ("http://127.0.0.2:{port}/", "address_refused"),
        ("http://169.254.169.254/latest/meta-data/", "address_refused"),
        ("file:///etc/passwd", "address_refused"),
        ("kvitto.example/jobs/1", "address_refused"),
        ("", "address_refused"),
    ],
)
async def test_an_address_without_a_job_is_refused_with_a_way_out(
    connected: Service, web: Site, path: str, code: str
) -> None:
    response = await connected.person().ask("POST", "/jobs/extract", json={"url": path.format(port=web.port)})
    assert code_of(response) == (422, code)
    assert "Paste the text" in response.json()["detail"]


async def test_extraction_is_limited(connected: Service) -> None:
    person = connected.person()
    for _ in range(50):
        assert (await person.ask("POST", "/jobs/extract", json={"text": JOB["text"]})).status_code == 200
    assert code_of(await person.ask("POST", "/jobs/extract", json={"text": JOB["text"]})) == (429, "too_many_requests")


# The rest needs no web


async def test_a_job_is_read_from_its_text_and_not_kept(ada: Person) -> None:
    response = await ada.ask("POST", "/jobs/extract", json={"text": f"Senior Cook\nCompany: Kvitto\n{SHOWN}"})
    assert (response.json()["title"], response.json()["company"]) == ("Senior Cook", "Kvitto")
    assert (await ada.ask("GET", "/jobs")).json() == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "x", "url": "https://x.example"},
        {"text": ""},
        {"text": "x" * 50_001},
        {"url": 5},
        {"text": "x", "more": 1},
    ],
)
async def test_a_request_for_nothing_or_two_things_is_refused(ada: Person, body: dict[str, Any]) -> None:
    assert code_of(await ada.ask("POST", "/jobs/extract", json=body)) == (422, "invalid_input")


async def test_a_job_is_created_and_says_where(ada: Person) -> None:
    response = await ada.ask("POST", "/jobs", json=JOB)
    assert response.status_code == 201
    assert response.headers["location"] == f"/jobs/{response.json()['id']}"
    kept = (await ada.ask("GET", response.headers["location"])).json()
    assert kept == response.json()
    assert {name: kept["job"][name] for name in JOB} == JOB


async def test_a_job_is_replaced_and_deleted(ada: Person) -> None:
    job_id = await keep(ada)
    replaced = (await ada.ask("PUT", f"/jobs/{job_id}", json={"text": "You cook."})).json()
    assert (replaced["job"]["text"], replaced["job"]["title"]) == ("You cook.", "")
    assert (await ada.ask("DELETE", f"/jobs/{job_id}")).status_code == 204
    assert code_of(await ada.ask("GET", f"/jobs/{job_id}")) == (404, "not_found")
    assert code_of(await ada.ask("DELETE", f"/jobs/{job_id}")) == (404, "not_found")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_another_persons_job_is_not_there(ada: Person, eve: Person, method: str) -> None:
    job_id = await keep(ada)
    more = {"json": JOB} if method == "PUT" else {}
    assert code_of(await eve.ask(method, f"/jobs/{job_id}", **more)) == (404, "not_found")
    assert (await ada.ask("GET", f"/jobs/{job_id}")).status_code == 200
    assert (await eve.ask("GET", "/jobs")).json()["items"] == []


async def test_jobs_are_listed_page_by_page_newest_first(ada: Person) -> None:
    ids = [await keep(ada) for _ in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        page = (await ada.ask("GET", "/jobs", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * 50_001},
        {"text": "\ud800"},
        {"text": "x", "id": "1"},
        {"text": "x y", "source": "magic"},
        {"text": "x", "title": "x" * 301},
        {"text": "x y", "url": "javascript:alert(1)"},
    ],
)
async def test_what_is_no_job_is_not_kept(ada: Person, body: dict[str, Any]) -> None:
    assert code_of(await ada.send("/jobs", json.dumps(body)))[0] == 422
    assert (await ada.ask("GET", "/jobs")).json()["items"] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/jobs"),
        ("GET", "/jobs"),
        ("POST", "/jobs/extract"),
        ("GET", "/jobs/x"),
        ("POST", "/requirements/extract"),
    ],
)
async def test_nobody_comes_in_without_a_token(service: Service, method: str, path: str) -> None:
    assert code_of(await service.http.request(method, path)) == (401, "unauthenticated")


# Tailoring to a kept job


async def test_a_resume_is_tailored_to_a_kept_job(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    job_id = await keep(ada)
    response = await ada.ask("POST", "/tailor", json={"job_id": job_id})
    assert response.status_code == 200, response.text
    by_text = (await ada.tailor(JOB["text"], title=JOB["title"], company=JOB["company"])).json()
    assert response.json()["analysis"] == by_text["analysis"]


async def test_another_persons_job_is_none_to_tailor_to(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    await eve.keep(small)
    job_id = await keep(ada)
    assert code_of(await eve.ask("POST", "/tailor", json={"job_id": job_id})) == (404, "not_found")


@pytest.mark.parametrize("body", [{}, {"job_id": "x", "job_description": "Python"}, {"job_id": None}])
async def test_a_tailoring_needs_one_job(ada: Person, small: dict[str, Any], body: dict[str, Any]) -> None:
    await ada.keep(small)
    response = await ada.ask("POST", "/tailor", json=body)
    assert code_of(response) == (422, "invalid_input")
    assert "job_description" in response.json()["detail"]


# Requirements


async def test_requirements_come_with_their_places(ada: Person) -> None:
    text = "Requirements:\n- 5+ years of Python\n- Team player\nNice to have:\n- Kafka"
    found = (await ada.ask("POST", "/requirements/extract", json={"text": text})).json()["requirements"]
    assert [text[one["span"]["start"] : one["span"]["end"]] for one in found] == [one["span"]["text"] for one in found]
    assert {(one["kind"], one["importance"]) for one in found} == {
        ("experience", "required"),
        ("skill", "required"),
        ("soft_skill", "required"),
        ("skill", "preferred"),
    }


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x" * 50_001}, {"text": 5}])
async def test_requirements_of_nothing_are_refused(ada: Person, body: dict[str, Any]) -> None:
    assert code_of(await ada.ask("POST", "/requirements/extract", json=body)) == (422, "invalid_input")
