"""Whom we trust to be who they say they are."""

import ssl
from functools import cache

import httpcore


@cache
def trusted() -> ssl.SSLContext:
    """Of certifi's authorities. Reading them takes some 25 ms, during which nobody is answered: once in a process."""
    return httpcore.default_ssl_context()
