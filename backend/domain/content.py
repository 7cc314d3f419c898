"""Chunks of the content library, and evidence: what a person wrote that can support a claim."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Literal

from backend.domain.model import Model
from backend.domain.resume import Resume, WorkEntry

ChunkType = Literal["role_summary", "achievement", "skill_context", "education", "project", "meta"]
Source = Literal["resume", "blog", "conversation", "opinion", "manual"]
Lens = Literal["facts", "personality", "strategy"]
EvidenceKind = Literal["summary", "highlight", "skill", "achievement", "education", "credential", "context"]


class ChunkMetadata(Model):
    company: str = ""
    role: str = ""
    start_date: str = ""
    end_date: str = ""
    technologies: tuple[str, ...] = ()


class Chunk(Model):
    """One retrievable piece of content. Only `lens="facts"` can support a claim."""

    text: str
    chunk_type: ChunkType = "achievement"
    source: Source = "manual"
    lens: Lens = "facts"
    metadata: ChunkMetadata = ChunkMetadata()

    @property
    def id(self) -> str:
        """Derived from content, so that what has not changed is never embedded twice."""
        return "c-" + sha256(self.model_dump_json().encode()).hexdigest()[:24]


class Evidence(Model):
    """Something the person wrote, named by a stable id: a JSON Pointer into the resume or a chunk's id.

    `entry` is the pointer of the work entry or project it belongs to; "" if it belongs to none of them. `context` is what
    that place also says (employer, title, dates, technologies) without being part of `text`.
    """

    id: str
    text: str
    kind: EvidenceKind
    entry: str = ""
    context: str = ""

    @property
    def in_resume(self) -> bool:
        return self.id.startswith("/")


def resume_evidence(resume: Resume) -> list[Evidence]:
    """All that a resume says, in its order."""
    found = [Evidence(id="/summary", text=resume.summary, kind="summary")] if resume.summary else []
    for entry, item in resume.entries():
        context = entry_context(item.model_dump(include=_CONTEXT))
        prose = ("summary", item.summary) if isinstance(item, WorkEntry) else ("description", item.description)
        if prose[1]:
            found.append(
                Evidence(id=f"{entry}/{prose[0]}", text=prose[1], kind="context", entry=entry, context=context)
            )
        found += [
            Evidence(id=f"{entry}/highlights/{n}", text=text, kind="highlight", entry=entry, context=context)
            for n, text in enumerate(item.highlights)
        ]
        if context:
            found.append(Evidence(id=entry, text=context, kind="context", entry=entry))
    found += [Evidence(id=f"/skills/{n}", text=text, kind="skill") for n, text in enumerate(resume.skills)]
    found += [Evidence(id=f"/achievements/{n}", text=t, kind="achievement") for n, t in enumerate(resume.achievements)]
    for n, school in enumerate(resume.education):
        text = _joined(
            [school.degree, school.field, school.institution, school.start_date, school.end_date, *school.details]
        )
        found.append(Evidence(id=f"/education/{n}", text=text, kind="education"))
    for n, credential in enumerate(resume.certifications):
        text = _joined([credential.name, credential.issuer, credential.date])
        found.append(Evidence(id=f"/certifications/{n}", text=text, kind="credential"))
    for n, spoken in enumerate(resume.languages):
        text = _joined([spoken.language, spoken.fluency])
        found.append(Evidence(id=f"/languages/{n}", text=text, kind="credential"))
    for n, extra in enumerate(resume.extras):
        found += [
            Evidence(id=f"/extras/{n}/lines/{m}", text=line, kind="achievement") for m, line in enumerate(extra.lines)
        ]
    return [item for item in found if item.text]


def chunk_evidence(chunks: Iterable[Chunk], resume: Resume) -> list[Evidence]:
    """Evidence from the library. A chunk belongs to an entry of the resume when it names the same employer (and, where the
    resume has that employer twice, the same role)."""
    found = []
    for chunk in chunks:
        if chunk.lens == "facts":
            about = chunk.metadata
            context = entry_context(
                {
                    "company": about.company,
                    "title": about.role,
                    "start_date": about.start_date,
                    "end_date": about.end_date,
                    "technologies": about.technologies,
                }
            )
            found.append(
                Evidence(id=chunk.id, text=chunk.text, kind="highlight", entry=entry_of(about, resume), context=context)
            )
    return found


def entry_of(about: ChunkMetadata, resume: Resume) -> str:
    """The pointer of the one entry that a chunk is about; "" if there is none, or if it could be several."""
    company, role = about.company.strip().casefold(), about.role.strip().casefold()
    if not company:
        return ""
    names = [
        (entry, (item.company, item.title) if isinstance(item, WorkEntry) else (item.name, item.role))
        for entry, item in resume.entries()
    ]
    same = [(entry, title) for entry, (name, title) in names if name.strip().casefold() == company]
    if len(same) > 1:
        same = [(entry, title) for entry, title in same if role and title.strip().casefold() == role]
    elif role and same and chunk_is_other_role(role, same[0][1]):
        return ""
    return same[0][0] if len(same) == 1 else ""


def chunk_is_other_role(role: str, title: str) -> bool:
    """Whether a chunk's role is plainly not the entry's: no word in common."""
    return bool(title) and not set(role.split()) & set(title.casefold().split())


_CONTEXT = {"company", "title", "name", "role", "location", "start_date", "end_date", "technologies"}


def entry_context(values: dict[str, object]) -> str:
    """One line that says where a highlight belongs: title, employer, place, dates, technologies."""
    order = ("title", "role", "company", "name", "location")
    parts = [str(values.get(key) or "") for key in order]
    parts.append(" – ".join(str(values[key]) for key in ("start_date", "end_date") if values.get(key)))
    technologies = values.get("technologies")
    if isinstance(technologies, Sequence) and not isinstance(technologies, str) and technologies:
        parts.append(", ".join(map(str, technologies)))
    return _joined(parts)


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
