"""A fetched page -> the job advertisement on it. Pages are untrusted: they are read in the sandbox."""

from backend.documents.job_pages.boards import Board, board_of
from backend.documents.job_pages.client import PageReader

__all__ = ["Board", "PageReader", "board_of"]
