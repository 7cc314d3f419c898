"""Bearer tokens of our own: JWT, HS256, `sub` is the user's id, `kid` says which of the secrets signed it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, NamedTuple

import jwt

from backend.errors import Unauthenticated
from backend.ports import Clock

Purpose = Literal["access", "refresh"]
ISSUER = "tailor"
_TYPES = (None, "JWT", "jwt", "at+jwt")


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
            expires = float(claims["exp"])
        except (ValueError, TypeError, OverflowError) as error:
            raise _invalid() from error
        if not expires > self.clock.now().timestamp():
            raise Unauthenticated("The token has expired. Log in again with POST /auth/login.")
        subject, session, turn = claims["sub"], claims.get("sid", ""), claims.get("jti", "")
        if not isinstance(session, str) or not isinstance(turn, str) or not subject:
            raise _invalid()
        if claims.get("use", "access") != purpose:
            raise Unauthenticated(f"This is not an {purpose} token.")
        return Claims(str(subject), session, turn)

    def _verified(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("typ") not in _TYPES or "crit" in header:
                raise _invalid()
            claims: dict[str, Any] = jwt.decode(
                token,
                self._secret_of(header),
                algorithms=["HS256"],
                audience=ISSUER if "aud" in jwt.decode(token, options={"verify_signature": False}) else None,
                options={"require": ["sub", "exp"], "verify_exp": False},
            )
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
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


def _name_of(secret: str) -> str:
    return hashlib.sha256(f"kid:{secret}".encode()).hexdigest()[:12]


def _invalid() -> Unauthenticated:
    return Unauthenticated("The token is not valid. Log in again with POST /auth/login.")
