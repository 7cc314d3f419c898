"""The composition root: the only room that knows the adapters. It picks real or embedded by what the settings hold.

Vendor SDKs take seconds to import, so each is imported where it is chosen and nowhere else.
"""

from backend.container.alone import audits, job_at, open_parsing, open_pipeline, rewrap_keys, verifications
from backend.container.assembling import make_pipeline
from backend.container.opening import open_container
from backend.container.parts import Container, Dependency, Parts, Replace, as_they_are
from backend.container.vendors import language_model, make_embedder

__all__ = [
    "Container",
    "Dependency",
    "Parts",
    "Replace",
    "as_they_are",
    "audits",
    "job_at",
    "language_model",
    "make_embedder",
    "make_pipeline",
    "open_container",
    "open_parsing",
    "open_pipeline",
    "rewrap_keys",
    "verifications",
]
