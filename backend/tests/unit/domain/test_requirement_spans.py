import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.job import Job
from backend.domain.lexicon import Lexicon
from backend.domain.requirement_spans import ExtractedRequirement, extract_requirements


def found(text: str, lexicon: Lexicon) -> dict[tuple[str, str], ExtractedRequirement]:
    return {(one.kind, one.name): one for one in extract_requirements(text, lexicon)}


def one(text: str, lexicon: Lexicon, kind: str, name: str) -> ExtractedRequirement:
    requirements = found(text, lexicon)
    assert (kind, name) in requirements, list(requirements)
    return requirements[kind, name]


JOB = """Senior Backend Engineer

What you will do:
- Design services in Go
- Mentor junior engineers

Requirements:
- 5+ years of experience with Python and PostgreSQL
- Bachelor's degree in Computer Science or equivalent
- Excellent communication skills
- Fluent English, German is a plus
- Valid driver's license

Nice to have:
- Rust (2 years)

Benefits:
- 25 days of holiday and a flexible schedule
"""


@pytest.mark.parametrize(
    ("kind", "name", "importance", "explicit", "written"),
    [
        ("responsibility", "Design services in Go", "required", True, "Design services in Go"),
        ("skill", "Go", "required", False, "Go"),
        ("soft_skill", "Mentoring", "required", False, "Mentor"),
        ("experience", "5+ years of experience with Python and PostgreSQL", "required", True, "5+ years of experience with Python and PostgreSQL"),
        ("skill", "Python", "required", True, "Python"),
        ("education", "Bachelor's degree in Computer Science or equivalent", "required", True, "Bachelor's degree in Computer Science or equivalent"),
        ("soft_skill", "Communication", "required", True, "communication skills"),
        ("language", "English", "required", True, "English"),
        ("language", "German", "preferred", True, "German"),
        ("certification", "Driver's license", "required", True, "driver's license"),
        ("skill", "Rust", "preferred", True, "Rust"),
    ],
)  # fmt: skip
def test_a_requirement_has_its_kind_its_weight_and_its_place(
    lexicon: Lexicon, kind: str, name: str, importance: str, explicit: bool, written: str
) -> None:
    requirement = one(JOB, lexicon, kind, name)
    assert (requirement.importance, requirement.explicit, requirement.span.text) == (importance, explicit, written)


def test_benefits_ask_for_nothing(lexicon: Lexicon) -> None:
    begin = JOB.index("Benefits")
    assert all(requirement.span.end <= begin for requirement in extract_requirements(JOB, lexicon))


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("5+ years of Python", 5), ("At least three years of Python", 3), ("3-5 years with Python", 3), ("2 to 4 years of Python", 2),
        ("Minimum of ten (10) years of Python", 10), ("Python (4 years)", 4), ("Python: 6+ years", 6), ("1 year of Python", 1), ("7 or more years using Python", 7),
    ],
)  # fmt: skip
def test_years_are_those_of_the_skill_they_stand_with(lexicon: Lexicon, line: str, years: float) -> None:
    assert one(f"Requirements:\n- {line}", lexicon, "skill", "Python").years == years


def test_years_are_not_those_of_another_clause(lexicon: Lexicon) -> None:
    line = "Requirements:\n- 5 years of Java; knowledge of Python"
    assert one(line, lexicon, "skill", "Java").years == 5
    assert one(line, lexicon, "skill", "Python").years is None


@pytest.mark.parametrize(
    "line",
    [
        "We have 20 years of experience with Python",
        "Our 20 years of Python show",
        "Founded 5 years ago, we use Python",
        "You are 18 years old or more",
    ],
)
def test_years_of_the_company_are_none_of_the_persons(lexicon: Lexicon, line: str) -> None:
    assert all(requirement.years is None for requirement in extract_requirements(line, lexicon))


@pytest.mark.parametrize(
    ("line", "required", "preferred"),
    [
        ("Terraform required, Ansible a plus", "Terraform", "Ansible"),
        ("Docker, preferably with Kubernetes", "Docker", "Kubernetes"),
        ("Experience with Java; knowledge of Kotlin is desirable", "Java", "Kotlin"),
        ("You know Python, ideally also Rust", "Python", "Rust"),
        ("Python is a must. Rust would be a big plus.", "Python", "Rust"),
        ("Experience with Python, knowledge of Rust is a plus", "Python", "Rust"),
    ],
)
def test_a_wish_is_told_from_a_demand_in_one_line(lexicon: Lexicon, line: str, required: str, preferred: str) -> None:
    text = f"Requirements:\n- {line}"
    assert one(text, lexicon, "skill", required).importance == "required"
    assert one(text, lexicon, "skill", preferred).importance == "preferred"


def test_a_wish_for_several_is_a_wish_for_each(lexicon: Lexicon) -> None:
    text = "Requirements:\n- Kotlin, Rust and Terraform are a plus"
    assert {one(text, lexicon, "skill", name).importance for name in ("Kotlin", "Rust", "Terraform")} == {"preferred"}


def test_of_a_skill_named_twice_the_demand_is_kept(lexicon: Lexicon) -> None:
    text = "What you will do:\n- Write services in Go\n\nRequirements:\n- 3 years of Go\n\nNice to have:\n- Go"
    requirement = one(text, lexicon, "skill", "Go")
    assert (requirement.importance, requirement.explicit, requirement.years) == ("required", True, 3)
    assert text[: requirement.span.start].endswith("3 years of ")


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("PhD in Physics", 4),
        ("Master's degree in Law", 3),
        ("BSc in Computer Science", 2),
        ("High school diploma or GED", 1),
    ],
)
def test_a_degree_has_its_level(lexicon: Lexicon, line: str, degree: int) -> None:
    assert one(f"Requirements:\n- {line}", lexicon, "education", line).degree == degree


def test_the_subject_of_a_degree_is_no_skill(lexicon: Lexicon) -> None:
    assert ("skill", "Accounting") not in found("Requirements:\n- Bachelor's degree in Accounting", lexicon)


def test_the_sample_job_is_read(lexicon: Lexicon, sample_job: Job) -> None:
    kinds = {requirement.kind for requirement in extract_requirements(sample_job.text, lexicon)}
    assert {"skill", "experience", "education", "language", "responsibility", "certification"} <= kinds


_PIECES = st.sampled_from(
    ["Requirements:\n", "- 5+ years of Python\n", "\n\n", "• Fluent English; German is a plus.\n", "  * team player \t\n", "Nice to have: Rust\n",
     "Bachelor’s degree, certified\r\n", "😀 Kafka\u00a0and Go. ", "We are dynamic. ", "x" * 1_200 + " Python ", "Python\n", "\u200bDocker "]
)  # fmt: skip


@given(st.lists(_PIECES | st.text(max_size=30), max_size=12).map("".join))
def test_a_span_is_exactly_the_text_at_its_place(lexicon: Lexicon, text: str) -> None:
    for requirement in extract_requirements(text, lexicon):
        span = requirement.span
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert span.text == span.text.strip()
        assert requirement.name
