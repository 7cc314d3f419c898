"""How sure a field is follows from what its value shows."""

import pytest

from backend.documents.reading import confidence
from backend.domain.resume import Contact, Education, Resume, WorkEntry


def test_a_name_in_the_address_is_surer_than_one_that_only_stands_first() -> None:
    named, bare = (Resume(contact=Contact(name="Ada Lovelace", email=email)) for email in ("ada@x.org", ""))
    values = [confidence.of_contact(resume, "name", first=True, labelled=False) for resume in (named, bare)]
    assert values[0] > values[1] > confidence.of_contact(bare, "name", first=False, labelled=False)


def test_an_address_that_is_none_is_doubted() -> None:
    assert confidence.of_contact(Resume(contact=Contact(email="ada at x")), "email", first=True, labelled=True) < 0.5


def test_a_title_by_its_head_noun_lends_its_certainty_to_the_employer_beside_it() -> None:
    known, unknown = WorkEntry(title="Engineer", company="Zorp"), WorkEntry(title="Quux", company="Zorp")
    assert confidence.of_work(known, "title", labelled=False) > confidence.of_work(unknown, "title", labelled=False)
    assert confidence.of_work(known, "company", labelled=False) > confidence.of_work(unknown, "company", labelled=False)
    assert confidence.of_work(unknown, "company", labelled=True) > 0.9


def test_a_degree_and_a_school_are_known_by_their_words() -> None:
    known = Education(institution="University of Leeds", degree="BSc")
    unknown = Education(institution="Leeds", degree="Thing")
    for field in ("institution", "degree"):
        sure, unsure = (confidence.of_education(entry, field, labelled=False) for entry in (known, unknown))
        assert sure > 0.9 > unsure


@pytest.mark.parametrize(("better", "worse"), [("2020-01", "Summer 2019"), ("Summer 2019", "whenever")])
def test_a_month_is_surer_than_a_season_and_that_than_a_word(better: str, worse: str) -> None:
    assert confidence.of_date(better) > confidence.of_date(worse)


def test_a_long_skill_is_doubted() -> None:
    long = "working with all kinds of people in many places of the world"
    assert (
        confidence.of_skill("Go", known=True)
        > confidence.of_skill("Zorp", known=False)
        > confidence.of_skill(long, known=False)
    )
