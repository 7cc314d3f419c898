"""Where somebody applied, and how it went."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from backend.domain.application import (
    BYTE_ORDER_MARK,
    Application,
    ApplicationStatus,
    StatusChange,
    csv_of,
    moved,
    scores_of,
    usage_of,
    web_address,
)
from backend.errors import InvalidInput, NotFound
from backend.ports import ApplicationRepository, Clock, Ids
from backend.services.resumes import Resumes
from backend.services.tailorings import Tailorings

_PAGE = 200


class Details(NamedTuple):
    """What somebody says of an application; None for what they do not."""

    title: str | None = None
    company: str | None = None
    url: str | None = None
    resume_id: str | None = None
    applied_on: date | None = None
    next_step_on: date | None = None
    next_step: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Applications:
    repository: ApplicationRepository
    tailorings: Tailorings
    resumes: Resumes
    clock: Clock
    ids: Ids

    async def create(
        self, user_id: str, details: Details, status: ApplicationStatus, tailoring_id: str | None
    ) -> Application:
        """What is not said is taken from the tailoring, whose scores and cost are kept with it."""
        now = self.clock.now()
        application = Application(
            id=self.ids.new_id(),
            created=now,
            updated=now,
            status=status,
            history=(StatusChange(status=status, at=now),),
            applied_on=now.date() if status == "applied" else None,
        )
        if tailoring_id:
            application = await self._of_tailoring(user_id, application, tailoring_id)
        said = {name: value for name, value in details._asdict().items() if value is not None}
        application = await self._checked(user_id, application, said)
        await self.repository.add(user_id, application)
        return application

    async def get(self, user_id: str, application_id: str) -> Application:
        application = await self.repository.get(user_id, application_id)
        if application is None:
            raise _not_there(application_id)
        return application

    async def list(
        self, user_id: str, limit: int, after: str | None, status: ApplicationStatus | None
    ) -> Sequence[Application]:
        return await self.repository.list(user_id, limit, after, status)

    async def change(
        self, user_id: str, application_id: str, said: dict[str, object], status: ApplicationStatus | None
    ) -> Application:
        """With these fields in the place of what they were. Of two changes at once none is lost."""
        while True:
            known = await self.get(user_id, application_id)
            now = self.clock.now()
            changed = await self._checked(user_id, known, said)
            changed = moved(changed, status, now) if status else changed
            changed = changed.model_copy(update={"updated": now, "revision": known.revision + 1})
            if await self.repository.replace(user_id, changed, known.revision):
                return changed

    async def delete(self, user_id: str, application_id: str) -> None:
        if not await self.repository.delete(user_id, application_id):
            raise _not_there(application_id)

    async def csv(self, user_id: str, status: ApplicationStatus | None) -> AsyncIterator[bytes]:
        """All of them as CSV for a spreadsheet, newest first, page by page."""
        yield (BYTE_ORDER_MARK + csv_of(())).encode()
        after = None
        while page := await self.repository.list(user_id, _PAGE, after, status):
            yield csv_of(page, heading=False).encode()
            after = page[-1].id

    async def _of_tailoring(self, user_id: str, application: Application, tailoring_id: str) -> Application:
        tailoring = await self.tailorings.get(user_id, tailoring_id)
        job = tailoring.job
        update = {
            "title": job.title,
            "company": job.company,
            "url": web_address(job.url),
            "resume_id": tailoring.resume_id,
            "tailoring_id": tailoring.id,
            "scores": scores_of(tailoring),
            "usage": usage_of(tailoring),
        }
        return application.model_copy(update=update)

    async def _checked(self, user_id: str, application: Application, said: dict[str, object]) -> Application:
        if said.get("resume_id"):
            await self.resumes.get(user_id, str(said["resume_id"]))
        application = application.model_copy(update=said)
        if application.url != web_address(application.url):
            raise InvalidInput("The url must begin with https:// or http://.")
        if not application.title and not application.company:
            raise InvalidInput("Say the job's title or the company, or name a tailoring that knows one of them.")
        return application


def _not_there(application_id: str) -> NotFound:
    return NotFound(f"There is no application {application_id!r}.")
