"""How a parsed file and an audit look in a terminal."""

from rich.table import Table
from rich.text import Text

from backend.cli.view import console
from backend.domain.audit import AuditReport
from backend.domain.parsed import ParsedResume
from backend.domain.stored_shape import read

_COLOURS = {"error": "red", "warning": "yellow", "hint": "dim"}
_SURE = 0.8


def show_parsed(parsed: ParsedResume) -> None:
    """What was read, doubtful fields marked, then how much of the file it is and what was hidden."""
    resume = read(parsed.document)
    table = Table.grid(padding=(0, 2))
    contact = resume.contact
    for label, path, value in (
        ("Name", "/contact/name", contact.name),
        ("E-mail", "/contact/email", contact.email),
        ("Phone", "/contact/phone", contact.phone),
        ("Place", "/contact/location", contact.location),
        *((f"{label or 'Link'}", "", address) for label, address in contact.links),
    ):
        if value:
            table.add_row(Text(label, style="dim"), _marked(parsed, path, value))
    for n, job in enumerate(resume.work_experience):
        at = f"/work_experience/{n}"
        heading = Text(", ").join(
            _marked(parsed, f"{at}/{name}", value)
            for name, value in (("title", job.title), ("company", job.company))
            if value
        )
        period = " – ".join(date for date in (job.start_date, job.end_date) if date)
        table.add_row(Text("Work" if not n else "", style="dim"), heading + Text(f"  {period}", style="dim"))
        table.add_row("", Text(f"{len(job.highlights)} highlights", style="dim"))
    for n, school in enumerate(resume.education):
        text = ", ".join(part for part in (school.degree, school.field, school.institution, school.end_date) if part)
        table.add_row(Text("Education" if not n else "", style="dim"), text)
    for label, names in (
        ("Projects", [project.name for project in resume.projects]),
        ("Skills", list(resume.skills)),
        ("Certificates", [item.name for item in resume.certifications]),
        ("Languages", [item.language for item in resume.languages]),
        ("Also", [extra.title for extra in resume.extras]),
    ):
        if names:
            table.add_row(Text(label, style="dim"), ", ".join(names))
    console.print(table)
    console.print(f"\n{parsed.kind}: {parsed.kept:.1%} of the words kept; ? marks what is less than sure", style="dim")
    for hidden in parsed.hidden:
        place = f", {hidden.place}" if hidden.place else ""
        console.print(Text(f"Hidden ({hidden.how}{place}), left out: {hidden.text[:100]}", style="yellow"))
    for warning in parsed.warnings:
        console.print(Text(warning, style="yellow"))


def _marked(parsed: ParsedResume, path: str, value: str) -> Text:
    field = parsed.field(path)
    doubtful = field is not None and field.confidence < _SURE
    return Text(value.replace("\n", ", ") + (" ?" if doubtful else ""), style="yellow" if doubtful else "")


def show_audit(report: AuditReport) -> None:
    for finding in report.findings:
        line = Text(f"{finding.severity:<8}", style=_COLOURS[finding.severity])
        console.print(line + Text(f"{finding.message} ") + Text(f"{finding.fix} [{finding.place}]", style="dim"))
    parts = (
        ", ".join(f"{area.area} -{area.lost:.0f}" for area in report.areas if area.looked_at and area.lost)
        or "nothing lost"
    )
    match = f"; {report.coverage:.0%} of the required skills shown" if report.coverage is not None else ""
    console.print(f"\nScore {report.score:.0f} of 100, {report.mode} ({parts}){match}")
