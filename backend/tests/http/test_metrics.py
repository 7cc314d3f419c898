"""What the service tells of itself, and that no word of anybody's is in it."""

import io
import json
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from backend.adapters.otlp import OtlpTracing
from backend.adapters.telemetry import PrometheusTelemetry
from backend.benchmarks import workload
from backend.container import Parts
from backend.data import SAMPLES
from backend.observability.logs import configure
from backend.observability.signals import Telemetry
from backend.tests.http.service import Person, Service, code_of, serve, settings_for
from backend.tests.log_canaries import found_in
from backend.tests.standin import StandIn, Status

CANARY = "Quetzalfink"
TOKEN = "a-token-for-prometheus"


@dataclass
class Watched:
    """A service whose vendor is a stand-in, and all that it tells."""

    service: Service
    vendor: StandIn
    spans: InMemorySpanExporter
    reader: InMemoryMetricReader
    log: io.StringIO
    guards: list[Telemetry]

    @property
    def told(self) -> str:
        measures = self.reader.get_metrics_data()
        spans = "".join(span.to_json() for span in self.spans.get_finished_spans())
        prometheus = b"".join(t.exposition() for t in (self.service.container.parts.telemetry, *self.guards)).decode()
        return spans + prometheus + self.log.getvalue() + (measures.to_json() if measures else "")

    def named(self, start: str) -> list[ReadableSpan]:
        return [span for span in self.spans.get_finished_spans() if span.name.startswith(start)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    root.handlers = []
    configure("json", stream)
    yield stream
    root.handlers, root.level = handlers, level


@pytest.fixture
async def watched(tmp_path: Path, vendor: StandIn, log: io.StringIO) -> AsyncIterator[Watched]:
    vendor.responder = workload.answer
    spans, reader, guards = InMemorySpanExporter(), InMemoryMetricReader(), []
    telemetry = PrometheusTelemetry(OtlpTracing(SimpleSpanProcessor(spans), reader))

    def observed(parts: Parts) -> Parts:
        guards.append(parts.telemetry)
        return replace(parts, telemetry=telemetry)

    settings = settings_for(
        tmp_path,
        anthropic_api_key="sk-test",
        anthropic_base_url=vendor.url,
        voyage_api_key="pa-test",
        voyage_base_url=vendor.url,
        model_retries=0,
    )
    async with serve(settings, observed) as service:
        yield Watched(service, vendor, spans, reader, log, guards)
    telemetry.close()


def marked(document: Any) -> Any:
    """A document with the canary in each of its texts."""
    if isinstance(document, str):
        return f"{document} {CANARY}" if " " in document else document
    if isinstance(document, list):
        return [marked(item) for item in document]
    return {key: marked(value) for key, value in document.items()} if isinstance(document, dict) else document


async def test_no_span_measure_or_log_of_a_run_holds_a_word_of_the_resume_or_the_job(watched: Watched) -> None:
    ada = watched.service.person()
    await ada.keep(marked(workload.resume()))
    job = f"{workload.job().text}\nMust know {CANARY}."
    assert (await ada.tailor(job, options={"focus_areas": [CANARY]})).status_code == 200
    await ada.ask("GET", f"/resumes/{CANARY}")
    await ada.ask("GET", f"/content/search?q={CANARY}")
    await ada.ask("GET", f"/{CANARY}?{CANARY}={CANARY}")
    watched.vendor.responder = lambda _: Status(500, message=f"Cannot read {CANARY}")
    assert (await ada.tailor(job)).status_code == 503
    watched.vendor.responder = lambda _: Status(400, message=f"Cannot read {CANARY}")
    assert (await ada.tailor(job)).status_code == 503
    assert watched.named("task write_edits")
    assert "tailor_vendor_calls_total" in watched.told
    assert '"route": "/tailor"' in watched.told
    assert CANARY.lower() not in watched.told.lower()
    assert ada.id not in watched.told


async def test_no_span_measure_or_log_holds_a_secret_or_a_person(watched: Watched, sample_document: Any) -> None:
    """The canaries that the logs of all tests are watched for, through all that is traced or measured."""
    http, known = watched.service.http, {"email": "ada@example.com", "password": "a long passphrase"}
    user_id = (await http.post("/auth/register", json=known)).json()["id"]
    await http.post("/auth/login", json=known | {"password": "not the passphrase"})
    pair = (await http.post("/auth/login", json=known)).json()
    ada = Person(watched.service, user_id, pair["access_token"])
    resume_id = await ada.keep(sample_document)
    text = (SAMPLES / "job.txt").read_text(encoding="utf-8")
    await ada.ask("POST", "/resumes/upload", files={"file": ("Maya Lindqvist.txt", b"Ada Berg\n\nSkills\nPython\n")})
    tailoring = (await ada.tailor(text, resume_id=resume_id)).json()
    share = (await ada.ask("POST", f"/tailorings/{tailoring['id']}/share", json={})).json()
    await http.get(share["url"])
    await http.get(f"/auth/oidc/callback?code=Ada+Berg&state={pair['refresh_token']}")
    await http.get(f"/tailorings/{pair['access_token']}", headers={"Cookie": f"tailor_session={pair['access_token']}"})
    watched.vendor.responder = lambda request: Status(400, message=f"Cannot read {request.body!r} {request.headers!r}")
    assert (await ada.tailor(text)).status_code == 503
    await ada.ask("POST", "/auth/logout")
    assert '"route": "/tailor"' in watched.told
    assert watched.named("task write_edits")
    assert found_in(watched.told) == []
    assert share["token"] not in watched.told
    assert found_in("Ada Berg")


async def test_a_run_is_a_span_with_one_for_each_stage_and_task(watched: Watched) -> None:
    ada = watched.service.person()
    await ada.keep(workload.resume())
    await ada.tailor(workload.job().text, options={"max_attempts": 1})
    (run,) = watched.named("tailoring")
    stages = watched.named("stage")
    assert [s.name for s in stages] == [
        f"stage {name}" for name in ("analyze", "retrieve", "plan", "generate", "verify", "evaluate")
    ]
    assert run.context
    assert {s.parent.span_id for s in stages if s.parent} == {run.context.span_id}
    (writing,) = [s for s in stages if s.name == "stage generate"]
    assert writing.context
    for task in watched.named("task write_edits"):
        about = dict(task.attributes or {})
        assert task.parent and task.parent.span_id == writing.context.span_id
        assert about["gen_ai.response.model"] == "anthropic:claude-sonnet-4-6"
        assert about["tailor.attempt"] == 1
        assert about["tailor.prompt.version"] >= 1  # type: ignore[operator]
        assert about["gen_ai.usage.output_tokens"] > 0  # type: ignore[operator]


async def test_usage_says_which_prompt_each_task_was_asked_with(watched: Watched) -> None:
    ada = watched.service.person()
    await ada.keep(workload.resume())
    tailoring = (await ada.tailor(workload.job().text)).json()
    assert all(t["prompt_version"] >= 1 and len(t["prompt_hash"]) == 16 for t in tailoring["usage"]["tasks"])


async def test_lines_of_the_log_carry_the_requests_id(watched: Watched) -> None:
    await watched.service.http.get("/nowhere", headers={"X-Request-ID": "from-a-test"})
    lines = [json.loads(line) for line in watched.log.getvalue().splitlines()]
    (line,) = [line for line in lines if line["logger"] == "tailor.requests"]
    assert (line["request_id"], line["route"], line["status"]) == ("from-a-test", "none", 404)


async def test_measures_are_labelled_with_routes_and_not_with_paths(watched: Watched) -> None:
    ada = watched.service.person()
    for number in range(5):
        await ada.ask("GET", f"/resumes/{number:024x}")
    text = (await watched.service.http.get("/metrics")).text
    assert 'tailor_http_requests_total{method="GET",route="/resumes/{resume_id}",status="404"} 5.0' in text
    assert "tailor_queue_depth 0.0" in text


async def test_in_production_measures_are_for_those_with_the_token(tmp_path: Path) -> None:
    async with serve(settings_for(tmp_path, metrics_token=TOKEN)) as service:
        assert code_of(await service.http.get("/metrics")) == (404, "not_found")
        wrong = await service.http.get("/metrics", headers={"Authorization": "Bearer nonsense"})
        assert wrong.status_code == 404
        right = await service.http.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert right.headers["content-type"].startswith("text/plain")
