"""Telemetry as Prometheus measures and, where an address for it is set, as OpenTelemetry traces and measures over OTLP."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from backend.errors import TailorError
from backend.observability.signals import Span, Unobserved, Value

_FAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_SLOW = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0)
_STATES = {"closed": 0, "half_open": 1, "open": 2}


class Tracing(Protocol):
    """Where spans and measures go besides; `backend.adapters.otlp`."""

    def span(self, name: str, attributes: Mapping[str, Value]) -> "Traced": ...

    def add(self, name: str, amount: float, labels: Mapping[str, Value]) -> None: ...

    def observe(self, name: str, seconds: float, labels: Mapping[str, Value]) -> None: ...

    def close(self) -> None: ...


class Traced(Span, Protocol):
    def end(self, failure: str) -> None: ...


class PrometheusTelemetry(Unobserved):
    """Measures in a registry of its own; `tracing` hears of each of them too."""

    def __init__(self, tracing: Tracing | None = None) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._tracing = tracing

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, labels, registry=self._registry)

        def histogram(name: str, about: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(name, about, labels, buckets=buckets, registry=self._registry)

        self._counters = {
            "requests": counter("tailor_http_requests", "Requests answered.", "method", "route", "status"),
            "tailorings": counter("tailor_tailorings", "Runs ended, by what ended them.", "outcome"),
            "calls": counter("tailor_vendor_calls", "Attempts at vendors, by what came of them.", "vendor", "outcome"),
            "tokens": counter("tailor_vendor_tokens", "Tokens of language models.", "vendor", "task", "kind"),
        }
        self._histograms = {
            "request": histogram("tailor_http_request_seconds", "Time to answer.", _FAST, "method", "route"),
            "stage": histogram("tailor_stage_seconds", "Time of each stage of a run.", _SLOW, "stage"),
            "call": histogram("tailor_vendor_call_seconds", "Time of each attempt at a vendor.", _SLOW, "vendor"),
        }
        self._breaker = Gauge(
            "tailor_breaker_state", "0 closed, 1 half open, 2 open.", ["vendor"], registry=self._registry
        )
        self._queue = Gauge("tailor_queue_depth", "Runs that wait.", registry=self._registry)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._add("requests", 1, {"method": method, "route": route, "status": str(status)})
        self._observe("request", seconds, {"method": method, "route": route})

    def tailored(self, outcome: str) -> None:
        self._add("tailorings", 1, {"outcome": outcome})

    def stage(self, stage: str, seconds: float) -> None:
        self._observe("stage", seconds, {"stage": stage})

    def vendor_call(self, vendor: str, outcome: str, seconds: float) -> None:
        self._add("calls", 1, {"vendor": vendor, "outcome": outcome})
        self._observe("call", seconds, {"vendor": vendor})

    def tokens(self, vendor: str, task: str, asked: int, cached: int, answered: int) -> None:
        for kind, amount in (("input", asked - cached), ("cached", cached), ("output", answered)):
            if amount > 0:
                self._add("tokens", amount, {"vendor": vendor, "task": task, "kind": kind})

    def breaker(self, vendor: str, state: str) -> None:
        self._breaker.labels(vendor).set(_STATES[state])

    def queue(self, depth: int) -> None:
        self._queue.set(depth)

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Value]) -> Iterator[Span]:
        if self._tracing is None:
            with super().span(name, attributes) as silent:
                yield silent
            return
        span, failure = self._tracing.span(name, attributes), ""
        try:
            yield span
        except TailorError as error:
            failure = error.code
            raise
        except BaseException as error:
            failure = type(error).__name__
            raise
        finally:
            span.end(failure)

    def exposition(self) -> bytes:
        return generate_latest(self._registry)

    def close(self) -> None:
        if self._tracing:
            self._tracing.close()

    def _add(self, name: str, amount: float, labels: Mapping[str, str]) -> None:
        self._counters[name].labels(**labels).inc(amount)
        if self._tracing:
            self._tracing.add(name, amount, labels)

    def _observe(self, name: str, seconds: float, labels: Mapping[str, str]) -> None:
        self._histograms[name].labels(**labels).observe(seconds)
        if self._tracing:
            self._tracing.observe(name, seconds, labels)
