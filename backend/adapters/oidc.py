"""Tokens of an OpenID Connect provider, checked with the keys that it publishes."""

import asyncio
import hmac
from typing import Any, NamedTuple

import httpx
import jwt

from backend.adapters.web.tls import trusted
from backend.errors import Unauthenticated, VendorUnavailable
from backend.ports import Clock, ExternalIdentity
from backend.security.tokens import TYPES, UNREADABLE, is_compact, lifetime

# By kind of key, for those that do not say; never one with a shared secret.
_ALGORITHMS = {
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512"),
    "OKP": ("EdDSA",),
}
_READER = jwt.PyJWT({"enforce_minimum_key_length": True})
_OPTIONS: jwt.types.Options = {
    "require": ["sub", "exp", "iss", "aud"],
    "verify_exp": False,  # we read the clock ourselves
    "verify_nbf": False,
    "verify_iat": False,
}
_KEEP = 600.0  # seconds that keys are believed
_AGAIN = 30.0  # seconds before an unknown key makes us ask again
_LARGEST = 200_000  # bytes


class _Key(NamedTuple):
    key: Any
    algorithms: tuple[str, ...]


class Configuration(NamedTuple):
    """What a provider says of itself. `post_secret`: it takes the client's secret in the body of a request alone."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    post_secret: bool


class OidcIssuer:
    """`jwks_url` is found by discovery where it is not given."""

    def __init__(self, issuer: str, audience: str, clock: Clock, jwks_url: str | None = None) -> None:
        self.issuer, self._audience, self._clock, self._jwks_url = issuer, audience, clock, jwks_url
        self._http = httpx.AsyncClient(timeout=5.0, follow_redirects=False, trust_env=False, verify=trusted())
        self._found: Configuration | None = None
        self._keys: dict[str, _Key] = {}
        self._fetched = float("-inf")
        self._fetching = asyncio.Lock()

    async def close(self) -> None:
        await self._http.aclose()

    def issued(self, token: str) -> bool:
        """Whether a token says that it is this provider's. Believed only after `verify`."""
        if not is_compact(token):
            return False
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except UNREADABLE:
            return False
        return claims.get("iss") == self.issuer

    async def verify(self, token: str) -> ExternalIdentity:
        """Who a bearer token is about. Raises Unauthenticated; VendorUnavailable when the provider's keys cannot be had."""
        return self._identity(await self._claims(token, self._audience))

    async def verify_sign_in(self, token: str, client_id: str, nonce: str) -> ExternalIdentity:
        """Who an ID token is about that this client asked for with this nonce. Raises as `verify` does."""
        claims = await self._claims(token, client_id)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else client_id) != client_id:
            raise _refused()
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise _refused()
        return self._identity(claims)

    def _identity(self, claims: dict[str, Any]) -> ExternalIdentity:
        email = claims.get("email") if claims.get("email_verified") is True else ""
        return ExternalIdentity(self.issuer, str(claims["sub"]), str(email or "").lower())

    async def _claims(self, token: str, audience: str) -> dict[str, Any]:
        try:
            if not is_compact(token):
                raise _refused()
            header = jwt.get_unverified_header(token)
            if header.get("typ") not in TYPES or "crit" in header:
                raise _refused()
            key = await self._key(str(header.get("kid", "")))
            claims: dict[str, Any] = _READER.decode(
                token,
                key.key,
                algorithms=key.algorithms,
                audience=audience,
                issuer=self.issuer,
                options=_OPTIONS,
            )
            if lifetime(claims, self._clock.now().timestamp()) != "now" or not claims["sub"]:
                raise _refused()
        except UNREADABLE as error:
            raise _refused() from error
        return claims

    async def _key(self, name: str) -> _Key:
        age = self._clock.monotonic() - self._fetched
        if age > _KEEP or (name not in self._keys and age > _AGAIN):
            async with self._fetching:
                if self._clock.monotonic() - self._fetched >= min(age, _AGAIN):
                    self._keys, self._fetched = await self._published(), self._clock.monotonic()
        found = self._keys.get(name) or (next(iter(self._keys.values())) if not name and len(self._keys) == 1 else None)
        if found is None:
            raise _refused()
        return found

    async def configuration(self) -> Configuration:
        """By discovery. Raises VendorUnavailable."""
        if self._found is None:
            said = await self._json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if said.get("issuer") != self.issuer or not isinstance(said.get("jwks_uri"), str):
                raise VendorUnavailable(
                    "The identity provider's configuration names another issuer. Check OIDC_ISSUER."
                )
            ways = said.get("token_endpoint_auth_methods_supported")
            self._found = Configuration(
                str(said.get("authorization_endpoint", "")),
                str(said.get("token_endpoint", "")),
                said["jwks_uri"],
                isinstance(ways, list) and "client_secret_post" in ways and "client_secret_basic" not in ways,
            )
        return self._found

    async def _published(self) -> dict[str, _Key]:
        rows = (await self._json(self._jwks_url or (await self.configuration()).jwks_uri)).get("keys")
        if not isinstance(rows, list):
            raise VendorUnavailable("The identity provider's keys cannot be understood.")
        keys = {}
        for row in rows:
            try:
                key = jwt.PyJWK(row)
                fit = tuple(name for name in _ALGORITHMS.get(key.key_type or "", ()) if row.get("alg", name) == name)
                if fit:
                    keys[str(row.get("kid", ""))] = _Key(key.key, fit)
            except (jwt.PyJWTError, AttributeError, KeyError, TypeError, ValueError):
                continue  # a kind of key that we do not know is none of ours
        return keys

    async def _json(self, url: str) -> dict[str, Any]:
        try:
            answer = await self._http.get(url)
            answer.raise_for_status()
            if len(answer.content) > _LARGEST:
                raise VendorUnavailable("The identity provider's answer is too large.")
            found = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise VendorUnavailable("The identity provider does not answer. Try again in a minute.") from error
        if not isinstance(found, dict):
            raise VendorUnavailable("The identity provider's answer cannot be understood.")
        return found


def _refused() -> Unauthenticated:
    return Unauthenticated("The identity provider's token is not valid here. Get a new one and try again.")
