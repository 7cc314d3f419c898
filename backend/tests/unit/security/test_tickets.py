"""A ticket opens only whole, only with our key, only in time; and leads nowhere but here."""

import base64
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.security.tickets import LIFE, Tickets, local_path
from backend.tests.doubles import FixedClock

SECRET, OLD = "s" * 40, "o" * 40
STATE = "0123456789abcdef" * 2
HERE = "https://tailor.example.com/auth/oidc/callback"


def tickets(*secrets: str, clock: FixedClock | None = None) -> Tickets:
    return Tickets(secrets or (SECRET,), clock or FixedClock())


def test_a_ticket_is_read_as_it_was_issued() -> None:
    cookie, ticket = tickets().issue(STATE, "/resumes?a=b")
    assert tickets().read(cookie) == ticket
    assert (ticket.state, ticket.next) == (STATE, "/resumes?a=b")
    assert 43 <= len(ticket.verifier) <= 128
    assert len({ticket.state, ticket.nonce, ticket.verifier}) == 3


def test_a_ticket_ends_with_its_time() -> None:
    clock = FixedClock()
    cookie, _ = tickets(clock=clock).issue(STATE, "/")
    clock.advance(LIFE.total_seconds() - 1)
    assert tickets(clock=clock).read(cookie)
    clock.advance(1)
    assert tickets(clock=clock).read(cookie) is None


def test_a_replaced_secret_still_reads_what_it_signed() -> None:
    cookie, ticket = tickets(OLD).issue(STATE, "/")
    assert tickets(SECRET, OLD).read(cookie) == ticket
    assert tickets(SECRET).read(cookie) is None


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_altered_ticket_is_read(place: int, bits: int) -> None:
    cookie, _ = tickets().issue(STATE, "/resumes")
    raw = bytearray(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)))
    raw[place % len(raw)] ^= bits
    assert tickets().read(base64.urlsafe_b64encode(bytes(raw)).decode().rstrip("=")) is None


@given(st.text(max_size=200))
def test_what_is_no_ticket_is_not_read(text: str) -> None:
    assert tickets().read(text) is None


def test_its_secrets_are_not_shown() -> None:
    assert SECRET not in repr(tickets())


@given(st.text(st.sampled_from("/\\.:@?#%evil\t\r\n \x00\x85\u2028é"), max_size=14).map(lambda text: "/" + text))
def test_whatever_path_is_taken_leads_here(path: str) -> None:
    """As a browser reads it: without tabs and line ends, each backslash a slash."""
    try:
        taken = local_path(path)
    except InvalidInput:
        return
    read = "".join(character for character in taken if character not in "\t\r\n").replace("\\", "/").strip()
    assert urlsplit(urljoin(HERE, read)).netloc == "tailor.example.com"


@pytest.mark.parametrize("path", ["/", "/a", "/a//b", "/a?next=//evil.example", "/a#//x", "/%5Cevil", "/é"])
def test_a_local_path_is_taken_as_it_is(path: str) -> None:
    assert local_path(path) == path
