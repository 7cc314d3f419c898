"""What a line of the log says, and what it leaves out."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from backend.observability.context import REQUEST_ID, RUN_ID, within
from backend.observability.logs import LogFormat, configure

SECRET = "Ada Berg led the secret booking service"


@pytest.fixture
def restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []
    yield
    root.handlers, root.level = handlers, level


def said(form: LogFormat, **more: object) -> str:
    stream = io.StringIO()
    configure(form, stream)
    log = logging.getLogger("tailor.test")
    with within(REQUEST_ID, "req1"), within(RUN_ID, "run1"):
        log.info("A run %s.", "ended", **more)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.usefixtures("restored")
def test_a_line_is_one_object_with_the_ids_of_its_request_and_run() -> None:
    line = json.loads(said("json", extra={"fields": {"status": 200}}))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "severity": "INFO",
        "logger": "tailor.test",
        "message": "A run ended.",
        "request_id": "req1",
        "run_id": "run1",
        "status": 200,
    }


@pytest.mark.usefixtures("restored")
def test_people_read_the_ids_at_the_end() -> None:
    assert said("text") == "INFO tailor.test: A run ended. [request_id=req1 run_id=run1]\n"


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("form", ["json", "text"])
def test_an_error_is_told_by_its_type_and_place_and_not_by_its_words(form: LogFormat) -> None:
    def raising() -> None:
        try:
            {}[SECRET]
        except KeyError as error:
            raise ValueError(f"bad: {SECRET}") from error

    try:
        raising()
    except ValueError as error:
        told = said(form, exc_info=error)
    assert "ValueError from KeyError" in told
    assert "in raising" in told
    assert "Ada" not in told


@pytest.mark.usefixtures("restored")
def test_libraries_that_log_what_they_send_are_quiet() -> None:
    stream = io.StringIO()
    configure("json", stream)
    logging.getLogger("httpx").info("GET https://example.com/?q=%s", SECRET)
    assert stream.getvalue() == ""
