"""Resumes as people keep them: stored as they came, indexed as they are written, with the files that some came in."""

import logging
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from backend.domain.parsed import ParsedResume
from backend.domain.stored_shape import read
from backend.errors import InvalidInput, NoResume, NotFound, VendorUnavailable
from backend.pipeline.evidence_retriever import EvidenceRetriever, line_ids
from backend.pipeline.intake import read_resume
from backend.ports import FileStore, ResumeRepository, ResumeVersion, StoredFile, StoredResume
from backend.services.parsing import Parsing

_DEEPEST = 20
log = logging.getLogger("tailor")


@dataclass(frozen=True)
class Resumes:
    repository: ResumeRepository
    retriever: EvidenceRetriever
    parsing: Parsing
    files: FileStore

    async def create(self, user_id: str, document: Mapping[str, Any]) -> StoredResume:
        self._check(document)
        stored = await self.repository.add(user_id, document)
        await self._indexed(user_id, stored)
        return stored

    async def get(self, user_id: str, resume_id: str) -> StoredResume:
        return _found(await self.repository.get(user_id, resume_id), resume_id)

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[StoredResume]:
        return await self.repository.list(user_id, limit, after)

    async def replace(self, user_id: str, resume_id: str, document: Mapping[str, Any]) -> StoredResume:
        self._check(document)
        stored = _found(await self.repository.replace(user_id, resume_id, document), resume_id)
        await self._indexed(user_id, stored)
        return stored

    async def delete(self, user_id: str, resume_id: str) -> None:
        """What belongs to it goes first: were this cut short, the resume could be deleted again."""
        await self.get(user_id, resume_id)
        await self.retriever.index.drop(user_id, resume_id)
        await self.files.delete(user_id, resume_id)
        if not await self.repository.delete(user_id, resume_id):
            raise _missing(resume_id)

    async def upload(self, user_id: str, data: bytes) -> tuple[StoredResume, ParsedResume]:
        """The resume in a file of any kind that we read, stored with the file, and how well it was read."""
        parsed = await self.parsing.read(user_id, data)
        self._check(parsed.document)
        stored = await self.repository.add(user_id, parsed.document)
        try:
            await self.files.put(user_id, StoredFile(stored.id, parsed.kind, data))
        except VendorUnavailable:
            with suppress(VendorUnavailable):  # they are told that it failed, and will send it again
                await self.repository.delete(user_id, stored.id)
            raise
        await self._indexed(user_id, stored)
        return stored, parsed

    async def original(self, user_id: str, resume_id: str) -> StoredFile:
        """The file that a resume came in, byte for byte. NotFound where it came in none."""
        await self.get(user_id, resume_id)
        file = await self.files.get(user_id, resume_id)
        if file is None:
            raise NotFound("This resume was not uploaded as a file. GET /resumes/ID has it as it is stored.")
        return file

    async def reread(self, user_id: str, stored: StoredResume) -> ParsedResume | None:
        """The file that a resume came in, read again; None without one, and where the resume has been changed since."""
        unchanged = stored.document.get("createdDate") == stored.document.get("updatedDate")
        file = await self.files.get(user_id, stored.id) if unchanged else None
        if file is None:
            return None
        try:
            parsed = await self.parsing.sandbox.read(file.data)
        except InvalidInput:  # refused today, though it was not when it came
            return None
        return parsed.model_copy(update={"document": dict(stored.document)})  # a model may have had a hand in it

    async def versions(self, user_id: str, resume_id: str) -> Sequence[ResumeVersion]:
        """What it was before each change, newest first."""
        await self.get(user_id, resume_id)
        return await self.repository.versions(user_id, resume_id)

    async def restore(self, user_id: str, resume_id: str, number: int) -> StoredResume:
        """Put an earlier version in its place; what it replaces becomes a version too."""
        for version in await self.versions(user_id, resume_id):
            if version.number == number:
                return await self.replace(user_id, resume_id, version.document)
        raise NotFound(f"The resume has no version {number}. GET /resumes/{resume_id}/versions lists them.")

    async def make_master(self, user_id: str, resume_id: str) -> None:
        """The resume that is tailored when none is named."""
        await self.get(user_id, resume_id)
        await self.repository.set_master(user_id, resume_id)

    async def to_tailor(self, user_id: str, resume_id: str | None) -> StoredResume:
        """The named resume, else the master, else the newest."""
        if resume_id:
            return await self.get(user_id, resume_id)
        marked = await self.repository.master(user_id)
        master = await self.repository.get(user_id, marked) if marked else None
        if master is not None:
            return master
        latest = await self.repository.latest(user_id)
        if latest is None:
            raise NoResume("You have no resume yet. Create one with POST /resumes, then tailor it.")
        return latest

    async def index(self, user_id: str, stored: StoredResume) -> None:
        """Make the index hold this resume's lines and no others of it. Raises VendorUnavailable."""
        resume = read(stored.document)
        await self.retriever.index_resume(user_id, stored.id, resume)
        await self.retriever.index.drop(user_id, stored.id, keep=line_ids(resume))

    async def _indexed(self, user_id: str, stored: StoredResume) -> None:
        """What is stored is stored, even if it cannot be indexed now: its next tailoring repairs that, or `tailor reindex`."""
        try:
            await self.index(user_id, stored)
        except VendorUnavailable as error:
            log.warning("A resume is stored and not indexed: %s", error.code)

    def _check(self, document: Mapping[str, Any]) -> None:
        _check_value(document, 0)
        read_resume(document)


def _check_value(value: Any, depth: int) -> None:
    """Refuses what no document store keeps: endless nesting, names with NUL or "$", broken Unicode, over-long integers,
    and what JSON has no word for."""
    if depth > _DEEPEST:
        raise InvalidInput(f"The resume is nested more than {_DEEPEST} levels deep.")
    if isinstance(value, Mapping):
        for key, item in value.items():
            if "\0" in key or key.startswith("$"):
                raise InvalidInput(f"The field name {key!r} cannot be stored; rename it.")
            _check_value(key, depth)
            _check_value(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_value(item, depth + 1)
    elif isinstance(value, str) and any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidInput("The resume holds text that is not valid Unicode (a lone surrogate).")
    elif isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise InvalidInput("The resume holds a whole number of more than 64 bits.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput("The resume holds NaN or an infinite number, which JSON does not know.")


def _found(stored: StoredResume | None, resume_id: str) -> StoredResume:
    if stored is None:
        raise _missing(resume_id)
    return stored


def _missing(resume_id: str) -> NotFound:
    return NotFound(f"There is no resume {resume_id!r}.")
