"""Traces and measures over OTLP/HTTP, by OpenTelemetry's SDK, which is installed where this is used."""

from collections.abc import Mapping

from opentelemetry import context, trace
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased

from backend.observability.signals import Value

_SCOPE = "tailor"
_CLOSING = 3_000  # ms


class _Traced:
    def __init__(self, span: trace.Span) -> None:
        self._span = span
        self._token = context.attach(trace.set_span_in_context(span))

    def note(self, attributes: Mapping[str, Value]) -> None:
        self._span.set_attributes(attributes)

    def end(self, failure: str) -> None:
        """With the code of an error, never its words."""
        context.detach(self._token)
        if failure:
            self._span.set_attribute("error.type", failure)
            self._span.set_status(trace.StatusCode.ERROR)
        self._span.end()


class OtlpTracing:
    """Sends in the background, from threads of the SDK's; a collector that is gone costs a warning and nothing else."""

    def __init__(self, processor: SpanProcessor, reader: MetricReader, share: float = 1.0) -> None:
        """`share` is how many of a hundred traces are kept, as a fraction."""
        about = Resource.create({"service.name": "tailor"})
        self._traces = TracerProvider(
            resource=about, sampler=ParentBased(TraceIdRatioBased(share)), shutdown_on_exit=False
        )
        self._traces.add_span_processor(processor)
        self._measures = MeterProvider([reader], resource=about, shutdown_on_exit=False)
        self._tracer = self._traces.get_tracer(_SCOPE)
        meter = self._measures.get_meter(_SCOPE)
        self._counters = {
            name: meter.create_counter(f"tailor.{name}") for name in ("requests", "tailorings", "calls", "tokens")
        }
        self._histograms = {
            name: meter.create_histogram(f"tailor.{name}.duration", unit="s") for name in ("request", "stage", "call")
        }

    def span(self, name: str, attributes: Mapping[str, Value]) -> _Traced:
        return _Traced(self._tracer.start_span(name, attributes=attributes))

    def add(self, name: str, amount: float, labels: Mapping[str, Value]) -> None:
        self._counters[name].add(amount, labels)

    def observe(self, name: str, seconds: float, labels: Mapping[str, Value]) -> None:
        self._histograms[name].record(seconds, labels)

    def close(self) -> None:
        self._traces.force_flush(_CLOSING)
        self._traces.shutdown()
        self._measures.shutdown(_CLOSING)


def over_http(endpoint: str, headers: Mapping[str, str], share: float) -> OtlpTracing:
    """`endpoint` is the collector's base URL, such as http://127.0.0.1:4318."""
    base = endpoint.rstrip("/")
    spans = OTLPSpanExporter(endpoint=f"{base}/v1/traces", headers=dict(headers), timeout=5)
    measures = OTLPMetricExporter(endpoint=f"{base}/v1/metrics", headers=dict(headers), timeout=5)
    return OtlpTracing(BatchSpanProcessor(spans), PeriodicExportingMetricReader(measures), share)
