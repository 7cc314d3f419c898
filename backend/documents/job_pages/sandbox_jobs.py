"""What may run in the sandbox on a page that came from outside."""

from collections.abc import Mapping
from typing import Final

from backend.documents.job_pages.page import read_page
from backend.documents.reading.sandbox.jobs import Job

JOBS: Final[Mapping[str, Job]] = {
    "read_page": Job("backend.documents.job_pages.sandbox_jobs:read_page_job", seconds=8.0, megabytes=384)
}


def read_page_job(body: bytes, content_type: bytes, url: bytes, asked: bytes) -> bytes:
    """A Posting as JSON."""
    return read_page(body, content_type.decode(), url.decode(), asked.decode()).model_dump_json().encode()
