"""Tokens of links: ours, whole, in time, and for nothing else."""

import base64
import logging
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.security.links import HideLinks, Links, hidden
from backend.security.tokens import Tokens
from backend.tests.doubles import FixedClock

SECRET, OLD = "s" * 40, "o" * 40
CLOCK = FixedClock()
LINKS = Links((SECRET, OLD), CLOCK)
LATER = CLOCK.now() + timedelta(days=1)
IDS = st.binary(min_size=12, max_size=12).map(bytes.hex)


@given(IDS)
def test_a_token_names_its_share(share_id: str) -> None:
    assert LINKS.read(LINKS.token(share_id, LATER)) == share_id


@given(IDS, st.integers(0, 351), st.data())
def test_a_token_of_which_one_bit_is_another_opens_nothing(share_id: str, bit: int, data: st.DataObject) -> None:
    raw = bytearray(base64.urlsafe_b64decode(LINKS.token(share_id, LATER) + "=="))
    raw[bit // 8] ^= 1 << bit % 8
    assert LINKS.read(base64.urlsafe_b64encode(raw).decode().rstrip("=")) is None


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_any_other_text_opens_nothing(text: str) -> None:
    assert LINKS.read(text) is None


def test_a_token_runs_out() -> None:
    clock = FixedClock()
    links = Links((SECRET,), clock)
    token = links.token("0" * 24, clock.now() + timedelta(seconds=10))
    clock.advance(9)
    assert links.read(token) is not None
    clock.advance(1)
    assert links.read(token) is None


def test_a_token_of_an_earlier_secret_is_accepted_and_of_no_other() -> None:
    assert LINKS.read(Links((OLD,), CLOCK).token("0" * 24, LATER)) == "0" * 24
    assert LINKS.read(Links(("x" * 40,), CLOCK).token("0" * 24, LATER)) is None


def test_a_bearer_token_of_the_same_secret_opens_nothing() -> None:
    day = timedelta(days=1)
    assert LINKS.read(Tokens((SECRET,), day, day, CLOCK).access("0" * 24)) is None


def test_its_secrets_are_not_shown() -> None:
    assert SECRET not in repr(LINKS)


def test_a_log_of_requests_has_no_token() -> None:
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 1, '%s "%s %s"', ("::1", "GET", "/shared/tok?format=pdf"), None
    )
    assert HideLinks().filter(record)
    assert record.getMessage() == '::1 "GET /shared/…?format=pdf"'
    assert hidden("/shares/abc") == "/shares/abc"


def test_a_log_of_requests_has_no_token_that_somebody_put_into_an_address() -> None:
    token = Tokens((SECRET,), timedelta(1), timedelta(1), CLOCK).access("0" * 24)
    said = f'::1 - "WebSocket /tailorings/1/progress?token={token}&a=b" [accepted]'
    assert hidden(said) == '::1 - "WebSocket /tailorings/1/progress?token=…&a=b" [accepted]'
    assert hidden(f"< sec-websocket-protocol: tailor.progress, bearer.{token}").endswith("bearer.…")


def test_a_log_of_requests_has_nothing_of_what_a_provider_sent_along() -> None:
    said = '::1 - "GET /auth/oidc/callback?code=s%2Fcret&state=abc HTTP/1.1" 303'
    assert hidden(said) == '::1 - "GET /auth/oidc/callback?… HTTP/1.1" 303'
