"""A person's resume. Facts that no edit can reach (contact, employers, titles, dates, degrees) sit beside what edits can."""

from collections.abc import Iterator

from backend.domain.model import Model


class Contact(Model):
    """How to reach the person. `links` are (label, address) pairs such as ("GitHub", "github.com/ada")."""

    name: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    links: tuple[tuple[str, str], ...] = ()


class WorkEntry(Model):
    """One position. Dates are as the person wrote them. `summary` is what stands beside the highlights."""

    company: str = ""
    title: str = ""
    location: str = ""
    start_date: str = ""
    end_date: str = ""
    summary: str = ""
    highlights: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


class Project(Model):
    name: str = ""
    role: str = ""
    description: str = ""
    url: str = ""
    start_date: str = ""
    end_date: str = ""
    highlights: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


class Education(Model):
    institution: str = ""
    degree: str = ""
    field: str = ""
    location: str = ""
    start_date: str = ""
    end_date: str = ""
    details: tuple[str, ...] = ()


class Certification(Model):
    name: str = ""
    issuer: str = ""
    date: str = ""


class SpokenLanguage(Model):
    language: str = ""
    fluency: str = ""


class Extra(Model):
    """A section that we have no model for, line by line."""

    title: str
    lines: tuple[str, ...] = ()


class Resume(Model):
    contact: Contact = Contact()
    summary: str = ""
    work_experience: tuple[WorkEntry, ...] = ()
    education: tuple[Education, ...] = ()
    skills: tuple[str, ...] = ()
    achievements: tuple[str, ...] = ()
    projects: tuple[Project, ...] = ()
    certifications: tuple[Certification, ...] = ()
    languages: tuple[SpokenLanguage, ...] = ()
    extras: tuple[Extra, ...] = ()

    def entries(self) -> Iterator[tuple[str, WorkEntry | Project]]:
        """Work entries, then projects, each with its JSON Pointer."""
        for index, job in enumerate(self.work_experience):
            yield f"/work_experience/{index}", job
        for index, project in enumerate(self.projects):
            yield f"/projects/{index}", project

    @property
    def has_content(self) -> bool:
        """Whether there is anything here that could be tailored."""
        return bool(self.summary or self.skills or self.achievements or self.education) or any(
            entry.highlights or isinstance(entry, WorkEntry) for _, entry in self.entries()
        )
