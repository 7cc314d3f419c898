"""Encryption at rest: AES-256-GCM under a key of each person's own, which is kept wrapped by a key from the settings.

What is sealed is bound to where it is kept (person, collection, field, id): the bytes of one place mean nothing in another.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.errors import Tampered

_VERSION, _NONCE, _NAME = b"\x01", 12, 6
KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    """Keys that wrap people's keys. The first one wraps; the others still unwrap what they wrapped."""

    keys: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"KeyRing({len(self.keys)} keys)"

    def wrap(self, key: bytes, owner: str) -> bytes:
        first = self.keys[0]
        return _name(first) + seal(first, key, "key", owner)

    def unwrap(self, wrapped: bytes, owner: str) -> bytes:
        """Raises Tampered when none of the keys wrapped it for this owner."""
        for key in self.keys:
            if wrapped.startswith(_name(key)):
                return unseal(key, wrapped[_NAME:], "key", owner)
        raise Tampered("What is stored was sealed with a key that is not set. Put it in ENCRYPTION_PREVIOUS_KEYS.")

    def is_current(self, wrapped: bytes) -> bool:
        return wrapped.startswith(_name(self.keys[0]))


def key_from(text: str) -> bytes:
    """A key of 32 bytes written as base64. Raises ValueError that says how to make one."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ValueError("use 32 random bytes as base64: openssl rand -base64 32")
    return key


def new_key() -> bytes:
    return token_bytes(KEY_BYTES)


def seal(key: bytes, plain: bytes, *place: str) -> bytes:
    nonce = token_bytes(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, _bound(place))


def unseal(key: bytes, sealed: bytes, *place: str) -> bytes:
    """Raises Tampered unless these bytes were sealed with this key for this place, and are whole."""
    if not sealed.startswith(_VERSION) or len(sealed) < 1 + _NONCE + 16:
        raise _altered()
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _bound(place))
    except InvalidTag as error:
        raise _altered() from error


def _bound(place: tuple[str, ...]) -> bytes:
    return json.dumps(place).encode()  # a list, so that ("ab", "c") is not ("a", "bc")


def _name(key: bytes) -> bytes:
    return hashlib.sha256(b"name:" + key).digest()[:_NAME]


def _altered() -> Tampered:
    return Tampered("What is stored has been altered, or is not where it belongs. Restore it from a backup.")
