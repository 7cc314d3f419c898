"""The service's side of reading pages: each is read in the sandbox, and what comes back is checked."""

from typing import Final

from pydantic import ValidationError

from backend.documents.reading.sandbox import Sandbox
from backend.documents.reading.sandbox.frames import REFUSED, RESULT
from backend.domain.posting import Posting
from backend.errors import InvalidInput

_JOBS: Final = "backend.documents.job_pages.sandbox_jobs"
_BROKE_OFF: Final = (
    "The page could not be read: it takes too long or too much memory, or is damaged. "
    "Paste the text of the job advertisement instead."
)


class PageReader:
    """Reads pages, two at once. The process that does it starts with the first page."""

    def __init__(self) -> None:
        self._sandbox = Sandbox(at_once=2, jobs=_JOBS)

    async def read(self, body: bytes, content_type: str, url: str, asked: str = "") -> Posting:
        """The job advertisement on a page; see `page.read_page`. Raises InvalidInput."""
        ended = await self._sandbox.ended("read_page", body, content_type.encode(), url.encode(), asked.encode())
        if ended.tag not in (RESULT, REFUSED):
            raise InvalidInput(_BROKE_OFF)
        try:
            return Posting.model_validate_json(ended.outcome().result)
        except ValidationError as error:  # a reader that was taken over may say anything
            raise InvalidInput(_BROKE_OFF) from error

    async def close(self) -> None:
        await self._sandbox.close()
