"""Untrusted files are opened in a process of their own, with little memory, little time and no network."""

from backend.documents.reading.sandbox.client import Sandbox, read_file
from backend.documents.reading.sandbox.ended import Ended, Outcome

__all__ = ["Ended", "Outcome", "Sandbox", "read_file"]
