"""Links by which anybody may read one tailored resume, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from backend.documents.writing.formats import File
from backend.domain.stored_overlay import new_document
from backend.domain.stored_shape import read
from backend.errors import NotFound
from backend.ports import Clock, Ids, Share, ShareRepository
from backend.security.links import Links
from backend.services.exports import Exports, Look
from backend.services.tailorings import Tailorings

MOST_DAYS = 90


@dataclass(frozen=True)
class Shares:
    repository: ShareRepository
    tailorings: Tailorings
    exports: Exports
    links: Links
    clock: Clock
    ids: Ids

    async def create(self, user_id: str, tailoring_id: str, days: int) -> tuple[Share, str]:
        """The share and its token, which cannot be had again."""
        tailoring = await self.tailorings.get(user_id, tailoring_id)
        now = self.clock.now().replace(microsecond=0)
        share = Share(self.ids.new_id(), user_id, tailoring.id, now, now + timedelta(days=days))
        await self.repository.add(user_id, share)
        return share, self.links.token(share.id, share.expires)

    async def list(self, user_id: str, limit: int, after: str | None) -> Sequence[Share]:
        return await self.repository.list(user_id, limit, after)

    async def delete(self, user_id: str, share_id: str) -> None:
        if not await self.repository.delete(user_id, share_id):
            raise NotFound(f"There is no share {share_id!r}.")

    async def document(self, token: str) -> Mapping[str, Any]:
        """The resume that a token opens: what the files of it would show, and no field of its record beside."""
        share = await self._opened(token)
        try:
            tailoring = await self.tailorings.get(share.user_id, share.tailoring_id)
        except NotFound as error:
            raise _not_there() from error
        return new_document(read(tailoring.tailored_resume))

    async def file(self, token: str, look: Look) -> File:
        return await self.exports.of_document(await self.document(token), look)

    async def _opened(self, token: str) -> Share:
        share_id = self.links.read(token)
        share = await self.repository.shared(share_id) if share_id else None
        if share is None or share.expires <= self.clock.now():
            raise _not_there()
        return share


def _not_there() -> NotFound:
    """The same for a link that never was, one that has run out and one that was taken back."""
    return NotFound("This link does not open anything. Ask for a new one.")
