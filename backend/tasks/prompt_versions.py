"""Which version of its prompt a task was asked with.

The hash tells any change of the prompt's words; the number, from `prompts/versions.tsv`, is for people. A test holds the two
together, so that a prompt cannot change without a new number.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_VERSIONS = Path(__file__).parent / "prompts" / "versions.tsv"


class PromptVersion(NamedTuple):
    """`number` is 0 for a prompt that has none."""

    number: int
    hash: str


@lru_cache(64)
def version_of(instructions: str) -> PromptVersion:
    digest = prompt_hash(instructions)
    return PromptVersion(known_versions().get(digest, 0), digest)


def prompt_hash(instructions: str) -> str:
    """16 hexadecimal digits of SHA-256."""
    return sha256(instructions.encode()).hexdigest()[:16]


@cache
def known_versions() -> Mapping[str, int]:
    """Hash -> number, of every prompt as it is now."""
    rows = (line.split("\t") for line in _VERSIONS.read_text(encoding="utf-8").splitlines())
    return {digest: int(number) for _, number, digest in rows}
