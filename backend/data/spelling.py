"""Opens the list of words that are spelt right."""

from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "spelling.txt"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def load_spelling() -> frozenset[str]:
    """About 115,000 words in lower case; some 60 ms the first time. Each line gives how many letters it shares with the one
    before (see `build_spelling`)."""
    found = []
    word = ""
    for line in PATH.read_text(encoding="utf-8").split():
        word = word[: int(line[0], 36)] + line[1:]
        found.append(word)
    return frozenset(found)
