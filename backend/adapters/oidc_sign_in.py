"""Signing in with an OpenID Connect provider: the authorization code flow, with PKCE, by Authlib."""

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuthError  # type: ignore[import-untyped]

from backend.adapters.oidc import Configuration, OidcIssuer
from backend.adapters.web.tls import trusted
from backend.errors import Unauthenticated, VendorRefuses, VendorUnavailable
from backend.ports import ExternalIdentity, SignInTicket

_SCOPE = "openid email"
_OURS = ("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type")
"""What a provider answers when it is told of another client than us."""
_SECONDS = 10.0


class OidcSignIn:
    """`callback` is the address that the provider sends browsers back to; it must be registered there."""

    def __init__(self, issuer: OidcIssuer, client_id: str, client_secret: str | None, callback: str) -> None:
        self._issuer, self._client_id, self._secret, self._callback = issuer, client_id, client_secret, callback

    @property
    def issuer(self) -> str:
        return self._issuer.issuer

    async def address(self, ticket: SignInTicket) -> str:
        """Where to send the browser. Raises VendorUnavailable."""
        found = await self._configuration()
        async with self._client(found) as client:
            url, _ = client.create_authorization_url(
                found.authorization_endpoint, ticket.state, ticket.verifier, nonce=ticket.nonce
            )
        return str(url)

    async def identity(self, code: str, ticket: SignInTicket) -> ExternalIdentity:
        """Who came back with this code. Raises Unauthenticated, VendorUnavailable, VendorRefuses."""
        found = await self._configuration()
        try:
            async with self._client(found) as client:
                answer = await client.fetch_token(
                    found.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=ticket.verifier,
                )
        except OAuthError as error:
            if error.error in _OURS:
                raise VendorRefuses(
                    "The identity provider does not know this service. Check OIDC_CLIENT_ID and OIDC_CLIENT_SECRET."
                ) from error
            raise Unauthenticated(
                "The identity provider refused the sign-in. Start again at GET /auth/oidc/login."
            ) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise VendorUnavailable("The identity provider does not answer. Try again in a minute.") from error
        return await self._issuer.verify_sign_in(str(answer.get("id_token", "")), self._client_id, ticket.nonce)

    async def _configuration(self) -> Configuration:
        found = await self._issuer.configuration()
        safe = "https://" if self.issuer.startswith("https://") else "http"
        if not all(url.startswith(safe) for url in (found.authorization_endpoint, found.token_endpoint)):
            raise VendorUnavailable("The identity provider's configuration names no address to sign in at.")
        return found

    def _client(self, found: Configuration) -> AsyncOAuth2Client:
        """One for each use: it keeps the tokens it got, which are of one person."""
        way = None if self._secret is None or not found.post_secret else "client_secret_post"
        return AsyncOAuth2Client(
            self._client_id,
            self._secret,
            token_endpoint_auth_method=way,
            scope=_SCOPE,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=False,
            verify=trusted(),
        )
