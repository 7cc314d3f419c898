"""Measures as Prometheus reads them, and spans as a collector gets them."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from backend.adapters.telemetry import PrometheusTelemetry
from backend.errors import VendorUnavailable

otlp = pytest.importorskip("backend.adapters.otlp", reason="OpenTelemetry's SDK is not installed")
from opentelemetry.sdk.metrics.export import InMemoryMetricReader  # noqa: E402
from opentelemetry.sdk.trace import ReadableSpan  # noqa: E402
from opentelemetry.sdk.trace.export import SimpleSpanProcessor  # noqa: E402
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter  # noqa: E402


class Scene:
    """Telemetry whose spans and measures stay in memory."""

    def __init__(self, share: float = 1.0) -> None:
        self.exporter, self.reader = InMemorySpanExporter(), InMemoryMetricReader()
        self.tracing = otlp.OtlpTracing(SimpleSpanProcessor(self.exporter), self.reader, share)
        self.telemetry = PrometheusTelemetry(self.tracing)

    @property
    def spans(self) -> dict[str, ReadableSpan]:
        return {span.name: span for span in self.exporter.get_finished_spans()}


def samples(telemetry: PrometheusTelemetry) -> dict[tuple[str, tuple[str, ...]], float]:
    """By name and the labels' values, in the order of the labels' names."""
    families = text_string_to_metric_families(telemetry.exposition().decode())
    return {
        (s.name, tuple(value for _, value in sorted(s.labels.items()))): s.value
        for family in families
        for s in family.samples
    }


def test_requests_are_counted_by_route_and_status_and_timed() -> None:
    telemetry = PrometheusTelemetry()
    telemetry.request("GET", "/resumes/{resume_id}", 200, 0.02)
    telemetry.request("GET", "/resumes/{resume_id}", 200, 0.3)
    found = samples(telemetry)
    assert found["tailor_http_requests_total", ("GET", "/resumes/{resume_id}", "200")] == 2
    assert found["tailor_http_request_seconds_count", ("GET", "/resumes/{resume_id}")] == 2
    assert found["tailor_http_request_seconds_bucket", ("0.025", "GET", "/resumes/{resume_id}")] == 1


def test_the_rest_is_measured_too() -> None:
    telemetry = PrometheusTelemetry()
    telemetry.tailored("threshold_met")
    telemetry.stage("generate", 3.0)
    telemetry.vendor_call("voyage", "ok", 0.1)
    telemetry.tokens("anthropic", "write_edits", 100, 40, 7)
    telemetry.breaker("anthropic", "half_open")
    telemetry.queue(3)
    found = samples(telemetry)
    assert found["tailor_tailorings_total", ("threshold_met",)] == 1
    assert found["tailor_stage_seconds_sum", ("generate",)] == 3
    assert found["tailor_vendor_calls_total", ("ok", "voyage")] == 1
    kinds = {"input": 60, "cached": 40, "output": 7}
    assert {k: found["tailor_vendor_tokens_total", (k, "write_edits", "anthropic")] for k in kinds} == kinds
    assert found["tailor_breaker_state", ("anthropic",)] == 1
    assert found["tailor_queue_depth", ()] == 3


def test_spans_are_nested_and_carry_what_is_noted() -> None:
    scene = Scene()
    with scene.telemetry.span("outer", {"a": 1}) as span, scene.telemetry.span("inner", {}):
        span.note({"b": "two"})
    outer, inner = scene.spans["outer"], scene.spans["inner"]
    assert outer.context and inner.parent
    assert inner.parent.span_id == outer.context.span_id
    assert dict(outer.attributes or {}) == {"a": 1, "b": "two"}


def test_a_span_that_fails_tells_the_code_and_not_the_words() -> None:
    scene = Scene()
    with pytest.raises(VendorUnavailable), scene.telemetry.span("task", {}):
        raise VendorUnavailable("about Ada Berg")
    span = scene.spans["task"]
    assert (span.attributes or {})["error.type"] == "vendor_unavailable"
    assert not span.status.is_ok
    assert "Ada" not in span.to_json()


def test_measures_go_to_the_collector_too() -> None:
    scene = Scene()
    scene.telemetry.stage("plan", 0.5)
    scene.telemetry.tailored("threshold_met")
    data = scene.reader.get_metrics_data()
    assert data is not None
    names = {m.name for r in data.resource_metrics for s in r.scope_metrics for m in s.metrics}
    assert names == {"tailor.stage.duration", "tailor.tailorings"}
    scene.telemetry.close()


def test_a_share_of_none_keeps_no_trace() -> None:
    scene = Scene(share=0.0)
    with scene.telemetry.span("outer", {}):
        pass
    assert scene.spans == {}
