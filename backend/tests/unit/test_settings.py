"""What the settings say of where browsers reach the service, and of what is missing to sign in."""

import pytest
from pydantic import ValidationError

from backend.settings import Settings


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)


@pytest.mark.parametrize(
    ("given", "own"),
    [
        ("https://tailor.example.com", "https://tailor.example.com"),
        ("https://tailor.example.com:8443/", "https://tailor.example.com:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:80/", "http://[::1]:80"),
        (" ", "http://127.0.0.1:8000"),
        (None, "http://127.0.0.1:8000"),
    ],
)
def test_the_own_address_is_the_one_that_is_set_or_loopback(given: str | None, own: str) -> None:
    assert settings(public_url=given).own_url == own


@pytest.mark.parametrize(
    "given",
    [
        "http://tailor.example.com",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "https://",
        "https://a/b",
        "https://user@a",
        "https://a?b",
        "tailor.example.com",
        "ftp://a",
        "https://a\nb",
    ],
)
def test_an_address_that_is_none_or_in_the_clear_is_refused(given: str) -> None:
    with pytest.raises(ValidationError, match="PUBLIC_URL"):
        settings(public_url=given)


def test_what_is_missing_to_sign_in_is_named() -> None:
    known = {"oidc_issuer": "https://login.example", "oidc_client_id": "tailor"}
    assert settings().missing_for_sign_in() == "OIDC_ISSUER, OIDC_CLIENT_ID"
    assert settings(**known).missing_for_sign_in() == ""
    assert settings(**known, environment="production").missing_for_sign_in() == "PUBLIC_URL"
    assert settings(**known, environment="production", public_url="https://a.example").missing_for_sign_in() == ""
