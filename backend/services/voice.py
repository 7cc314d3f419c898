"""What people teach the writer: examples of their own, and what they say of lines that were written for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from backend.domain.edits import Edit
from backend.domain.tailoring import Tailoring, TailoringEdit
from backend.domain.text import clean, words
from backend.domain.voice import ExampleKind, FeedbackKind, VoiceEntry
from backend.errors import InvalidInput, NotFound
from backend.pipeline.voice_retriever import VoiceRetriever, about
from backend.ports import Clock
from backend.services.tailorings import Tailorings

MAX_EXAMPLES, MAX_FEEDBACK = 200, 5_000
MAX_CHARACTERS = 2_000


@dataclass(frozen=True)
class Said:
    """What a person says of a line. `tailoring_id` and `edit_id`, if given, say where it stood."""

    kind: FeedbackKind
    text: str
    replacement: str = ""
    reason: str = ""
    tailoring_id: str = ""
    edit_id: str = ""


@dataclass(frozen=True)
class VoiceLoop:
    retriever: VoiceRetriever
    tailorings: Tailorings
    clock: Clock

    async def add_example(self, user_id: str, kind: ExampleKind, text: str) -> VoiceEntry:
        if await self.retriever.repository.count(user_id, "example") >= MAX_EXAMPLES:
            raise InvalidInput(f"You have {MAX_EXAMPLES} examples, which is the most. Delete one first.")
        text = _text(text, "example")
        id_ = _id("example", kind, text)
        entry = VoiceEntry(id=id_, role="example", kind=kind, text=text, created=self.clock.now())
        return await self._keep(user_id, entry)

    async def examples(self, user_id: str, limit: int, after: str | None) -> Sequence[VoiceEntry]:
        return await self.retriever.repository.list(user_id, limit, after, role="example")

    async def add_feedback(self, user_id: str, said: Said) -> VoiceEntry:
        """NotFound if it names a tailoring or an edit that this person has not got."""
        if (said.kind == "edited") != bool(said.replacement.strip()):
            raise InvalidInput("Send a replacement with the kind edited, and with no other.")
        if said.edit_id and not said.tailoring_id:
            raise InvalidInput("Send the tailoring_id with the edit_id.")
        if await self.retriever.repository.count(user_id, "feedback") >= MAX_FEEDBACK:
            raise InvalidInput(f"You have given feedback {MAX_FEEDBACK:,} times, which is the most. Delete some first.")
        text = _text(said.text, "text")
        entry = VoiceEntry(
            id=_id("feedback", said.kind, text, said.replacement, said.tailoring_id, said.edit_id),
            role="feedback",
            kind=said.kind,
            text=text,
            replacement=_text(said.replacement, "replacement") if said.kind == "edited" else "",
            reason=clean(said.reason),
            created=self.clock.now(),
        )
        if said.tailoring_id:
            tailoring = await self.tailorings.get(user_id, said.tailoring_id)
            place = {"tailoring_id": tailoring.id, "about": about(tailoring.job)}
            if said.edit_id:
                edit = edit_of(tailoring, said.edit_id)
                place |= {"edit_id": edit.id, "before": edit.before}
                entry = entry.model_copy(update={"whole": edit.text == text})
            entry = entry.model_copy(update=place)
        return await self._keep(user_id, entry)

    async def feedback(self, user_id: str, limit: int, after: str | None) -> Sequence[VoiceEntry]:
        return await self.retriever.repository.list(user_id, limit, after, role="feedback")

    async def note(
        self, user_id: str, tailoring: Tailoring, edit: TailoringEdit, kind: FeedbackKind, replacement: str, reason: str
    ) -> VoiceEntry:
        """The feedback that a decision about an edit is. A later decision about the same edit takes its place, so asking
        again does no harm."""
        entry = VoiceEntry(
            id=_id("decision", tailoring.id, edit.id),
            role="feedback",
            kind=kind,
            text=edit.text,
            whole=True,
            replacement=replacement,
            before=edit.before,
            about=about(tailoring.job),
            reason=clean(reason) or _what(edit),
            tailoring_id=tailoring.id,
            edit_id=edit.id,
            created=self.clock.now(),
        )
        return await self._keep(user_id, entry)

    async def delete(self, user_id: str, entry_id: str, role: str) -> None:
        found = await self.retriever.repository.get_many(user_id, [entry_id])
        if not any(entry.role == role for entry in found):
            raise NotFound(f"There is no {role} {entry_id!r}.")
        await self.retriever.repository.delete(user_id, entry_id)
        await self.retriever.reindex(user_id)

    async def reindex(self, user_id: str) -> int:
        return await self.retriever.reindex(user_id)

    async def _keep(self, user_id: str, entry: VoiceEntry) -> VoiceEntry:
        """Stored first; should indexing fail, the next tailoring does it."""
        await self.retriever.repository.put(user_id, entry)
        if entry.shown:
            await self.retriever.index_entries(user_id, [entry])
        return entry


def edit_of(tailoring: Tailoring, edit_id: str) -> TailoringEdit:
    for edit in tailoring.edits:
        if edit.id == edit_id:
            return edit
    raise NotFound(f"The tailoring {tailoring.id!r} has no edit {edit_id!r}.")


def _id(*parts: str) -> str:
    """Derived from what is said, so that sending it again says it once."""
    return sha256("\0".join(parts).encode()).hexdigest()[:24]


def _text(text: str, what: str) -> str:
    text = clean(text)
    if not words(text):
        raise InvalidInput(f"The {what} has no words.")
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(f"The {what} has {len(text):,} characters; {MAX_CHARACTERS:,} is the most.")
    return text


def _what(edit: Edit) -> str:
    """An edit without a text is known by what it does."""
    return "" if edit.text else f"{edit.op} {edit.path}"
