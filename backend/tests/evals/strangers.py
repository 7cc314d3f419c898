"""Made-up resumes of words that no rule was written with: titles of ESCO, tasks and tools of O*NET, and names, employers,
schools and towns of many countries. Seeded: a number names one resume for good."""

import csv
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from backend.domain.resume import (
    Certification,
    Contact,
    Education,
    Extra,
    Project,
    Resume,
    SpokenLanguage,
    WorkEntry,
)

_FIRST = """Amara Bilal Camille Dmitri Eilidh Farid Greta Haruto Ines Jarosław Kwame Léonie Mireille Nikolai Oluwaseun Paloma
Quentin Ranveer Siobhán Tomáš Ulrike Vikram Wanjiru Ximena Yusuf Zsófia Mary-Ann Jean-Luc Þórdís Nguyệt Андрей Ελένη""".split()
_LAST = """Abara Björnsson Castellanos Dvořák Ekström Fitzgerald Goh Hakimi Ivanova Jankowski Kovács Larsen Mbeki Nakagawa
O'Brien Petrov Quiroga Ramaswamy Szabó Thorvald Umarov Vasquez Whitfield Xu Yıldız Zieliński Smith-Barnes García-Moreno
Müller van-Dijk Соколова Παππάς""".split()
_TOWNS = (
    "Uppsala, Sweden", "Leicester, UK", "Boise, ID", "Tartu, Estonia", "Remote", "Kisumu, Kenya", "Grenoble, France", "Dayton, OH", "Puebla, Mexico",
    "Halifax, NS", "Coimbatore, India", "Ghent, Belgium", "Nagoya, Japan", "Christchurch, New Zealand", "Santa Fe, NM", "Trondheim",
    "Galway", "Utrecht", "Chandigarh", "Fresno, California", "", "", "",
)  # fmt: skip
_STEMS = """Aldermoor Brightloom Cindervale Dunmore Everfield Foxglove Granite Halcyon Ironbark Juniper Kestrel Lumina Meridian
Nimbus Oakhurst Pinnacle Quillon Redwood Saltmarsh Tidewell Umbra Vantage Windrose Xylo Yarrow Zephyr Rosalind Tatra Sakura
Fjord""".split()
_ENDINGS = (
    "", "", "", "", " Ltd", " Inc.", " GmbH", " & Co.", " Group", ", Inc.", " S.A.", " Foods", " Hospital", " Media", " Logistics",
    " Partners LLP", " County Council", " Unified School District", " Water", " Games", " Biosciences", " AB", " Pvt Ltd", " Bank",
)  # fmt: skip
_SCHOOLS = (
    "Uppsala University", "Georgia Tech", "Politecnico di Milano", "University of Nairobi", "Universidad de Chile", "Sciences Po", "McGill University",
    "Indian Institute of Technology Madras", "Trinity College Dublin", "University of Wisconsin–Madison", "Lund University", "Waseda University",
    "École Polytechnique", "Universität Heidelberg", "Portland Community College", "St. Olaf College", "Tecnológico de Monterrey",
    "University of Texas at Austin", "London School of Economics", "Rhode Island School of Design", "TU Delft", "King's College London",
    "Charles University", "Universidade de São Paulo", "Lincoln High School", "Nanyang Technological University", "Yale University",
)  # fmt: skip
_DEGREES = (
    "Bachelor of Arts", "Bachelor of Science", "Master of Science", "Bachelor of Commerce", "B.S.", "B.A.", "M.A.", "BSc (Hons)", "M.Sc.", "MBA", "PhD",
    "Diploma", "Associate of Applied Science", "Bachelor of Engineering", "Master of Public Health", "Doctor of Philosophy", "BFA", "LLB",
    "Certificate", "B.Tech", "Licenciatura",
)  # fmt: skip
_FIELDS = (
    "Biochemistry", "Political Science", "Graphic Design", "Civil Engineering", "Computer Engineering", "Accounting", "Public Policy", "Linguistics",
    "Hospitality Management", "Applied Mathematics", "Marine Biology", "Film Studies", "Supply Chain Management", "Philosophy",
    "Computer Science and Engineering", "International Relations", "Music", "", "", "Data Science",
)  # fmt: skip
_DATES = ("{year}-{month:02}", "{year}-{month:02}", "{year}-{month:02}", "{year}", "{name} {year}", "{month:02}/{year}")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HONOURS = (
    "Volunteer of the Year, 2018", "Second place, regional robotics contest", "Patent US 10,123,456 for a valve",
    "Keynote at the 2020 nursing congress",
)  # fmt: skip
_PAPERS = (
    ("Certified Public Accountant", "AICPA", "2016"), ("AWS Certified Developer", "Amazon Web Services", "2021-09"), ("CPR", "", "2023-01"),
    ("Certified Scrum Product Owner", "Scrum Alliance", ""), ("Food Handler", "State of Oregon", "2019"),
)  # fmt: skip
_TONGUES = (
    ("English", "Fluent"), ("Hindi", "Native"), ("Portuguese", "B1"), ("Japanese", "Conversational"), ("Finnish", ""), ("Arabic", "Native"),
)  # fmt: skip
_SIDE = (
    "Seedbank", "rivermap", "Tiny Synth", "Bus Times", "Paper Mill 2", "OpenLoom", "Night Sky Atlas", "grainsort", "Mosaic: A Tile Editor",
)  # fmt: skip
_EXTRAS = (
    ("Volunteering", ("Food bank driver since 2019", "Coach of an under-12 team")), ("Interests", ("Beekeeping", "Ceramics")),
    ("Publications", ("On the drift of buoys, Journal of Tides 12 (2019)",)), ("Memberships", ("Royal Society of Chemistry", "IEEE")),
)  # fmt: skip


class Words(NamedTuple):
    titles: tuple[str, ...]
    tasks: tuple[str, ...]
    skills: tuple[str, ...]


@lru_cache(maxsize=1)
def words(data: Path) -> Words:
    """Raises FileNotFoundError where the folder of shared data is absent."""
    titles = _column(data / "esco_occupations" / "occupations_en.csv", "preferredLabel", ",")
    tasks = _column(data / "onet_29_2" / "Task Statements.txt", "Task", "\t")
    skills = sorted(set(_column(data / "onet_29_2" / "Technology Skills.txt", "Example", "\t")))
    return Words(
        tuple(title.title() for title in titles if len(title) <= 45),
        tuple(task.rstrip(".") for task in tasks if len(task) <= 260),
        tuple(skill for skill in skills if len(skill) <= 30 and not set(skill) & set(",;:()")),
    )


def _column(path: Path, name: str, delimiter: str) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [row[name].strip() for row in csv.DictReader(lines, delimiter=delimiter) if row.get(name)]


def stranger(number: int, data: Path) -> Resume:
    """The resume of that number."""
    random = Random(90_000 + number)
    said = words(data)
    first, last = random.choice(_FIRST), random.choice(_LAST)
    user = f"stranger{number}"
    links = [("LinkedIn", f"https://www.linkedin.com/in/{user}"), ("Website", f"https://{user}.example.org/work")]
    return Resume(
        contact=Contact(
            name=f"{first} {last}" if random.random() < 0.8 else f"{first} {random.choice('ABCDEFG')}. {last}",
            email=f"{user}@example.net",
            phone=random.choice(("+1 (503) 555-0143", "+44 7700 900143", "+49 30 5550143", "503.555.0143", "+91 98 5550 0143")),
            location=random.choice(_TOWNS[:14]),
            links=tuple(links[: random.randint(0, 2)]),
        ),
        summary=f"{random.choice(said.tasks)}. {random.choice(said.tasks)}." if random.random() < 0.7 else "",
        work_experience=tuple(_jobs(random, said)),
        education=tuple(_studies(random)),
        skills=tuple(dict.fromkeys(random.sample(said.skills, random.choice((0, 6, 14, 30))))),
        achievements=tuple(random.sample(_HONOURS, random.randint(0, 2))),
        projects=tuple(_projects(random, said)),
        certifications=tuple(
            Certification(name=name, issuer=issuer, date=date) for name, issuer, date in random.sample(_PAPERS, random.randint(0, 2))
        ),
        languages=tuple(SpokenLanguage(language=name, fluency=level) for name, level in random.sample(_TONGUES, random.choice((0, 0, 2, 3)))),
        extras=tuple(Extra(title=title, lines=lines) for title, lines in random.sample(_EXTRAS, random.choice((0, 0, 1, 2)))),
    )  # fmt: skip


def _date(random: Random, form: str, year: int) -> str:
    month = random.randint(1, 12)
    return form.format(year=year, month=month, name=_MONTHS[month - 1])


def _employer(random: Random) -> str:
    stem = random.choice(_STEMS)
    if random.random() < 0.25:
        stem += f" {random.choice(('& ', ''))}{random.choice(_STEMS)}"
    return stem + random.choice(_ENDINGS)


def _jobs(random: Random, said: Words) -> list[WorkEntry]:
    jobs = []
    form = random.choice(_DATES)
    year, end = random.randint(2017, 2024), random.choice(("Present", "Present", "2025-02"))
    for _ in range(random.randint(1, 6)):
        start = _date(random, form, year)
        jobs.append(
            WorkEntry(
                company=_employer(random),
                title=random.choice(said.titles),
                location=random.choice(_TOWNS),
                start_date=start,
                end_date=end,
                summary=f"{random.choice(said.tasks)}." if random.random() < 0.15 else "",
                highlights=tuple(random.sample(said.tasks, random.choice((0, 2, 3, 4, 6)))),
                technologies=tuple(random.sample(said.skills, random.choice((0, 0, 0, 4)))),
            )
        )
        end = _date(random, form, year - random.choice((0, 1)))
        year = int(next(part for part in (end[:4], end[-4:]) if part.isdigit())) - random.randint(1, 4)
    return jobs


def _studies(random: Random) -> list[Education]:
    studies = []
    for school in random.sample(_SCHOOLS, random.choice((0, 1, 1, 1, 2, 3))):
        year = random.randint(1992, 2022)
        studies.append(
            Education(
                institution=school,
                degree=random.choice(_DEGREES),
                field=random.choice(_FIELDS),
                location=random.choice(_TOWNS) if random.random() < 0.3 else "",
                start_date=str(year - 3) if random.random() < 0.5 else "",
                end_date=random.choice((str(year), f"{year}-06")),
                details=random.choice(((), (), ("GPA: 3.7/4.0",), ("Minor in Spanish", "Dean's List"), ("Relevant coursework: Tides, Winds",))),
            )
        )  # fmt: skip
    return studies


def _projects(random: Random, said: Words) -> list[Project]:
    return [
        Project(
            name=name,
            role=random.choice(("", "", "Lead developer", "Contributor")),
            description=random.choice(("", f"{random.choice(said.tasks)}.")),
            url=random.choice(("", f"https://example.org/{name.split()[0].lower().rstrip(':')}")),
            start_date=random.choice(("", "2020-02")),
            end_date=random.choice(("", "2021-11", "2022")),
            highlights=tuple(random.sample(said.tasks, random.choice((0, 1, 2)))),
            technologies=tuple(random.sample(said.skills, random.choice((0, 3)))),
        )
        for name in random.sample(_SIDE, random.choice((0, 0, 1, 2)))
    ]
