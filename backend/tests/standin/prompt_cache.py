"""Anthropic's prompt caching, as far as `usage` shows it: no expiry and no least length."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any


def tokens_in(chars: int) -> int:
    """An estimate: four characters to a token, rounded up."""
    return -(-chars // 4)


@dataclass(frozen=True)
class Prompt:
    """The length of a prompt, and for each prefix that ends in a `cache_control` its digest and length."""

    tokens: int
    prefixes: tuple[tuple[bytes, int], ...]


@dataclass
class PromptCache:
    """The prefixes seen so far."""

    _seen: set[bytes] = field(default_factory=set)

    def usage(self, prompt: Prompt) -> dict[str, int]:
        """The input side of `usage`: the longest prefix seen is read, the rest of the longest one is written."""
        marked = max((tokens for _, tokens in prompt.prefixes), default=0)
        read = max((tokens for digest, tokens in prompt.prefixes if digest in self._seen), default=0)
        return {
            "input_tokens": prompt.tokens - marked,
            "cache_creation_input_tokens": marked - read,
            "cache_read_input_tokens": read,
        }

    def remember(self, prompt: Prompt) -> None:
        """To be called when the answer begins: calls made at the same time do not share a prefix, as in reality."""
        self._seen.update(digest for digest, _ in prompt.prefixes)


def measure(body: dict[str, Any]) -> Prompt:
    """The prompt of a Messages request."""
    output_format = (body.get("output_config") or {}).get("format")
    # A cache belongs to one model, and a change of the output format invalidates it.
    digest = blake2b(json.dumps([body.get("model"), output_format]).encode(), digest_size=16)
    chars = 0
    prefixes: list[tuple[bytes, int]] = []
    for role, text, marked in _blocks(body):
        chars += len(text)
        digest.update(f"\0{role}\0{text}".encode())
        if marked:
            prefixes.append((digest.digest(), tokens_in(chars)))
    if body.get("cache_control"):  # on the request itself it marks the last block
        prefixes.append((digest.digest(), tokens_in(chars)))
    return Prompt(tokens_in(chars), tuple(prefixes))


def _blocks(body: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Role, text and whether a cached prefix ends there, in the order of the cache: tools, system, messages."""
    contents = [("tools", body.get("tools")), ("system", body.get("system"))]
    contents += [(message["role"], message["content"]) for message in body.get("messages") or []]
    for role, content in contents:
        for block in [content] if isinstance(content, str) else content or []:
            if isinstance(block, str):
                yield role, block, False
                continue
            bare = {key: value for key, value in block.items() if key != "cache_control"}
            text = bare["text"] if bare.get("type") == "text" else json.dumps(bare)
            yield role, text, bool(block.get("cache_control"))
