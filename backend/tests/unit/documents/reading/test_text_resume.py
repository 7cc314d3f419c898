"""Resumes as people lay them out."""

from textwrap import dedent

import pytest

from backend.documents.reading import read_resume_file
from backend.domain import stored_shape
from backend.domain.resume import Resume


def parsed(text: str) -> Resume:
    return stored_shape.read(read_resume_file(dedent(text).encode()))


def jobs(text: str) -> list[tuple[str, str, str, str, str]]:
    found = parsed(f"Ada Lovelace\n\nEXPERIENCE\n\n{dedent(text)}").work_experience
    return [(job.title, job.company, job.location, job.start_date, job.end_date) for job in found]


ENGINEER = ("Senior Engineer", "Acme Corp", "Berlin", "2020-01", "Present")
INTERN = ("Intern", "Beta Labs", "", "2018", "2019")


@pytest.mark.parametrize(
    "text",
    [
        "Senior Engineer — Acme Corp, Berlin (Jan 2020–Present)\n- Did it\n\nIntern — Beta Labs (2018–2019)\n- Helped",
        "Acme Corp, Berlin | Senior Engineer | Jan 2020 - Present\n• Did it\nBeta Labs | Intern | 2018 - 2019\n• Helped",
        "Senior Engineer\nAcme Corp, Berlin    01/2020 – Present\n* Did it\n\nIntern\nBeta Labs    2018 – 2019\n* Helped",
        "Acme Corp          Berlin\nSenior Engineer    Jan 2020 – Present\n- Did it\n\nBeta Labs\nIntern     2018 – 2019\n- Helped",
        "Senior Engineer\n\nAcme Corp - Berlin\n\nJanuary 2020 to Present\n\n• Did it\n\nIntern\n\nBeta Labs\n\n2018 to 2019\n\n• Helped",
        "Jan 2020 – Present\nSenior Engineer, Acme Corp, Berlin\n- Did it\n\n2018 – 2019\nIntern, Beta Labs\n- Helped",
        "Jan 2020 – Present: Senior Engineer at Acme Corp, Berlin\n  - Did it\n2018 – 2019: Intern at Beta Labs\n  - Helped",
        "Senior Engineer @ Acme Corp (Berlin)\nJan 2020 - Present\n- Did it\n\nIntern @ Beta Labs\n2018 - 2019\n- Helped",
        "Company: Acme Corp\nTitle: Senior Engineer\nLocation: Berlin\nDates: Jan 2020 - Present\n- Did it\n\nIntern, Beta Labs, 2018-2019\n- Helped",
        "- Senior Engineer, Acme Corp, Berlin, Jan 2020 - Present\n    - Did it\n- Intern, Beta Labs, 2018-2019\n    - Helped",
        "### Senior Engineer, Acme Corp\n*Jan 2020 – Present* | Berlin\n\n- Did it\n\n### Intern — Beta Labs\n2018 - 2019\n\n- Helped",
        "### Acme Corp, Berlin\n#### Senior Engineer\nJan 2020 – Present\n- Did it\n\n### Beta Labs\n#### Intern\n2018 - 2019\n- Helped",
        "**Senior Engineer**, *Acme Corp* — Berlin | Jan 2020 – Present\n* Did it\n\n**Intern**, *Beta Labs* | 2018 – 2019\n* Helped",
    ],
)  # fmt: skip
def test_a_position_is_read_in_the_common_layouts(text: str) -> None:
    assert jobs(text) == [ENGINEER, INTERN]
    found = parsed(f"Ada Lovelace\n\nEXPERIENCE\n\n{text}").work_experience
    assert [job.highlights for job in found] == [("Did it",), ("Helped",)]


def test_positions_stacked_under_one_employer_share_it() -> None:
    text = "Acme Corp, Berlin\nSenior Developer   2020 - 2022\n• A\nDeveloper   2017 - 2019\n• B\n\nFreelance Developer (2013 - 2014)\n• C"
    assert [(title, company) for title, company, *_ in jobs(text)] == [
        ("Senior Developer", "Acme Corp"),
        ("Developer", "Acme Corp"),
        ("Freelance Developer", ""),
    ]


def test_bullets_run_on_and_technologies_are_taken_out() -> None:
    (job,) = parsed(
        """\
        Ada Lovelace

        EXPERIENCE
        Engineer, Acme Corp, 2020 - 2021
        A team of five that builds
        engines.
        • Built a pipeline that runs on
          Kubernetes
        • Led the team
        Tech stack: Go, Python (3.x, async)
        """
    ).work_experience
    assert job.summary == "A team of five that builds engines."
    assert job.highlights == ("Built a pipeline that runs on Kubernetes", "Led the team")
    assert job.technologies == ("Go", "Python (3.x, async)")


def test_statements_without_bullets_are_highlights() -> None:
    (job,) = parsed("Ada Lovelace\n\nEXPERIENCE\nEngineer, Acme, 2020\nBuilt engines.\nWrote notes.\n").work_experience
    assert job.highlights == ("Built engines.", "Wrote notes.")


@pytest.mark.parametrize(
    "text",
    [
        "SUMMARY\nI build.\n\nSKILLS\nGo, C\n\nHOBBIES\nChess",
        "Summary\n-------\nI build.\n\nSkills\n------\nGo, C\n\nHobbies\n-------\nChess",
        "Summary:\nI build.\n\nSkills:\nGo, C\n\nHobbies:\nChess",
        "== Summary ==\nI build.\n\n== Skills ==\nGo, C\n\n== Hobbies ==\nChess",
        "## Summary\nI build.\n\n## Skills\nGo, C\n\n## Hobbies\nChess",
        "**SUMMARY**\nI build.\n\n**SKILLS**\nGo, C\n\n**HOBBIES**\nChess",
        "Summary: I build.\n\nSkills: Go, C\n\nHobbies: Chess",
        "1. SUMMARY\nI build.\n\n2. SKILLS\nGo, C\n\n3. HOBBIES\nChess",
        "Summary\n\nI build.\n\nSkills\n\nGo, C\n\nHobbies\n\nChess",
    ],
)
def test_sections_are_found_however_their_headings_are_marked(text: str) -> None:
    resume = parsed(f"Ada Lovelace\nada@example.com\n\n{text}\n")
    assert (resume.contact.name, resume.summary, resume.skills) == ("Ada Lovelace", "I build.", ("Go", "C"))
    assert [(extra.title.lower(), extra.lines) for extra in resume.extras] == [("hobbies", ("Chess",))]


def test_a_heading_that_we_do_not_know_begins_an_extra_section() -> None:
    resume = parsed("Ada\n\nSKILLS\nGo\n\nTHINGS I LIKE\nTea\n\n- Rain\n")
    assert [(extra.title, extra.lines) for extra in resume.extras] == [("THINGS I LIKE", ("Tea", "Rain"))]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace\nAnalyst\nLondon, UK | ada@example.com | +44 20 7946 0000 | github.com/ada",
        "ADA\n".replace("ADA", "Ada Lovelace")
        + "Email: ada@example.com\nPhone: +44 20 7946 0000\nLocation: London, UK\nGitHub: github.com/ada\nAnalyst",
        "# Ada Lovelace\n**Analyst** · [ada@example.com](mailto:ada@example.com) · +44 20 7946 0000 · London, UK · [GitHub](github.com/ada)",
        "Resume\n\nAda Lovelace — Analyst\nada@example.com +44 20 7946 0000 London, UK\ngithub.com/ada",
        "Name: Ada Lovelace\nHeadline: Analyst\nada@example.com • +44 20 7946 0000 • London, UK • github.com/ada",
    ],
)
def test_the_header_is_taken_apart(text: str) -> None:
    resume = parsed(f"{text}\n\n## Skills\n\nGo\n" if text.startswith("#") else f"{text}\n\nSKILLS\nGo\n")
    contact = resume.contact
    assert (contact.name, contact.email, contact.phone, contact.location) == (
        "Ada Lovelace", "ada@example.com", "+44 20 7946 0000", "London, UK",
    )  # fmt: skip
    assert contact.links == (("GitHub", "github.com/ada"),)
    assert [extra.lines for extra in resume.extras] == [("Analyst",)]


def test_a_paragraph_above_the_sections_is_the_summary() -> None:
    text = (
        "Ada Lovelace\nada@example.com\n\nAn analyst with ten years of work on engines of every kind.\n\nSKILLS\nGo\n"
    )
    assert parsed(text).summary == "An analyst with ten years of work on engines of every kind."


@pytest.mark.parametrize(
    "text",
    [
        "BSc Computer Science, University of London, 2011–2015\nGPA: 3.9",
        "University of London    2011 – 2015\nBSc in Computer Science\nGPA: 3.9",
        "BSc in Computer Science\n\nUniversity of London\n\n2011 to 2015\n\nGPA: 3.9",
        "2011 – 2015\nBSc, Computer Science — University of London\n- GPA: 3.9",
        "### University of London\nBSc Computer Science, 2011 - 2015\n\n- GPA: 3.9",
        "Degree: BSc\nField: Computer Science\nSchool: University of London\nDates: 2011 - 2015\nGPA: 3.9",
    ],
)
def test_education_is_read_in_the_common_layouts(text: str) -> None:
    (item,) = parsed(f"Ada\n\n## Education\n\n{text}\n").education
    assert (item.degree, item.field, item.institution) == ("BSc", "Computer Science", "University of London")
    assert (item.start_date, item.end_date, item.details) == ("2011", "2015", ("GPA: 3.9",))


def test_degrees_one_below_the_other_are_entries_of_their_own() -> None:
    text = "Ada\n\nEDUCATION\nMBA, IIM Bangalore, 2010\nB.Com, Madras University, 2008\n\nIllinois High School, Springfield, IL\nDiploma, 2005\n"
    assert [(item.degree, item.institution, item.end_date) for item in parsed(text).education] == [
        ("MBA", "IIM Bangalore", "2010"),
        ("B.Com", "Madras University", "2008"),
        ("Diploma", "Illinois High School", "2005"),
    ]


def test_skills_keep_their_groups_and_give_up_what_is_none() -> None:
    text = "Ada\n\nSKILLS\nLanguages: Go, Python\n- Tools: Docker (Compose, Swarm); Git\nSQL (6\nyears)\nLanguage: Fluent in Spanish\nInterests: Tea\n"
    document = read_resume_file(text.encode())
    assert document["skills"] == [
        {"category": "Languages", "items": ["Go", "Python"]},
        {"category": "Tools", "items": ["Docker (Compose, Swarm)", "Git"]},
        "SQL (6 years)",
    ]
    assert document["languages"] == [{"language": "Spanish", "fluency": "Fluent"}]
    assert document["Interests"] == ["Tea"]


def test_languages_are_read_with_their_levels() -> None:
    found = parsed(
        "Ada\n\nLANGUAGES\nEnglish (native), German – B2\nFrench: basic\nFluent in Polish and Czech\n"
    ).languages
    assert [(item.language, item.fluency) for item in found] == [
        ("English", "native"), ("German", "B2"), ("French", "basic"), ("Polish", "Fluent"), ("Czech", "Fluent"),
    ]  # fmt: skip


def test_certifications_are_read_and_an_expiry_is_no_date_of_issue() -> None:
    text = "Ada\n\nCERTIFICATIONS\n- Solutions Architect – Amazon (2021)\n- CKA, CNCF, May 2022\n- ACLS, Red Cross, expires 2025\n- BLS\n"
    assert [(item.name, item.issuer, item.date) for item in parsed(text).certifications] == [
        ("Solutions Architect", "Amazon", "2021"),
        ("CKA", "CNCF", "2022-05"),
        ("ACLS", "Red Cross, expires 2025", ""),
        ("BLS", "", ""),
    ]


def test_projects_are_read_in_the_common_layouts() -> None:
    text = """\
        Ada

        ## Projects

        ### [Engine](https://github.com/ada/engine)
        A machine.

        - Punched cards

        ### Loom | React, Node.js | 2021
        Weaves.
        """
    engine, loom = parsed(text).projects
    assert (engine.name, engine.url, engine.description) == ("Engine", "https://github.com/ada/engine", "A machine.")
    assert (loom.name, loom.technologies, loom.start_date) == ("Loom", ("React", "Node.js"), "2021")
    bulleted = parsed("Ada\n\nPROJECTS\n- Engine: a machine that counts\n- Loom – weaves flowers and leaves\n").projects
    assert [(item.name, item.description) for item in bulleted] == [
        ("Engine", "a machine that counts"),
        ("Loom", "weaves flowers and leaves"),
    ]


def test_every_word_is_kept_somewhere() -> None:
    text = """\
        Tom Baker
        tom@example.com | Marital status: single

        PROFESSIONAL EXPERIENCE
        Odd one out
        Sous Chef at The Ivy, London (2014-2018), part-time
        Prepared sauces. Trained apprentices.

        Commis Chef, Savoy, 2012 to 2014

        EDUCATION
        Le Cordon Bleu, Paris. Diplome, 2012, with praise, and more, Lyon

        VOLUNTEER WORK
        Food bank, weekly
        """
    kept = str(read_resume_file(dedent(text).encode()))
    headings = {"PROFESSIONAL", "EXPERIENCE", "EDUCATION", "to", "at"}
    words = {word.strip(".,()|:") for word in text.replace("-", " ").split()} - headings
    assert {word for word in words if word not in kept} == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Platform Intern, Acme. Austin, Texas\nMay 2023 – Aug 2023\n- A", ("Platform Intern", "Acme", "Austin, Texas")),
        ("Lead Engineer - Test Tools\n\nAcme Systems\n\nJan 2014 to Jun 2015\n- A", ("Lead Engineer - Test Tools", "Acme Systems", "")),
        ("Engineer\nAcme — Platform Reliability\n03/2021 – Present Austin, TX\n- A", ("Engineer", "Acme — Platform Reliability", "Austin, TX")),
        ("Staff Engineer, Platform    2020 – 2021\nAcme Systems    Remote\n- A", ("Staff Engineer, Platform", "Acme Systems", "Remote")),
        ("Freelance    Austin, TX\nTutor    2020 – 2021\n- A", ("Tutor", "Freelance", "Austin, TX")),
        ("University of California, Berkeley    Berkeley, CA\nPeer    2020 – 2021\n- A", ("Peer", "University of California, Berkeley", "Berkeley, CA")),
        ("ACME    Seoul, S.Korea & LA, U.S.A\nDeveloper Intern    2020 – 2021\n- A", ("Developer Intern", "ACME", "Seoul, S.Korea & LA, U.S.A")),
    ],
)  # fmt: skip
def test_title_employer_and_place_are_told_apart(text: str, expected: tuple[str, str, str]) -> None:
    assert [(title, company, place) for title, company, place, *_ in jobs(text)] == [expected]


def test_positions_set_in_below_an_employer_are_its_own() -> None:
    text = "Acme Corp\n   Staff Engineer, Infrastructure   2022 – 2024\n     • A\n   Engineer, Identity Services   2020 – 2022\n     • B"
    assert [(title, company) for title, company, *_ in jobs(text)] == [
        ("Staff Engineer, Infrastructure", "Acme Corp"),
        ("Engineer, Identity Services", "Acme Corp"),
    ]


def test_a_date_said_twice_begins_no_second_position() -> None:
    text = "Engineer\nAcme Corp\nJan 2014 to Jun 2015\n\nDURATION Jan 2014 to Jun 2015\n• Did it"
    assert [(title, start) for title, _, _, start, _ in jobs(text)] == [("Engineer", "2014-01")]


@pytest.mark.parametrize(
    ("text", "title", "company", "degree", "institution"),
    [
        (
            "Berufserfahrung\nSoftwareentwickler, Siemens AG, München\nJanuar 2020 – heute\n- A\n\nAusbildung\nTechnische Universität München\nM.Sc. Informatik, 2014 – 2016",
            "Softwareentwickler", "Siemens AG", "M.Sc.", "Technische Universität München",
        ),
        (
            "EXPÉRIENCE PROFESSIONNELLE\nIngénieure logiciel — BNP Paribas, Paris\njanv. 2019 – présent\n• A\n\nFORMATION\nÉcole Polytechnique\nLicence en informatique, 2014 - 2018",
            "Ingénieure logiciel", "BNP Paribas", "Licence en informatique", "École Polytechnique",
        ),
        (
            "EXPERIENCIA LABORAL\nDesarrollador Full Stack\nTelefónica S.A., Madrid\nenero de 2020 - actualidad\n- A\n\nEDUCACIÓN\nUniversidad Complutense\nGrado en Historia, 2015 - 2019",
            "Desarrollador Full Stack", "Telefónica S.A.", "Grado en Historia", "Universidad Complutense",
        ),
        (
            "Опыт работы\nООО «Ромашка»\nСтарший разработчик\nМарт 2019 – настоящее время\n- А\n\nОбразование\nМГУ, Университет\nМагистр, математика, 2013 – 2019",
            "Старший разработчик", "ООО «Ромашка»", "Магистр", "МГУ, Университет",
        ),
        (
            "工作经历\n阿里巴巴集团 | 高级软件工程师 | 2020年1月 – 至今\n• 甲\n\n教育背景\n清华大学 | 硕士 | 计算机科学 | 2014年 – 2017年",
            "高级软件工程师", "阿里巴巴集团", "硕士", "清华大学",
        ),
        (
            "경력\n네이버 주식회사 | 백엔드 개발자 | 2020년 1월 ~ 현재\n• 가\n\n학력\n서울대학교 | 학사 | 컴퓨터공학 | 2014 - 2018",
            "백엔드 개발자", "네이버 주식회사", "학사", "서울대학교",
        ),
    ],
    ids=["German", "French", "Spanish", "Russian", "Chinese", "Korean"],
)  # fmt: skip
def test_resumes_are_read_in_many_languages(text: str, title: str, company: str, degree: str, institution: str) -> None:
    resume = parsed(f"Ada Lovelace\nada@example.com\n\n{text}\n")
    (job,), (school,) = resume.work_experience, resume.education
    assert (job.title, job.company, job.end_date) == (title, company, "Present")
    assert (school.degree, school.institution) == (degree, institution)


@pytest.mark.parametrize(
    "name",
    ["ADA LOVELACE", "Sinéad O'Brien", "Ludwig van der Berg", "Lovelace, Ada", "Ada Lovelace, PhD", "田中 太郎", "김민준",
     "Анна Иванова", "ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ", "محمد علي", "Nguyễn Văn An", "Tom Baker", "Paris Hilton"],
)  # fmt: skip
def test_names_are_read_in_many_scripts(name: str) -> None:
    resume = parsed(f"{name}\nAnalyst\nx@example.com | Berlin, Germany\n\nSKILLS\nGo\n")
    assert (resume.contact.name, resume.contact.location) == (name, "Berlin, Germany")


@pytest.mark.parametrize(
    "phone",
    ["+33 6 12 34 56 78", "+49 (0)89 1234567", "+91-98765 43210", "080-1234-5678", "+55 (11) 91234-5678", "555.123.4567",
     "+44 (0)20 7946 0958 ext. 12", "00 49 30 123456", "8 (916) 123-45-67", "0171/1234567", "(+1) 312-555-0123", "6912345678"],
)  # fmt: skip
def test_phone_numbers_are_read_as_countries_write_them(phone: str) -> None:
    for line in (f"Berlin, Germany | {phone} | ada@example.com", f"Tel: {phone}", f"Telefon: {phone}"):
        assert parsed(f"Ada Lovelace\n{line}\n\nSKILLS\nGo\n").contact.phone == phone


def test_the_name_is_found_below_the_headline_by_the_address() -> None:
    resume = parsed("Product Designer\nJane Smith\njane.smith@example.com\n\nSKILLS\nGo\n")
    assert resume.contact.name == "Jane Smith"


def test_a_school_named_once_holds_for_the_degrees_below_it() -> None:
    (first, second) = parsed(
        "Ada\n\nEDUCATION\nMassachusetts Institute of Technology, Cambridge, MA\n"
        "Master of Science in Physics, 2016 - 2018\nBachelor of Science in Mathematics, 2012 - 2016\n"
    ).education
    assert first.institution == second.institution == "Massachusetts Institute of Technology"
    assert (first.location, first.end_date, second.end_date) == ("Cambridge, MA", "2018", "2016")


def test_a_faculty_below_its_entry_is_a_detail() -> None:
    (school,) = parsed(
        "Ada\n\nEDUCATION\nCornell University\nBS in Physics\nMay 2014\nCollege of Engineering\nMagna Cum Laude\n"
    ).education
    assert school.institution == "Cornell University"
    assert school.details == ("College of Engineering", "Magna Cum Laude")


@pytest.mark.parametrize("section", ["Projects", "Experience", "Education"])
def test_a_heading_of_an_outer_level_may_follow_one_of_an_inner(section: str) -> None:
    assert parsed(f"# Ada Lovelace\n\n## {section}\n### tidvakt\n#").contact.name == "Ada Lovelace"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Engineer, Acme Corp    2018 – 2019 · Trondheim", ("Engineer", "Acme Corp", "Trondheim")),
        ("Engineer, Acme Corp · Trondheim    2018 – 2019", ("Engineer", "Acme Corp", "Trondheim")),
        ("Engineer, Halcyon, Remote    2018 – 2019", ("Engineer", "Halcyon", "Remote")),
        ("Manager, Infrastructure, Halcyon, Denmark    2018 – 2019", ("Manager, Infrastructure", "Halcyon", "Denmark")),
        ("Director, Product Management | Halcyon    2018 – 2019", ("Director, Product Management", "Halcyon", "")),
        ("### Halcyon · Trondheim    2018 – 2019\n*Stone Polisher*\n", ("Stone Polisher", "Halcyon", "Trondheim")),
        ("Colorist, Halcyon    2018 – 2019", ("Colorist", "Halcyon", "")),
    ],
)
def test_a_place_beside_title_and_employer_is_told_from_them(text: str, found: tuple[str, str, str]) -> None:
    assert jobs(f"{text}\n- Did it") == [(*found, "2018", "2019")]


def test_a_town_that_we_do_not_know_is_one_where_the_others_are() -> None:
    text = "Weaver, Halcyon | Berlin    2018 – 2019\n- Did it\n\nWeaver, Redwood | Trondheim    2016 – 2017\n- Did that"
    assert [job[:3] for job in jobs(text)] == [("Weaver", "Halcyon", "Berlin"), ("Weaver", "Redwood", "Trondheim")]


def test_two_addresses_after_one_label_are_two_ways_to_reach_somebody() -> None:
    links = parsed("Ada Lovelace\nada@example.com | Blog: a.example.com b.example.com\n\nSKILLS\n\nGo").contact.links
    assert links == (("Blog", "a.example.com"), ("Website", "b.example.com"))


def test_a_certificate_below_education_is_a_certificate() -> None:
    text = "Ada\n\nEDUCATION AND CERTIFICATIONS\nBSc in Physics, University of Utah, 2017\nAWS Certified Architect, Amazon, 2020\n"
    resume = parsed(text)
    assert [school.institution for school in resume.education] == ["University of Utah"]
    assert [item.name for item in resume.certifications] == ["AWS Certified Architect"]
