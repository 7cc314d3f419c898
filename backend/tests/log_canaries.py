"""What the tests trust the service with, looked for in every line that anything logs while they run.

Each canary is a secret or a personal word that the fixtures send through the service again and again; the shapes are those of
secrets that are made anew each time. Records are heard where they are made, so that no logger's handlers, level of
propagation or test that sets up logging of its own can keep one from us, and read as our own formatter would write them.
"""

import logging
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from backend.observability.logs import QUIET, JsonLines

SECRETS: Final[Mapping[str, str]] = {
    "the JWT secret": "a-secret-for-tests-that-is-long-enough",
    "a password": "a long passphrase",
    "a wrong password": "not the passphrase",
    "the token of the operator": "metrics-token-for-tests",
    "the client secret": "client-secret-for-tests-0123456789",
    "the wrapping key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "a model vendor's key": "sk-ant-marker",
    "another key of it": "sk-test-key",
    "an embedding vendor's key": "pa-voyage-marker",
    "another key of that": "pa-test-key",
}
PERSONAL: Final[Mapping[str, str]] = {
    "a name": "Maya Lindqvist",
    "an e-mail address": "maya.lindqvist@example.com",
    "a phone number": "+46 70 555 01 42",
    "a profile": "example-mayal",
    "a website": "mayalindqvist.example.com",
    "a summary": "boring technology and graphs that tell the truth",
    "an employer": "Harborline Freight",
    "another employer": "Kvitto Pay",
    "a third employer": "Norrsken Data",
    "a school": "Chalmers University of Technology",
    "a highlight": "Wrote the onboarding guide that new colleagues still use",
    "another highlight": "reconciled 2.3 million card transactions a month",
    "a deed": "the office move",
    "an audit": "Supported PCI DSS audits two years in a row",
    "a talk": "Spoke at PyCon Sweden 2022",
    "a project": "tidvakt",
    "a tool of theirs": "internal reporting tools in Flask",
    "a job": "Brightwater",
    "a duty": "Design and run the services that settle card transactions every night",
    "a short name": "Ada Berg",
    "a short e-mail address": "ada@example.com",
    "a numbered e-mail address": "owner@example.com",
    "a short highlight": "Reduced PostgreSQL query time by 45%",
    "a short summary": "Backend engineer who likes small services",
    "a word of the owner's": "zirconium-lighthouse",
    "a note": "I moved billing to Kafka in six weeks",
    "a phrase": "results-driven",
    "a job description": "Python and PostgreSQL are required for this role",
}
SHAPES: Final[Mapping[str, str]] = {
    "a token": r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*",
    "a bearer": r"[Bb]earer +[\w.~+/-]{16,}",
    "a password's hash": r"\$argon2i?d?\$",
    "a cookie": r"tailor_(?:session|refresh|sign_in)=\w",
    "a code of a sign-in": r"/callback\?\S*\bcode=\w",
    "the link of a share": r"/shared/[\w-]{60}",
    "a vendor's key": r"\b(?:sk-ant-|pa-)\w[\w-]{11,}",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
}
_STRINGS = {**SECRETS, **PERSONAL}
_ANY = re.compile("|".join([*(re.escape(text) for text in _STRINGS.values()), *SHAPES.values()]), re.IGNORECASE)
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "fields"}
_OWN_CLIENTS = ("tailor.test", "/callback?")
"""Where the tests' own clients go as browsers do, which log each address: our host, and back from an identity provider."""
_READERS = ("pdfminer",)
"""Programs of the tests alone, which quote at DEBUG whatever they are given to read."""
_MANY = 2_000


class Leak(NamedTuple):
    """A line that holds a canary, and who logged it."""

    logger: str
    canary: str
    line: str

    def __str__(self) -> str:
        return f"{self.canary} is in a line of {self.logger!r}: {self.line[:500]}"


def found_in(text: str) -> list[str]:
    """The canaries in a text, whatever their case."""
    return [match[0] for match in _ANY.finditer(text)]


class Watch:
    """Makes the records of logging, and looks into them when asked to. By then what is given as `extra` is there too."""

    def __init__(self) -> None:
        self._make = logging.LogRecord
        self._lines = JsonLines()
        self._records: list[logging.LogRecord] = []
        self._leaks: list[Leak] = []
        self.heard = 0

    def __call__(self, *args: Any, **named: Any) -> logging.LogRecord:
        record = self._make(*args, **named)
        if len(self._records) >= _MANY:
            self._look()
        self._records.append(record)
        return record

    def start(self) -> None:
        """From now on everything is heard. May be repeated, as tests set levels too."""
        if logging.getLogRecordFactory() is not self:
            logging.setLogRecordFactory(self)
        logging.getLogger().setLevel(logging.DEBUG)
        for name in QUIET:  # a test before this one may have set up logging as a process of ours does
            logging.getLogger(name).setLevel(logging.NOTSET)
        for name in _READERS:
            logging.getLogger(name).setLevel(logging.INFO)

    def take(self) -> list[Leak]:
        """What was found since the last time."""
        self._look()
        leaks, self._leaks = self._leaks, []
        return leaks

    def _look(self) -> None:
        records, self._records = self._records, []
        for record in records:
            self.heard += 1
            line = self.written(record)
            own = _is_our_clients(record.name, line)
            self._leaks += [] if own else [Leak(record.name, canary, line) for canary in found_in(line)]

    def written(self, record: logging.LogRecord) -> str:
        """As our formatter writes it, with whatever else was attached to it."""
        more = {name: value for name, value in vars(record).items() if name not in _USUAL}
        return self._lines.format(record) + (repr(more) if more else "")


def _is_our_clients(logger: str, line: str) -> bool:
    """Whether a line is that of a client that is the test itself."""
    if logger == "websockets.client":  # nothing but tests opens one
        return True
    return logger.partition(".")[0] in ("httpx", "httpcore") and any(place in line for place in _OWN_CLIENTS)
