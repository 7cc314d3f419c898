"""POST /tailor: every status it has."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from backend.domain.job import MAX_JOB_CHARACTERS, Job
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.standin import Drop, Fault, InvalidJson, Refusal, Stall, StandIn, Status

JOB = "Backend engineer. You must have five years of experience with Python and PostgreSQL, and know Terraform."
FACTS = ("company", "title", "start_date", "end_date")

# 200


async def test_a_resume_is_tailored(ada: Person, sample_document: dict[str, Any], sample_job: Job) -> None:
    resume_id = await ada.keep(sample_document)
    answer = await ada.tailor(sample_job.text)
    assert answer.status_code == 200
    found = answer.json()
    wanted = {"analysis", "plan", "tailored_resume", "edits", "verification", "evaluation", "attempts", "gaps"}
    assert wanted | {"match_score", "usage", "id"} <= found.keys()
    assert found["resume_id"] == resume_id
    assert found["match_score"]["after"] >= found["match_score"]["before"] > 0


async def test_facts_come_back_as_they_were(ada: Person, sample_document: dict[str, Any], sample_job: Job) -> None:
    await ada.keep(sample_document)
    tailored = (await ada.tailor(sample_job.text)).json()["tailored_resume"]
    for section in ("contact", "education", "languages", "achievements"):
        assert json.dumps(tailored[section]) == json.dumps(sample_document[section])
    assert [[entry[fact] for fact in FACTS] for entry in tailored["work_experience"]] == [
        [entry[fact] for fact in FACTS] for entry in sample_document["work_experience"]
    ]


async def test_the_shape_that_came_in_comes_out(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    assert list((await ada.tailor(JOB)).json()["tailored_resume"]) == list(small)


async def test_what_cannot_be_shown_is_a_gap(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    found = (await ada.tailor(JOB)).json()
    assert "Terraform" in [gap["text"] for gap in found["gaps"]]
    assert "Terraform" not in json.dumps(found["tailored_resume"])


async def test_the_same_request_twice_has_the_same_score(ada: Person, sample_document: Any, sample_job: Job) -> None:
    await ada.keep(sample_document)
    first, second = [(await ada.tailor(sample_job.text)).json() for _ in range(2)]
    for name in ("match_score", "evaluation", "tailored_resume", "edits"):
        assert first[name] == second[name]
    assert first["id"] != second["id"]


async def test_the_newest_resume_is_taken_unless_one_is_named(ada: Person, small: dict[str, Any]) -> None:
    first = await ada.keep(small)
    second = await ada.keep(small)
    assert (await ada.tailor(JOB)).json()["resume_id"] == second
    assert (await ada.tailor(JOB, resume_id=first)).json()["resume_id"] == first


async def test_the_record_of_a_run_can_be_read_again(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    run = (await ada.tailor(JOB)).json()
    again = await ada.ask("GET", f"/tailorings/{run['id']}")
    assert again.json() == run


async def test_a_stored_resume_is_not_changed_by_a_run(ada: Person, small: dict[str, Any]) -> None:
    resume_id = await ada.keep(small)
    before = (await ada.ask("GET", f"/resumes/{resume_id}")).json()
    await ada.tailor(JOB)
    assert (await ada.ask("GET", f"/resumes/{resume_id}")).json() == before


async def test_bookkeeping_is_not_part_of_the_tailored_resume(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    tailored = (await ada.tailor(JOB)).json()["tailored_resume"]
    assert {"user_id", "createdDate", "updatedDate", "deleted", "_id"}.isdisjoint(tailored)


async def test_a_job_may_be_as_long_as_the_limit(ada: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    job = (JOB + "\n") * (MAX_JOB_CHARACTERS // (len(JOB) + 1))
    assert (await ada.tailor(job.ljust(MAX_JOB_CHARACTERS, "."))).status_code == 200


# 401


async def test_without_a_token_there_is_no_entry(service: Service) -> None:
    answer = await service.http.post("/tailor", json={"job_description": JOB})
    assert code_of(answer) == (401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer garbage",
        "Bearer a.b.c",
        "Basic YWRhOnBhc3N3b3Jk",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIiwiZXhwIjo5OTk5OTk5OTk5fQ.",
        "Bearer " + "W" * 8_000,
    ],
)
async def test_a_token_that_is_none_is_refused(service: Service, header: str) -> None:
    answer = await service.http.post("/tailor", json={"job_description": JOB}, headers={"Authorization": header})
    assert code_of(answer) == (401, "unauthenticated")


async def test_an_expired_token_is_refused(service: Service, ada: Person) -> None:
    past = replace(service.container.tokens, access_life=timedelta(seconds=-1))
    answer = await replace(ada, token=past.access(ada.id)).tailor(JOB)
    assert code_of(answer) == (401, "unauthenticated")
    assert "expired" in answer.json()["detail"]


async def test_a_refresh_token_is_no_access_token(service: Service, ada: Person) -> None:
    answer = await replace(ada, token=service.container.tokens.refresh(ada.id, "session", "turn")).tailor(JOB)
    assert code_of(answer) == (401, "unauthenticated")


async def test_a_token_of_another_secret_is_refused(service: Service, ada: Person) -> None:
    forged = replace(service.container.tokens, secrets=("another-secret-of-at-least-32-characters",))
    assert code_of(await replace(ada, token=forged.access(ada.id)).tailor(JOB)) == (401, "unauthenticated")


# 404


async def test_without_a_resume_there_is_nothing_to_tailor(ada: Person) -> None:
    answer = await ada.tailor(JOB)
    assert code_of(answer) == (404, "no_resume")
    assert "POST /resumes" in answer.json()["detail"]


async def test_another_persons_resume_is_not_there(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    theirs = await ada.keep(small)
    missing = await eve.tailor(JOB, resume_id="f" * 24)
    answer = await eve.tailor(JOB, resume_id=theirs)
    assert code_of(answer) == code_of(missing) == (404, "not_found")


@pytest.mark.parametrize("resume_id", ["nonsense", "\0", "$ne", "../etc", "🚀"])
async def test_an_id_that_is_none_is_not_there(ada: Person, resume_id: str) -> None:
    assert code_of(await ada.tailor(JOB, resume_id=resume_id)) == (404, "not_found")


async def test_another_persons_run_is_not_there(ada: Person, eve: Person, small: dict[str, Any]) -> None:
    await ada.keep(small)
    run = (await ada.tailor(JOB)).json()["id"]
    assert code_of(await eve.ask("GET", f"/tailorings/{run}")) == (404, "not_found")


async def test_a_deleted_resume_is_not_tailored(ada: Person, small: dict[str, Any]) -> None:
    gone = await ada.keep(small)
    await ada.ask("DELETE", f"/resumes/{gone}")
    assert code_of(await ada.tailor(JOB)) == (404, "no_resume")


# 422


@pytest.mark.parametrize(
    "job", ["", "   ", "\n\t", "x" * (MAX_JOB_CHARACTERS + 1)], ids=["empty", "spaces", "tabs", "long"]
)
async def test_a_job_that_cannot_be_read_is_refused_and_nothing_is_kept(
    ada: Person, small: dict[str, Any], job: str
) -> None:
    await ada.keep(small)
    assert code_of(await ada.tailor(job)) == (422, "invalid_input")
    assert await ada.tailorings() == 0


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body.job_description"),
        ({"job_description": 5}, "body.job_description"),
        ({"job_description": None}, "body.job_description"),
        ({"job_description": JOB, "surprise": 1}, "body.surprise"),
        ({"job_description": JOB, "resume_id": "x" * 65}, "body.resume_id"),
        ({"job_description": JOB, "options": {"tone": "rude"}}, "body.options.tone"),
        ({"job_description": JOB, "options": {"max_attempts": 6}}, "body.options.max_attempts"),
        ({"job_description": JOB, "options": {"max_attempts": 0}}, "body.options.max_attempts"),
        ({"job_description": JOB, "options": {"threshold": 1.1}}, "body.options.threshold"),
        ({"job_description": JOB, "options": {"word_limit": 99}}, "body.options.word_limit"),
        ({"job_description": JOB, "options": {"language": "en\n"}}, "body.options.language"),
    ],
)
async def test_a_wrong_field_is_named(ada: Person, body: dict[str, Any], at: str) -> None:
    answer = await ada.ask("POST", "/tailor", json=body)
    assert code_of(answer) == (422, "invalid_input")
    assert at in [error["at"] for error in answer.json()["errors"]]


# 429


async def test_the_sixth_request_of_a_minute_is_refused_and_only_that_persons(
    tmp_path: Path, small: dict[str, Any]
) -> None:
    async with serve(settings_for(tmp_path, tailor_rate_limit="5/minute")) as service:
        ada, eve = service.person(), service.person()
        await ada.keep(small)
        await eve.keep(small)
        assert [(await ada.tailor(JOB)).status_code for _ in range(5)] == [200] * 5
        refused = await ada.tailor(JOB)
        assert code_of(refused) == (429, "too_many_requests")
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.json()["retryable"]
        assert await ada.tailorings() == 5
        assert (await eve.tailor(JOB)).status_code == 200
        assert (await ada.ask("GET", "/resumes")).status_code == 200


# 503


async def test_a_production_service_without_its_keys_says_which(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, environment="production", jwt_secret=None, voyage_api_key="set")
    async with serve(settings) as service:
        answer = await service.http.post("/tailor", json={"job_description": JOB})
        assert code_of(answer) == (503, "not_configured")
        missing = {"JWT_SECRET", "ANTHROPIC_API_KEY", "MONGODB_URI", "QDRANT_URL"}
        assert all(name in answer.json()["detail"] for name in missing)
        assert "VOYAGE_API_KEY" not in answer.json()["detail"]
        ready = await service.http.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (503, "not_configured")
        assert set(ready.json()["missing"]) == missing
        assert (await service.http.get("/health")).status_code == 200


@pytest.fixture(scope="module")
async def vendored(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Service, StandIn]]:
    """The API with a vendor's key, and the vendor."""
    async with StandIn() as vendor:
        settings = settings_for(
            tmp_path_factory.mktemp("vendored"),
            anthropic_api_key="sk-test-key",
            anthropic_base_url=vendor.url,
            model_retries=0,
            model_timeout=2,
        )
        async with serve(settings) as service:
            yield service, vendor


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Status(529), "vendor_unavailable"),
        (Status(429), "vendor_unavailable"),
        (Status(401), "vendor_unavailable"),
        (Drop(), "vendor_unavailable"),
        (Stall(9), "vendor_unavailable"),
        (Refusal(), "unusable_answer"),
        (InvalidJson(), "unusable_answer"),
    ],
    ids=["overloaded", "limited", "our key", "dropped", "too slow", "refusal", "no JSON"],
)
async def test_a_vendor_that_fails_is_a_503_and_nothing_is_kept(
    vendored: tuple[Service, StandIn], small: dict[str, Any], fault: Fault, code: str
) -> None:
    service, vendor = vendored
    vendor.responder = lambda _: fault
    ada = service.person()
    await ada.keep(small)
    answer = await ada.tailor(JOB)
    assert code_of(answer) == (503, code)
    assert answer.json()["retryable"]
    assert await ada.tailorings() == 0


async def test_what_a_vendor_says_is_not_passed_on(
    vendored: tuple[Service, StandIn], small: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    service, vendor = vendored
    vendor.responder = lambda _: Status(401, message="bad key sk-test-key for prompt about Ada Berg")
    ada = service.person()
    await ada.keep(small)
    answer = await ada.tailor(JOB)
    for told in (answer.text, caplog.text):
        assert "sk-test-key" not in told
        assert "Ada Berg" not in told


async def test_a_vendor_that_embeds_no_more_leaves_the_search_by_words_and_it_is_said(
    tmp_path: Path, vendor: StandIn, small: dict[str, Any]
) -> None:
    settings = settings_for(tmp_path, voyage_api_key="pa-test-key", voyage_base_url=vendor.v1, model_timeout=2)
    async with serve(settings) as service:
        ada = service.person()
        await ada.keep(small)
        vendor.voyage = lambda _: Status(401)
        answer = await ada.tailor(JOB)
        assert answer.status_code == 200
        assert answer.json()["degraded"] == ["words_only"]
        assert any("by their words alone" in warning for warning in answer.json()["warnings"])


async def test_a_budget_that_is_too_small_is_said_so(tmp_path: Path, small: dict[str, Any]) -> None:
    async with serve(settings_for(tmp_path, run_token_budget=1_000)) as service:
        ada = service.person()
        await ada.keep(small)
        assert code_of(await ada.tailor(JOB)) == (422, "budget_too_small")


async def test_limits_of_one_application_are_not_those_of_another(ada: Person) -> None:
    assert [(await ada.tailor(JOB)).status_code for _ in range(7)] == [404] * 7
