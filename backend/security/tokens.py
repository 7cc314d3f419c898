"""Bearer tokens of our own: JWT, HS256, `sub` is the user's id, `kid` says which of the secrets signed it."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, NamedTuple

import jwt

from backend.errors import Unauthenticated
from backend.ports import Clock

Purpose = Literal["access", "refresh"]
ISSUER = "tailor"
TYPES = (None, "JWT", "jwt", "at+jwt")
"""What the header of an access token may say that it is."""
UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)
"""What reading a token raises that is none."""
_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)")
_LONGEST = 16_000  # characters; some providers list the groups of a person
_SKEW = 60  # seconds by which the clock of whoever made a token may be ahead of ours
_LATEST = 1e11  # the year 5138


class Claims(NamedTuple):
    """What a token says, its signature checked. `session` is "" in a token that a portfolio made for itself; `turn` is
    what a refresh token may be used for once."""

    user_id: str
    session: str = ""
    turn: str = ""


@dataclass(frozen=True)
class Tokens:
    """`secrets` are those that are accepted; the first one signs. To change it, put the new one before the old."""

    secrets: tuple[str, ...]
    access_life: timedelta
    refresh_life: timedelta
    clock: Clock

    def __repr__(self) -> str:
        return "Tokens(…)"

    def access(self, user_id: str, session: str = "") -> str:
        return self._make(user_id, "access", self.access_life, {"sid": session} if session else {})

    def refresh(self, user_id: str, session: str, turn: str) -> str:
        return self._make(user_id, "refresh", self.refresh_life, {"sid": session, "jti": turn})

    def read(self, token: str, purpose: Purpose = "access") -> Claims:
        """What a token says. A portfolio's own tokens, which have no `use`, `iss` or `aud`, count as access tokens. Raises
        Unauthenticated if it is not ours, has run out, or is for something else."""
        claims = self._verified(token)
        try:
            state = lifetime(claims, self.clock.now().timestamp())
        except ValueError as error:
            raise _invalid() from error
        if state == "over":
            raise Unauthenticated("The token has expired. Log in again with POST /auth/login.")
        if state == "ahead":
            raise _invalid()
        subject, session, turn = claims["sub"], claims.get("sid", ""), claims.get("jti", "")
        if not isinstance(session, str) or not isinstance(turn, str) or not subject:
            raise _invalid()
        if claims.get("use", "access") != purpose:
            raise Unauthenticated(f"This is not an {purpose} token.")
        return Claims(str(subject), session, turn)

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            if not is_compact(token):
                raise _invalid()
            header = jwt.get_unverified_header(token)
            if header.get("typ") not in TYPES or "crit" in header:
                raise _invalid()
            claims: dict[str, Any] = jwt.decode(
                token,
                self._secret_of(header),
                algorithms=["HS256"],
                audience=ISSUER if "aud" in jwt.decode(token, options={"verify_signature": False}) else None,
                options={"require": ["sub", "exp"], "verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except UNREADABLE as error:
            raise _invalid() from error
        if claims.get("iss", ISSUER) != ISSUER:
            raise _invalid()
        return claims

    def _secret_of(self, header: dict[str, Any]) -> str:
        """By the key's name; without one, the first. A name only chooses among our own secrets."""
        if "kid" not in header:
            return self.secrets[0]
        found = next((secret for secret in self.secrets if _name_of(secret) == header["kid"]), None)
        if found is None:
            raise _invalid()
        return found

    def _make(self, user_id: str, purpose: Purpose, life: timedelta, more: dict[str, str]) -> str:
        now = self.clock.now()
        claims = {"iss": ISSUER, "aud": ISSUER, "sub": user_id, "use": purpose, "iat": now, "exp": now + life, **more}
        return jwt.encode(claims, self.secrets[0], algorithm="HS256", headers={"kid": _name_of(self.secrets[0])})


def is_compact(token: str) -> bool:
    """Whether a text has the form of a signed JWT, its signature written the one way that base64url allows: readers are
    lenient with the last bits, and a token must not have more than one spelling."""
    found = _COMPACT.fullmatch(token) if len(token) <= _LONGEST else None
    if found is None or len(found[1]) % 4 == 1:
        return False
    signature = base64.urlsafe_b64decode(found[1] + "=" * (-len(found[1]) % 4))
    return base64.urlsafe_b64encode(signature).decode().rstrip("=") == found[1]


def lifetime(claims: Mapping[str, Any], now: float) -> Literal["now", "over", "ahead"]:
    """Where `now` (seconds since 1970) stands to `exp`, `nbf` and `iat`. Raises ValueError where one is no time."""
    times = {name: claims[name] for name in ("exp", "nbf", "iat") if name in claims}
    for value in times.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _LATEST:
            raise ValueError("not a time")
    if not times["exp"] > now:
        return "over"
    return "ahead" if max(times.get("nbf", 0), times.get("iat", 0)) > now + _SKEW else "now"


def _name_of(secret: str) -> str:
    return hashlib.sha256(f"kid:{secret}".encode()).hexdigest()[:12]


def _invalid() -> Unauthenticated:
    return Unauthenticated("The token is not valid. Log in again with POST /auth/login.")
