"""The watch over the logs bites: a canary is found wherever a line may hold it."""

import ast
import io
import json
import logging
from pathlib import Path
from secrets import token_hex

import pytest

from backend.data import SAMPLES
from backend.observability.logs import configure
from backend.tests.log_canaries import PERSONAL, SECRETS, SHAPES, Watch, found_in

pytest_plugins = ["pytester"]
TESTS = Path(__file__).parents[2]
EXAMPLES = {
    "a token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIwMDAifQ.c2lnbmF0dXJl",
    "a bearer": "Authorization: Bearer 0123456789abcdef",
    "a password's hash": "$argon2id$v=19$m=65536",
    "a cookie": "cookie: a=b; __Host-tailor_session=x",
    "a code of a sign-in": "GET /auth/oidc/callback?state=a&code=b",
    "the link of a share": "/shared/" + "a-_B" * 15,
    "a vendor's key": "x-api-key: sk-ant-api03-abcdefgh",
    "a private key": "-----BEGIN EC PRIVATE KEY-----",
}


@pytest.fixture
def watch() -> Watch:
    return Watch()


def said(watch: Watch, message: str, *args: object, **more: object) -> None:
    """As a deep logger of ours would, though nothing but this watch hears it."""
    logger = logging.Logger("tailor.deep.child", logging.DEBUG)
    made = watch(logger.name, logging.DEBUG, __file__, 1, message, args, more.pop("exc_info", None))
    for name, value in more.items():
        setattr(made, name, value)


@pytest.mark.parametrize("canary", [*SECRETS.values(), *PERSONAL.values(), *EXAMPLES.values()])
def test_every_canary_is_found_in_a_line(watch: Watch, canary: str) -> None:
    said(watch, "Stored %s for somebody.", canary)
    (leak, *_) = watch.take()
    assert leak.logger == "tailor.deep.child"
    assert leak.canary.lower() in canary.lower()
    assert watch.take() == []


def test_a_quiet_library_is_heard_though_another_test_set_up_logging() -> None:
    heard, made, root = Watch(), logging.getLogRecordFactory(), logging.getLogger()
    before = root.handlers[:], root.level
    configure("json", io.StringIO())
    heard.start()
    try:
        logging.getLogger("httpx2").debug("Sent %s.", "Ada Berg")
    finally:
        logging.setLogRecordFactory(made)
        root.handlers[:], root.level = before
    assert [leak.logger for leak in heard.take()] == ["httpx2"]


def test_every_shape_has_an_example() -> None:
    assert EXAMPLES.keys() == SHAPES.keys()
    assert len(SECRETS) + len(PERSONAL) + len(SHAPES) >= 30


@pytest.mark.parametrize("more", [{"fields": {"who": "Ada Berg"}}, {"who": ["Ada Berg"]}, {"fields": {"Ada Berg": 1}}])
def test_what_is_attached_to_a_line_counts(watch: Watch, more: dict[str, object]) -> None:
    said(watch, "Stored.", **more)
    assert [leak.canary for leak in watch.take()] == ["Ada Berg"]


def test_case_does_not_hide_a_canary(watch: Watch) -> None:
    said(watch, "MAYA.LINDQVIST@EXAMPLE.COM")
    assert watch.take()


def test_an_error_is_read_as_our_formatter_writes_it(watch: Watch) -> None:
    """By its type and place, which may hold a canary too; its message is left out."""
    kind = type("Ada Berg", (ValueError,), {})
    for error, leaks in ((ValueError("Ada Berg"), 0), (kind(), 1)):
        said(watch, "It failed.", exc_info=(type(error), error, None))
        assert len(watch.take()) == leaks


def test_a_logger_of_any_kind_is_heard_once_the_watch_is_on(watch: Watch) -> None:
    logger, before, level = (
        logging.getLogger(f"other.{token_hex(4)}"),
        logging.getLogRecordFactory(),
        logging.root.level,
    )
    logger.propagate, logger.disabled = False, False
    try:
        watch.start()
        logger.debug("%s", {"password": "a long passphrase"})
    finally:
        logging.setLogRecordFactory(before)
        logging.root.setLevel(level)
    assert [leak.canary for leak in watch.take()] == ["a long passphrase"]
    assert watch.heard == 1


def test_many_lines_are_looked_at_as_they_come(watch: Watch) -> None:
    for number in range(4_500):
        said(watch, "Line %d.", number)
    said(watch, "Ada Berg")
    assert watch.heard >= 4_000
    assert len(watch.take()) == 1


@pytest.mark.parametrize(
    "text", ["", "A run ended.", "GET /shared/{token} 200", "Bearer", "eyJ.eyJ.", "/auth/oidc/callback"]
)
def test_what_may_be_logged_is_no_canary(text: str) -> None:
    assert found_in(text) == []


def test_the_canaries_flow_through_the_suite() -> None:
    """Each is in the sample that the fixtures use, or in the strings of some test."""
    here = {Path(__file__).name, "log_canaries.py"}
    sample = json.dumps(json.loads((SAMPLES / "resume.json").read_text(encoding="utf-8")), ensure_ascii=False)
    texts = [sample, (SAMPLES / "job.txt").read_text(encoding="utf-8")]
    for path in TESTS.rglob("*.py"):
        if path.name not in here:
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            texts += [node.value for node in tree if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    everything = "\n".join(texts)
    assert [text for text in (*SECRETS.values(), *PERSONAL.values()) if text not in everything] == []


def test_a_test_that_logs_a_canary_fails(pytester: pytest.Pytester) -> None:
    """The hooks of the suite, in a suite of one."""
    pytester.makeini("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = session")
    pytester.makeconftest("from backend.tests.conftest import *  # noqa: F403")
    pytester.makepyfile(
        """
        import logging
        import sys

        def test_silent():
            logging.getLogger("tailor.deep.child").debug("A run ended.")

        def test_loud():
            logging.getLogger("tailor.deep.child").debug("of %s", "Ada Berg")

        def test_loud_in_an_extra():
            logging.getLogger("other").info("x", extra={"fields": {"mail": "ada@example.com"}})

        def test_loud_process():
            print("password: a long passphrase", file=sys.stderr)
        """
    )
    result = pytester.runpytest("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(["*Ada Berg is in a line of 'tailor.deep.child'*"])
