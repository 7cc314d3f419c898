"""What can be told of the service's work, and the twin that tells nobody.

Why a method for each signal: every label is then one of few values that we name ourselves. There is no way to tell a text.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Value = str | int | float | bool


class Span(Protocol):
    """A piece of work under way."""

    def note(self, attributes: Mapping[str, Value]) -> None: ...


class Telemetry(Protocol):
    """Seconds are wall time. `vendor` is "anthropic", "openai", "voyage" or "qdrant"."""

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """`route` is the path as it is declared, such as /resumes/{resume_id}."""
        ...

    def tailored(self, outcome: str) -> None:
        """`outcome` is why a run stopped, or the code of the error that ended it."""
        ...

    def stage(self, stage: str, seconds: float) -> None: ...

    def vendor_call(self, vendor: str, outcome: str, seconds: float) -> None:
        """One attempt."""
        ...

    def tokens(self, vendor: str, task: str, asked: int, cached: int, answered: int) -> None:
        """`cached` are part of those asked."""
        ...

    def breaker(self, vendor: str, state: str) -> None:
        """`state` is "closed", "half_open" or "open"."""
        ...

    def queue(self, depth: int) -> None:
        """How many runs wait."""
        ...

    def span(self, name: str, attributes: Mapping[str, Value]) -> AbstractContextManager[Span]:
        """A span under the current one. An error that passes through it marks it as failed, by its code alone."""
        ...

    def exposition(self) -> bytes:
        """All measures as Prometheus reads them."""
        ...

    def close(self) -> None:
        """Sends what is not sent yet. Blocks, for seconds at most."""
        ...


class _Silence:
    def note(self, attributes: Mapping[str, Value]) -> None:
        return


class Unobserved:
    """Telemetry for nobody."""

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        return

    def tailored(self, outcome: str) -> None:
        return

    def stage(self, stage: str, seconds: float) -> None:
        return

    def vendor_call(self, vendor: str, outcome: str, seconds: float) -> None:
        return

    def tokens(self, vendor: str, task: str, asked: int, cached: int, answered: int) -> None:
        return

    def breaker(self, vendor: str, state: str) -> None:
        return

    def queue(self, depth: int) -> None:
        return

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Value]) -> Iterator[Span]:
        yield _SILENCE

    def exposition(self) -> bytes:
        return b""

    def close(self) -> None:
        return


_SILENCE = _Silence()
UNOBSERVED = Unobserved()
