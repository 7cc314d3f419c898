"""How a run of text looks, as far as it says whether a reader sees it and whether it heads something."""

from dataclasses import dataclass

from backend.documents.reading.office.colours import WHITE, is_lost
from backend.domain.layout import Hiding

TINY = 3.0
"""Points; text smaller than this cannot be read."""


@dataclass(frozen=True, slots=True)
class Look:
    """`size` is in points (0 where unknown), `colour` is `rrggbb` or "" where the program picks one that can be read.
    `ground` is what the text stands on, None where that is not known (a picture, a gradient). `hidden` says that a
    property of the run itself hides it."""

    strong: bool = False
    emphasised: bool = False
    caps: bool = False
    size: float = 0.0
    colour: str = ""
    ground: str | None = WHITE
    font: str = ""
    hidden: Hiding | None = None


def hiding(look: Look) -> Hiding | None:
    """How the run is hidden; None where a reader sees it."""
    if look.hidden:
        return look.hidden
    if 0 < look.size < TINY:
        return "tiny"
    if look.colour and look.ground is not None and is_lost(look.colour, look.ground):
        return "white"
    return None
