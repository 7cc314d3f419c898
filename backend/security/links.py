"""Tokens of links that anybody may read by: which share, until when, and that we said so.

The key derives from the JWT secret for this purpose alone, so no token of one kind passes for another.
"""

import base64
import binascii
import hmac
import logging
import re
import struct
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.ports import Clock

_PURPOSE = b"tailor/share-link/v1"
_BODY = struct.Struct(">12sQ")
"""The share's id, and the second at which it ends."""
_MARK = 24  # bytes of the signature: 192 bits
_LENGTH = 60  # characters: 44 bytes as base64, without its padding
_SECRET = re.compile(r"(?<=/shared/)[^/?\s\"']+|(?<=/auth/oidc/callback\?)[^\s\"']+|eyJ[\w-]+\.[\w-]+\.[\w-]*")


@dataclass(frozen=True)
class Links:
    """`secrets` are those of the tokens: all are accepted, the first one signs."""

    secrets: tuple[str, ...]
    clock: Clock

    def __repr__(self) -> str:
        return "Links(…)"

    def token(self, share_id: str, expires: datetime) -> str:
        body = _BODY.pack(bytes.fromhex(share_id), int(expires.timestamp()))
        return base64.urlsafe_b64encode(body + _sign(self.secrets[0], body)).decode().rstrip("=")

    def read(self, token: str) -> str | None:
        """The share's id; None for a token that is not ours or has run out."""
        if len(token) > _LENGTH:
            return None
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        body, mark = raw[: _BODY.size], raw[_BODY.size :]
        if len(raw) != _BODY.size + _MARK:
            return None
        known = [hmac.compare_digest(mark, _sign(secret, body)) for secret in self.secrets]
        share_id, ends = _BODY.unpack(body)
        alive = self.clock.now().timestamp() < ends
        return share_id.hex() if any(known) and alive else None


class HideLinks(logging.Filter):
    """Keeps the tokens of links, and tokens that somebody put into an address, out of a server's log of requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(arg) if isinstance(arg, str) else arg for arg in record.args)
        if isinstance(record.msg, str):
            record.msg = hidden(record.msg)
        return True


def hide_links() -> None:
    """In the logs of the server that runs us: it tells of requests in one, and of those for a WebSocket in the other."""
    for name in ("uvicorn.access", "uvicorn.error"):
        requests = logging.getLogger(name)
        if not any(isinstance(known, HideLinks) for known in requests.filters):
            requests.addFilter(HideLinks())


def hidden(text: str) -> str:
    """A text without its tokens, those of links too, and without what an identity provider sent along with a browser."""
    return _SECRET.sub("…", text)


def _sign(secret: str, body: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return hmac.digest(key, body, "sha256")[:_MARK]
