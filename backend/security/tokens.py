"""Bearer tokens: JWT, HS256, `sub` is the user's id."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import jwt

from backend.errors import Unauthenticated
from backend.ports import Clock

Purpose = Literal["access", "refresh"]
_ISSUER = "tailor"


@dataclass(frozen=True)
class Tokens:
    secret: str
    access_life: timedelta
    refresh_life: timedelta
    clock: Clock

    def __repr__(self) -> str:
        return "Tokens(…)"

    def access(self, user_id: str) -> str:
        return self._make(user_id, "access", self.access_life)

    def refresh(self, user_id: str) -> str:
        return self._make(user_id, "refresh", self.refresh_life)

    def user_of(self, token: str, purpose: Purpose = "access") -> str:
        """The user a token was made for. A portfolio's own tokens, which have no `use`, count as access tokens. Raises
        Unauthenticated if it is not ours, has run out, or is for something else."""
        try:
            claims = jwt.decode(
                token, self.secret, algorithms=["HS256"], options={"require": ["sub", "exp"], "verify_exp": False}
            )
            expires = float(claims["exp"])
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise Unauthenticated("The token is not valid. Log in again with POST /auth/login.") from error
        if expires <= self.clock.now().timestamp():
            raise Unauthenticated("The token has expired. Log in again with POST /auth/login.")
        if claims.get("use", "access") != purpose or not claims["sub"]:
            raise Unauthenticated(f"This is not an {purpose} token.")
        return str(claims["sub"])

    def _make(self, user_id: str, purpose: Purpose, life: timedelta) -> str:
        now = self.clock.now()
        claims = {"iss": _ISSUER, "sub": user_id, "use": purpose, "iat": now, "exp": now + life}
        return jwt.encode(claims, self.secret, algorithm="HS256")
