"""RTF's control words about letters and paragraphs."""

from backend.documents.reading.office.looks import TINY
from backend.documents.reading.office.rtf_state import Form, State

POINT = 20
"""Twips, RTF's unit of length, in a point."""


def letter_word(state: State, name: str, number: int | None) -> bool:
    """Whether the word is about letters; if so, they are now as it says."""
    letters, on = state.letters, number != 0
    match name:
        case "b":
            letters.strong = on
        case "i":
            letters.emphasised = on
        case "caps" | "scaps":
            letters.caps = on
        case "v" | "webhidden":
            letters.hidden = on
        case "deleted":
            letters.deleted = on
        case "fs":
            letters.size = 24 if number is None else max(number, 0)
        case "cf":
            letters.colour = number or 0
        case "highlight" | "chcbpat":  # Word does not show \cb
            letters.ground = number or 0
        case "f":
            letters.font = number or 0
        case "charscalex":
            letters.narrow = 0 < (number or 100) <= 10
        case _:
            return False
    return True


def paragraph_word(state: State, name: str, number: int | None) -> bool:
    """Whether the word is about paragraphs; if so, they are now as it says."""
    form, value = state.form, number or 0
    match name:
        case "pard":
            state.form = Form()
        case "s":
            form.style = value
        case "li" | "lin":
            form.left = value
        case "sb":
            form.before = value
        case "sa":
            form.after = value
        case "outlinelevel":
            form.outline = value + 1 if 0 <= value < 9 else 0
        case "ls":
            form.listed = value > 0
        case "intbl":
            form.depth = max(form.depth, 1)
        case "itap":
            form.depth = min(value, 20)
        case "cbpat":
            form.ground = value
        case "sl":
            form.flat = 0 < -value < TINY * POINT
        case _:
            return False
    return True
