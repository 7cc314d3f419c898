"""What a collector gets, over HTTP."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

otlp = pytest.importorskip("backend.adapters.otlp", reason="OpenTelemetry's SDK is not installed")


class Collector(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, str, bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((self.path, self.headers.get("x-team", ""), body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector() -> Iterator[Collector]:
    server = Collector()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_collector_gets_spans_and_measures_with_the_headers(collector: Collector) -> None:
    tracing = otlp.over_http(collector.url + "/", {"x-team": "blue"}, 1.0)
    tracing.span("stage plan", {"tailor.stage": "plan"}).end("")
    tracing.add("tailorings", 1, {"outcome": "threshold_met"})
    tracing.close()
    got = {path: (team, body) for path, team, body in collector.got}
    assert got.keys() == {"/v1/traces", "/v1/metrics"}
    assert {team for team, _ in got.values()} == {"blue"}
    assert b"stage plan" in got["/v1/traces"][1]
    assert b"tailor.tailorings" in got["/v1/metrics"][1]
