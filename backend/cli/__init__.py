"""The `tailor` command."""

from backend.cli.commands import app, main

__all__ = ["app", "main"]
