"""Tickets of sign-ins under way: what a browser carries from our page to the identity provider and back, in a cookie.

A ticket is signed and short-lived. The nonce and the PKCE verifier of the sign-in are not in it: they derive from its state
with a key of ours, so that nobody who reads the cookie, or the provider's address line, learns them.
"""

import base64
import binascii
import hmac
import json
import re
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.errors import InvalidInput
from backend.ports import Clock, SignInTicket

LIFE = timedelta(minutes=10)
_PURPOSE = b"tailor/sign-in-ticket/v1"
_LONGEST_PATH, _LONGEST = 1_000, 4_000  # characters
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\x9f\u2028\u2029]*")


@dataclass(frozen=True)
class Tickets:
    """`secrets` are those of the tokens: all are accepted, the first one signs."""

    secrets: tuple[str, ...]
    clock: Clock

    def __repr__(self) -> str:
        return "Tickets(…)"

    def issue(self, state: str, next_: str) -> tuple[str, SignInTicket]:
        """The cookie's value, and the ticket in it. `state` must be unguessable."""
        body = json.dumps([state, next_, int((self.clock.now() + LIFE).timestamp())]).encode()
        signed = body + _mark(self.secrets[0], b"ticket", body)
        return base64.urlsafe_b64encode(signed).decode().rstrip("="), self._ticket(self.secrets[0], state, next_)

    def read(self, cookie: str) -> SignInTicket | None:
        """None for what is not ours or has run out."""
        if len(cookie) > _LONGEST:
            return None
        try:
            raw = base64.b64decode(cookie + "=" * (-len(cookie) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        body, mark = raw[:-32], raw[-32:]
        secret = next((one for one in self.secrets if hmac.compare_digest(mark, _mark(one, b"ticket", body))), None)
        if secret is None:
            return None
        state, next_, ends = json.loads(body)
        return self._ticket(secret, state, next_) if self.clock.now().timestamp() < ends else None

    def _ticket(self, secret: str, state: str, next_: str) -> SignInTicket:
        nonce, verifier = (_text(_mark(secret, purpose, state.encode())) for purpose in (b"nonce", b"verifier"))
        return SignInTicket(state, nonce, verifier, next_)


def local_path(path: str) -> str:
    """The path itself, if a browser that is sent to it stays here. Raises InvalidInput.

    Browsers read a backslash as a slash, leave out tabs and line ends, and take `//host` for another site.
    """
    if len(path) > _LONGEST_PATH or not _LOCAL.fullmatch(path):
        raise InvalidInput(
            f"`next` must be a path of this service that begins with one /, of {_LONGEST_PATH:,} characters at most."
        )
    return path


def _mark(secret: str, purpose: bytes, content: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE + b"/" + purpose).derive(secret.encode())
    return hmac.digest(key, content, "sha256")


def _text(mark: bytes) -> str:
    return base64.urlsafe_b64encode(mark).decode().rstrip("=")
