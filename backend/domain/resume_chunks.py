"""A resume as chunks of the content library: what the person can then tailor other resumes from."""

from collections.abc import Iterator

from backend.domain.content import Chunk, ChunkMetadata, ChunkType
from backend.domain.resume import Resume, WorkEntry


def resume_chunks(resume: Resume) -> tuple[Chunk, ...]:
    """All that a resume says of roles, projects, skills and education, in its order; equal chunks once. The summary is left
    out: it says again what the rest says."""
    return tuple(dict.fromkeys(_chunks(resume)))


def _chunks(resume: Resume) -> Iterator[Chunk]:
    for _, entry in resume.entries():
        is_work = isinstance(entry, WorkEntry)
        about = ChunkMetadata(
            company=entry.company if isinstance(entry, WorkEntry) else entry.name,
            role=entry.title if isinstance(entry, WorkEntry) else entry.role,
            start_date=entry.start_date,
            end_date=entry.end_date,
            technologies=entry.technologies,
        )
        prose = entry.summary if isinstance(entry, WorkEntry) else entry.description
        if prose:
            yield _chunk(prose, "role_summary" if is_work else "project", about)
        for text in entry.highlights:
            yield _chunk(text, "achievement" if is_work else "project", about)
    for text in resume.achievements:
        yield _chunk(text, "achievement")
    if resume.skills:
        yield _chunk(", ".join(resume.skills), "skill_context")
    for school in resume.education:
        parts = (school.degree, school.field, school.institution, *school.details)
        about = ChunkMetadata(start_date=school.start_date, end_date=school.end_date)
        if text := ", ".join(part for part in parts if part):
            yield _chunk(text, "education", about)
    for credential in resume.certifications:
        if text := ", ".join(part for part in (credential.name, credential.issuer) if part):
            yield _chunk(text, "education", ChunkMetadata(end_date=credential.date))


def _chunk(text: str, kind: ChunkType, about: ChunkMetadata | None = None) -> Chunk:
    return Chunk(text=text, chunk_type=kind, source="resume", metadata=about or ChunkMetadata())
