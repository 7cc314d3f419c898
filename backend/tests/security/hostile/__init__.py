"""Hostile files, each made in code, with what is to become of it."""

from backend.tests.security.hostile import archives, office, pdfs, texts
from backend.tests.security.hostile.case import Case

__all__ = ["CASES", "Case"]

CASES = (*archives.CASES, *office.CASES, *pdfs.CASES, *texts.CASES)
