"""For each code of the catalogue one resume that has it and, the same but for that, one that has not."""

from typing import Any, NamedTuple

from backend.domain.audit import Heading, Source
from backend.domain.layout import Hidden, Layout
from backend.domain.resume import Contact, Education, Extra, Resume, WorkEntry

LINES = (
    "Built a settlement service in Python that handles 40,000 payments a day.",
    "Cut the nightly run from six hours to twenty minutes.",
    "Trained four colleagues on the new ledger.",
)
OLDER = ("Wrote import tools for 30 analysts.", "Kept the data warehouse running through two office moves.")
CLEAN = Resume(
    contact=Contact(
        name="Ada Byron", email="ada@example.com", phone="+44 20 5550 0142", links=(("GitHub", "github.com/ada"),)
    ),
    summary=(
        "Backend engineer in payments, with ten years of work on services that settle money. Comfortable with being on call, "
        "with old databases and with the people who depend on both. Likes plain tools, short feedback and careful writing, and "
        "has taught all three to newer colleagues in two companies. Looking for a team that owns what it runs."
    ),
    work_experience=(
        WorkEntry(
            company="Brightwater", title="Senior Engineer", start_date="2020-03", end_date="Present", highlights=LINES
        ),
        WorkEntry(company="Kvitto", title="Engineer", start_date="2015-01", end_date="2020-02", highlights=OLDER),
    ),
    education=(Education(institution="Leeds", degree="BSc", field="Mathematics", start_date="2011", end_date="2014"),),
    skills=("Python", "PostgreSQL", "Data modelling", "Incident response"),
    extras=(Extra(title="Volunteering", lines=("Runs a code club",)),),
)  # fmt: skip
FILE = Layout(
    pages=2, size=120_000, fonts=("Calibri", "ABCDEF+Calibri-Bold"), header_footer=("Ada Byron", "Page 1 of 2")
)


class Case(NamedTuple):
    """`bad` has the code and `good` has not; each with what is known of its file."""

    code: str
    bad: Resume
    bad_source: Source
    good: Resume
    good_source: Source


def having(resume: Resume = CLEAN, **values: Any) -> Resume:
    return resume.model_copy(update=values)


def contact(**values: Any) -> Resume:
    return having(contact=CLEAN.contact.model_copy(update=values))


def job(place: int = 0, resume: Resume = CLEAN, **values: Any) -> Resume:
    entries = list(resume.work_experience)
    entries[place] = entries[place].model_copy(update=values)
    return having(resume, work_experience=tuple(entries))


def line(text: str, place: int = 0) -> Resume:
    """The clean resume with one more highlight in a position."""
    return job(place, highlights=(*CLEAN.work_experience[place].highlights, text))


def file(*hidden: Hidden, **values: Any) -> Source:
    return Source(FILE.model_copy(update=values), hidden)


def case(code: str, bad: Resume, good: Resume = CLEAN) -> Case:
    return Case(code, bad, Source(), good, Source())


def made(code: str, bad: Source, good: Source | None = None) -> Case:
    return Case(code, CLEAN, bad, CLEAN, good or file())


def hidden(how: Any, text: str = "Kubernetes Kubernetes") -> Hidden:
    return Hidden(text=text, how=how, place="page 1")


CASES = [
    made("no_text_layer", file(text_layer=False)),
    made("read_by_ocr", file(text_layer=False, ocr=True)),
    made("unreadable_text", file(broken_text=0.2), file(broken_text=0.01)),
    made("broken_characters", file(broken_text=0.01), file(broken_text=0.0005)),
    *(made("hidden_text", file(hidden(how))) for how in ("white", "tiny", "off_page", "invisible", "covered", "hidden_run", "tags")),
    made("invisible_characters", file(hidden("zero_width"))),
    made("invisible_characters", file(hidden("bidi"))),
    made("comments_left", file(hidden("comment", "Is this true?"))),
    made("hidden_metadata", file(hidden("metadata"))),
    made("text_boxes", file(text_boxes=2)),
    made("tables", file(tables=1)),
    made("columns", file(columns=2), file(columns=1)),
    made("contact_in_header", file(header_footer=("Ada Byron · ada@example.com",)), file(header_footer=("Ada Byron · 2",))),
    made("contact_in_header", file(header_footer=("Tel. 0044 (20) 5550 0142 / +442055500142",))),
    made("text_in_header", file(header_footer=("Strictly confidential",)), file(header_footer=("page 1 / 2",))),
    made("large_file", file(size=2_500_001), file(size=2_500_000)),
    made("many_pages", file(pages=3), file(pages=2)),
    made("images", file(images=1)),
    made("many_fonts", file(fonts=("Calibri", "Arial", "Lato", "Inter")), file(fonts=("Calibri-Bold", "Calibri-Italic", "Calibri,BoldItalic", "Lato-SemiBold"))),
    made("odd_font", file(fonts=("CIDFont+F1",)), file(fonts=("BCDEEE+Calibri", "Wingdings"))),
    case("no_name", contact(name="")),
    case("no_email", contact(email="ada at example")),
    case("no_phone", contact(phone="")),
    case("odd_phone", contact(phone="12 34"), contact(phone="(020) 5550-0142 ext. 7")),
    case("odd_phone", contact(phone="on request")),
    case("odd_link", contact(links=(("GitHub", "ada on github"),)), contact(links=(("GitHub", "https://github.com/ada"), ("Nationality", "British")))),
    case("no_summary", having(summary="")),
    case("long_summary", having(summary="A careful engineer of payment systems. " * 16)),
    case("no_skills", having(skills=())),
    case("many_skills", having(skills=tuple(f"Skill number {n}" for n in range(41)))),
    case("no_experience", having(work_experience=())),
    case("no_education", having(education=())),
    case("no_heading", job(company="")),
    case("no_dates", job(start_date="a while ago"), job(start_date="Mar 2020")),
    case("no_dates", job(1, start_date="2021-01", end_date="2019-01")),
    case("no_highlights", job(highlights=()), job(highlights=(), summary="Ran the ledger for 40,000 payments a day.")),
    case("long_highlight", line("Moved " + "the old ledger " * 16 + "away.")),
    case("future_date", job(start_date="2031-01", end_date="2032-01")),
    case("odd_date", job(1, start_date="Spring 2015", end_date="2020-02"), job(1, start_date="Mar 2015")),
    case("odd_date", job(1, start_date="Mar '15")),
    case("not_newest_first", having(work_experience=CLEAN.work_experience[::-1])),
    case("odd_heading", having(extras=(Extra(title="Things I broke", lines=("A build",)),))),
    Case("odd_heading", CLEAN, Source(headings=(Heading("My journey", "work_experience"),)), CLEAN, Source(headings=(Heading("1. WORK EXPERIENCE:", "work_experience"), Heading("S K I L L S", "skills"), Heading("Licenses & Certifications", "certifications")))),
    case("mixed_dates", job(1, start_date="01/2015", end_date="02/2020"), job(1, start_date="2015-01")),
    Case("mixed_dates", CLEAN, Source(lines=("Brightwater  Mar 2020 – Present", "Kvitto  January 2015 – 02/2020")), CLEAN, Source(lines=("Brightwater  Mar 2020 – Present", "Kvitto  May 2015 – Feb 2020", "Leeds 2011 - 2014"))),
    case("mixed_date_precision", job(1, start_date="2015", end_date="2020-02")),
    case("mixed_endings", line("Set up a second site")),
    case("mixed_tense", line("Manage a team of five.", 1), line("Managed a team of five.", 1)),
    case("mixed_tense", line("Manages a team of five.", 1), line("Support for 30 users in two offices.", 1)),
    case("mixed_skill_case", having(skills=("Data modelling", "Incident response", "code review", "Mentoring")), having(skills=("data modelling", "incident response", "Python"))),
    case("skill_spelling", having(skills=("Javascript", "postgresql")), having(skills=("JavaScript", "Pandas", "SQL"))),
    case("repeated_skill", having(skills=("Kubernetes", "Python", "k8s")), having(skills=("Kubernetes", "Docker"))),
    case("spelling", line("Recieved the yearly prize for 3 tools."), line("Received the yearly prize for 3 tools.")),
    case("weak_opening", line("Responsible for 14 services."), line("Ran 14 services, and was responsible for two.")),
    case("passive", line("Reports were prepared weekly for 5 boards."), line("Prepared reports that were read by 5 boards.")),
    case("first_person", line("Built what I needed in 2 days."), line("Moved to US servers and i18n in 2 days.")),
    case("buzzword", line("Results-driven work on 3 ledgers."), line("Drove results on 3 ledgers.")),
    case("no_results", having(work_experience=(CLEAN.work_experience[0].model_copy(update={"highlights": ("Ran the ledger.", "Wrote its tests.", "Kept its documents.", "Met its users.")}),))),
    case("no_results", job(highlights=("Ran the ledger.", "Wrote its tests.", "Kept its documents."))),
    case("repeated_opening", job(highlights=("Built 3 ledgers.", "Built 4 tools.", "Built 5 sites.")), job(highlights=("Built 3 ledgers.", "Built 4 tools.", "Wrote 5 guides."))),
    case("repeated_highlight", line(LINES[0], 1)),
    case("short_highlight", line("Kept books."), line("Kept the books.")),
    case("many_highlights", job(highlights=tuple(f"{verb} {n + 2} ledgers." for n, verb in enumerate("Built Ran Wrote Moved Kept Sold Found Taught Fixed Led".split())))),
    case("long_resume", having(summary="Careful. " * 1_101)),
    case("short_resume", having(summary="Engineer.")),
    case("gap", job(1, end_date="2019-01"), job(1, end_date="2019-10")),
    case("gap", job(1, end_date="2018-01"), having(job(1, end_date="2018-01"), education=(Education(institution="Leeds", degree="MSc", start_date="2018-02", end_date="2020-01"),))),
    case("keyword_list", line("Python, Kafka, Terraform, Docker, Redis, Git.")),
    case("missing_skill", CLEAN, line("Ran Kafka for 14 teams.")),
    case("only_listed", having(skills=(*CLEAN.skills, "Kafka")), line("Ran Kafka for 14 teams.")),
    case("overused_keyword", job(highlights=tuple(f"{verb} {n + 2} Kafka clusters." for n, verb in enumerate("Built Ran Wrote Moved Kept Sold".split())))),
]  # fmt: skip
