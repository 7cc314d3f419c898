"""What can go wrong at a vendor, by name."""

from dataclasses import dataclass

from backend.tests.standin import Cut, Fault, Garbled, Hang, InvalidJson, Stall, Status
from backend.tests.standin.faults import VoyageFault

LOW_CREDIT = "Your credit balance is too low to access the API. Please go to Plans & Billing."
LONG = 30.0
"""Seconds; longer than anybody waits in a test."""


@dataclass(frozen=True)
class Refused:
    """The connection is refused: the server is not there for a moment."""


Kind = Fault | Refused
KINDS: dict[str, Kind] = {
    "connection refused": Refused(),
    "timeout before headers": Hang(LONG),
    "timeout after headers": Stall(LONG),
    "reset in the body": Cut(reset=True),
    "truncated body": Cut(reset=False),
    "400": Status(400),
    "401": Status(401),
    "403": Status(403),
    "408": Status(408),
    "429 with retry-after": Status(429, retry_after=0.2),
    "429 without": Status(429),
    "500": Status(500),
    "502": Status(502),
    "503": Status(503),
    "529 overloaded": Status(529),
    "malformed JSON": Garbled(),
    "wrong schema": InvalidJson('{"surprise": [1, 2, 3]}'),
    "spend limit": Status(400, message=LOW_CREDIT, kind="invalid_request_error"),
}
NEVER_AGAIN = frozenset({"400", "401", "403", "wrong schema", "spend limit"})
"""Kinds that asking again cannot mend, or would pay for twice."""


def of_voyage(kind: Kind) -> VoyageFault | None:
    """The same at Voyage, which says that a limit is spent by 402."""
    if isinstance(kind, Status) and kind.message == LOW_CREDIT:
        return Status(402)
    return kind if isinstance(kind, VoyageFault) else None
