"""One hostile file: how it is made, and what is to become of it."""

from collections.abc import Callable
from typing import NamedTuple


class Case(NamedTuple):
    """`refused` are words of the reason; "" when the file is harmless once it is here, and must be read. `shows` is text
    that must come through as it is."""

    name: str
    make: Callable[[], bytes]
    refused: str = ""
    shows: tuple[str, ...] = ()
