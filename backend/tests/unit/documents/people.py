"""Made-up resumes as real people's look: seeded, so that a number names one resume for good."""

from random import Random

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

_PEOPLE = (
    ("Maya Lindqvist", "Göteborg, Sweden", "+46 70 555 01 42"), ("John O'Neill", "Austin, TX", "+1 512 555 0142"),
    ("Zoë Müller-Lüdenscheidt", "Köln, Germany", "+49 221 555 0142"), ("Łukasz Wiśniewski", "Kraków, Poland", "+48 12 555 01 42"),
    ("José Ángel Fernández de la Cruz", "Sevilla, Spain", "+34 955 550 142"), ("Анна Петрова", "Москва, Россия", "+7 495 555 01 42"),
    ("Γιώργος Παπαδόπουλος", "Αθήνα, Ελλάδα", "+30 21 0555 0142"), ("Nguyễn Thị Minh Khai", "Hà Nội, Vietnam", "+84 24 5550 0142"),
    ("Priya Raghunathan", "Bengaluru, India", "+91 80 5550 0142"), ("Chloé d'Aubigné", "Lyon, France", "+33 4 55 50 01 42"),
    ("Ada Lovelace", "London, UK", "+44 20 7946 0142"), ("Mehmet Şahin", "Istanbul, Turkey", "+90 212 555 01 42"),
    ("Sean McAllister Jr.", "Remote", "(415) 555-0142"), ("Björk Guðmundsdóttir", "Reykjavík, Iceland", "+354 555 0142"),
)  # fmt: skip
_COMPANIES = (
    "Harborline Freight", "Kvitto Pay", "Norrsken Data AB", "Acme Corp", "Brightwater & Sons", "AT&T", "Müller GmbH", "Ørsted",
    "Smith, Jones & Partners LLP", "Northwind Traders Inc.", "Société Générale", "3M", "Яндекс", "Initech", "Globex Corporation",
    "St. Mary's Hospital", "City of Portland", "Blue Bottle Coffee", "Hooli", "Deutsche Bahn AG", "Ernst & Young", "Vandelay Industries",
)  # fmt: skip
_TITLES = (
    "Senior Software Engineer", "Software Engineer", "Registered Nurse", "Account Executive", "Head of Marketing", "Data Scientist",
    "Project Manager, Infrastructure", "Engineering Manager", "Store Manager", "Product Designer", "Research Assistant",
    "Chief Technology Officer", "Site Reliability Engineer", "Financial Analyst", "High School Teacher", "DevOps Engineer",
    "Warehouse Operations Supervisor", "Junior Developer", "UX Researcher", "Civil Engineer",
)  # fmt: skip
_PLACES = (
    "Stockholm", "London, UK", "Austin, TX", "Berlin, Germany", "Remote", "New York, NY", "Paris, France", "Portland, OR",
    "São Paulo, Brazil", "Dublin, Ireland", "", "", "",
)  # fmt: skip
_DEEDS = (
    "Cut the delay of status updates from 6 hours to 4 minutes by moving {n} nightly jobs to {t}",
    "Led a team of {n} across three time zones; shipped the redesign two weeks early",
    "Built the {t} service that answers {n},200 requests a second at p99 below 80 ms",
    "Reduced costs by {n}% (about €{n}0,000 a year) without losing a single customer",
    "Wrote the onboarding guide that new colleagues still use",
    "Trained {n} volunteers and wrote the rota for the night shift",
    "Introduced contract tests between five teams, after which failures in staging halved",
    "Négocié {n} contrats avec des fournisseurs à l'étranger",
    "Migrated {n} services from virtual machines to {t} - with no downtime",
    "Responsible for the settlement of {n}.3 million card transactions a month, including reconciliation with two banks, month-end "
    "reports for the finance department and the yearly audit, which passed without remarks three times in a row",
    "Presented “{t} in practice” to an audience of {n}0",
    "Won the C++/{t} track: 1st of {n} teams",
    "Improved R&D throughput from $1.{n}M to $2.{n}M",
    "Handled <{n} ms latency budgets for 'real-time' pricing",
)
_TOOLS = (
    "Python", "Go", "PostgreSQL", "Kafka", "Kubernetes", "Terraform", "C++", "C#", ".NET", "Node.js", "React", "CI/CD", "AWS", "Excel",
    "SAP", "Figma", "R", "SQL", "Docker", "Git", "Linux", "TypeScript", "Machine Learning", "Public speaking", "A/B testing", "Salesforce",
    "Power BI", "scikit-learn", "Rust", "GraphQL", "Redis", "Grafana", "Ansible", "Jenkins", "Swift", "Kotlin", "Spark", "Airflow", "dbt",
    "Tableau", "Photoshop", "Scrum", "OpenTelemetry", "Elixir",
)  # fmt: skip
_SCHOOLS = (
    "Chalmers University of Technology", "University of London", "Massachusetts Institute of Technology", "Universidad de Sevilla",
    "Technische Universität München", "Boston College", "KTH Royal Institute of Technology", "Ohio State University",
)  # fmt: skip
_DEGREES = ("Bachelor of Science", "MSc", "PhD", "BA", "Master of Business Administration", "B.Eng.")
_FIELDS = ("Computer Science", "Economics", "Mechanical Engineering", "Nursing", "Mathematics", "History of Art", "")
_SUMMARIES = (
    "Backend engineer with a background in logistics and payments. I like small services, boring technology and graphs that tell the truth.",
    "Registered nurse with ten years on intensive-care wards, at ease with families, students and night shifts.",
    "Marketer who counts: campaigns planned, measured and stopped when they did not pay.\nSpeaker of four languages.",
    "Инженер с опытом в логистике и платежах.",
    "",
)
_PROJECTS = ("tidvakt", "Open Harbor Map", "Choir of the Dome", "ledger-lint", "Robot lawn mower", "Neural Pruner 2.0")


def person(number: int) -> Resume:
    """The resume of that number."""
    random = Random(number)
    name, location, phone = _PEOPLE[number % len(_PEOPLE)]
    user = f"person{number}"
    links = [("LinkedIn", f"https://linkedin.com/in/{user}"), ("GitHub", f"https://github.com/{user}"), ("Website", f"https://{user}.example.com")]  # fmt: skip
    return Resume(
        contact=Contact(
            name=name, email=f"{user}@example.com", phone=phone, location=location, links=tuple(links[: random.randint(0, 3)])
        ),
        summary=random.choice(_SUMMARIES),
        work_experience=tuple(_jobs(random)),
        education=tuple(_studies(random)),
        skills=tuple(random.sample(_TOOLS, random.choice((0, 5, 12, 25, 40)))),
        achievements=tuple(random.sample(("Employee of the Year 2019", "Best paper award, EuroSys 2021", "Ran the Berlin Marathon in 3:29"), random.randint(0, 2))),
        projects=tuple(_side_projects(random)),
        certifications=tuple(
            random.sample(
                (Certification(name="Certified Kubernetes Administrator", issuer="CNCF", date="2022-05"), Certification(name="PMP", date="2020"),
                 Certification(name="First Aid at Work", issuer="Red Cross")), random.randint(0, 2))
        ),
        languages=tuple(
            random.sample(
                (SpokenLanguage(language="English", fluency="Native"), SpokenLanguage(language="Swedish", fluency="Fluent"),
                 SpokenLanguage(language="German", fluency="B2"), SpokenLanguage(language="French")), random.choice((0, 0, 2, 3)))
        ),
        extras=tuple(
            Extra(title=title, lines=lines)
            for title, lines in (("Volunteering", ("Trainer at the local football club", "Reads to children on Saturdays")), ("Interests", ("Chess", "Long-distance trains")))
            if random.random() < 0.25
        ),
    )  # fmt: skip


def _jobs(random: Random) -> list[WorkEntry]:
    jobs: list[WorkEntry] = []
    year, end = random.randint(2018, 2023), "Present"
    companies = random.sample(_COMPANIES, 6)
    for number in range(random.choice((1, 2, 3, 3, 4, 6))):
        if number and random.random() < 0.1:
            companies[number] = companies[number - 1]
        exact = random.random() < 0.85
        start = f"{year}-{random.randint(1, 12):02}" if exact else str(year)
        jobs.append(
            WorkEntry(
                company=companies[number],
                title=random.choice(_TITLES),
                location=random.choice(_PLACES),
                start_date=start,
                end_date=end,
                summary="A team of six in short-sea shipping." if random.random() < 0.2 else "",
                highlights=tuple(_deeds(random)),
                technologies=tuple(random.sample(_TOOLS, random.choice((0, 0, 4, 7)))),
            )
        )
        gap = random.choice((0, 0, 1))
        end = f"{year - gap}-{random.randint(1, 12):02}" if exact and gap else str(year - gap)
        year = year - gap - random.randint(1, 4)
    return jobs


def _deeds(random: Random) -> list[str]:
    chosen = random.sample(_DEEDS, random.choice((0, 2, 3, 5, 7)))
    return [deed.format(n=random.randint(2, 48), t=random.choice(_TOOLS)) for deed in chosen]


def _studies(random: Random) -> list[Education]:
    studies = []
    for school in random.sample(_SCHOOLS, random.choice((0, 1, 1, 2))):
        year = random.randint(1998, 2016)
        studies.append(
            Education(
                institution=school,
                degree=random.choice(_DEGREES),
                field=random.choice(_FIELDS),
                location=random.choice(("", "", "Boston, MA", "Sweden")),
                start_date=str(year - 4) if random.random() < 0.6 else "",
                end_date=str(year),
                details=random.choice(((), (), ("GPA: 3.9/4.0",), ("Thesis: A study of ledgers", "Dean's list"))),
            )
        )
    return studies


def _side_projects(random: Random) -> list[Project]:
    return [
        Project(
            name=name,
            role=random.choice(("", "", "Maintainer")),
            description=random.choice(("", "An open-source time tracker for the terminal.")),
            url=random.choice(("", f"https://github.com/example/{name.split()[0].lower()}")),
            start_date=random.choice(("", "2021-03")),
            end_date=random.choice(("2022-04", "2023")),
            highlights=tuple(_deeds(random)[:2]),
            technologies=tuple(random.sample(_TOOLS, random.choice((0, 3)))),
        )
        for name in random.sample(_PROJECTS, random.choice((0, 0, 1, 2)))
    ]
