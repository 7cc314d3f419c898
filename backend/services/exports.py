"""A resume as a file, in any format and template."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from backend.documents.reading.sandbox import Sandbox
from backend.documents.writing.formats import KINDS, File, format_named, write
from backend.documents.writing.preview import preview
from backend.documents.writing.templates import TEMPLATES, Template
from backend.domain.resume import Resume
from backend.domain.stored_shape import read
from backend.errors import InvalidInput
from backend.services.resumes import Resumes
from backend.services.tailorings import Tailorings


@dataclass(frozen=True)
class Look:
    """How a file is to look. `style` replaces some of the template's; `pages` is the most that may be printed."""

    format: str = "pdf"
    template: str = "classic"
    style: Mapping[str, Any] | None = None
    pages: int | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Exports:
    """Setting a page takes some milliseconds of one core, so it is done beside the event loop."""

    resumes: Resumes
    tailorings: Tailorings
    sandbox: Sandbox
    sample: Mapping[str, Any]

    def templates(self) -> tuple[Template, ...]:
        return tuple(TEMPLATES.values())

    async def preview(self, template_id: str, width: int) -> bytes:
        """A picture (PNG) of the template with the sample resume."""
        return await asyncio.to_thread(preview, read(self.sample), template_id, width=width)

    async def of_document(
        self, document: Mapping[str, Any], look: Look, relevance: Mapping[str, float] | None = None
    ) -> File:
        resume = _resume(document)
        wanted = format_named(look.format)
        if wanted == "json":  # what is stored, with the fields that we have no model for
            return File((json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode(), KINDS[wanted])
        return await asyncio.to_thread(
            write, resume, wanted, look.template, look.style, pages=look.pages, relevance=relevance, lang=look.lang
        )

    async def of_resume(self, user_id: str, resume_id: str, look: Look) -> File:
        return await self.of_document((await self.resumes.get(user_id, resume_id)).document, look)

    async def of_tailoring(self, user_id: str, tailoring_id: str, look: Look) -> File:
        """The tailored resume; where not everything fits, what serves the job least goes first."""
        tailoring = await self.tailorings.get(user_id, tailoring_id)
        return await self.of_document(tailoring.tailored_resume, look)

    async def with_own_template(self, document: Mapping[str, Any], template: bytes) -> File:
        """By a Word template that somebody sent. It is opened in the sandbox, like any file."""
        resume = _resume(document)
        outcome = await self.sandbox.run("template", template, resume.model_dump_json().encode())
        return File(outcome.result, KINDS["docx"])


def _resume(document: Mapping[str, Any]) -> Resume:
    resume = read(document)
    if not resume.has_content and not resume.contact.name:
        raise InvalidInput(
            "There is nothing in this resume to write. Send contact, work_experience, education or skills."
        )
    return resume
