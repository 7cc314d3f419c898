"""The known hard ones, each in the smallest form. How the rules do over hundreds of edits: `make eval`."""

from datetime import date

import pytest

from backend.domain.content import Evidence, resume_evidence
from backend.domain.grounding import Grounder, Support, support_for
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Certification, Education, Resume, WorkEntry

RESUME = Resume(
    summary="Registered nurse with a calm voice.",
    work_experience=(
        WorkEntry(
            company="Northgate Clinic",
            title="Staff Nurse",
            start_date="2019-01",
            end_date="2022-12",
            highlights=(
                "Contributed to a new discharge checklist, which cut readmissions from 12% to 9%",
                "Trained five new nurses on Epic",
                "Evaluated a bed sensor but did not adopt it because of cost",
                "Answered 40 calls a day from patients",
                "Reduced supply orders by $550,000 by moving to weekly counts",
            ),
            technologies=("Epic", "k8s"),
        ),
        WorkEntry(company="Elm Street Hospital", title="Aide", start_date="2016", end_date="2018",
                  highlights=("Served 200 meals a day", "Kept stock in Excel")),
    ),
    education=(Education(institution="Lake College", degree="Associate of Science", field="Nursing"),),
    certifications=(Certification(name="BLS"),),
    skills=("Triage", "Spanish"),
)  # fmt: skip
FIRST = "/work_experience/0/highlights"


@pytest.fixture(scope="module")
def grounder(lexicon: Lexicon) -> Grounder:
    return Grounder(lexicon)


def refused(grounder: Grounder, text: str, path: str = FIRST) -> set[str]:
    support = support_for(path, resume_evidence(RESUME), RESUME, date(2026, 11, 1))
    return {finding.rule for finding in grounder.check(text, support) if finding.status == "unsupported"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Trained fifteen new nurses on Epic", "same-number"),
        ("Trained 5 new nurses on Epic and Cerner", "tool-shown"),
        ("Led a new discharge checklist, which cut readmissions from 12% to 9%", "ownership-kept"),
        ("Wrote a new discharge checklist, which cut readmissions from 12% to 9%", "modesty-kept"),
        ("Introduced a bed sensor at low cost", "denial-kept"),
        ("Answered 40 calls an hour from patients", "same-number"),
        ("Answered 200 calls a day from patients", "same-number"),
        ("Trained five new nurses on Epic for Mercy Health", "name-known"),
        ("Trained five certified new nurses on Epic", "credential-held"),
        ("Trained five new nurses on Epic, winner of a Daisy award", "honour-shown"),
        ("Trained five new nurses on Epic across every department", "scope-kept"),
        ("Trained five new nurses on Epic, which improved patient satisfaction", "cause-kept"),
        ("Trained five new nurses on Epic and improved staff morale", "outcome-shown"),
        ("Trained five new nurses on Epic, see www.example.org/nurse", "url-known"),
        ("Increased readmissions from 12% to 9% with a discharge checklist, to which I contributed", "same-number"),
    ],
)
def test_a_fabrication_is_refused_by_its_rule(grounder: Grounder, text: str, rule: str) -> None:
    assert rule in refused(grounder, text)


@pytest.mark.parametrize(
    "text",
    [
        "Helped with a new discharge checklist that cut readmissions from 12% to 9%",
        "Trained 5 new nurses on Epic",
        "Assessed a bed sensor, which was not adopted because of cost",
        "Took 40 patient calls each day",
        "Cut supply orders by $550K by moving to weekly counts",
        "Contributed to a discharge checklist; readmissions fell by a quarter",
        "Worked with Kubernetes and Epic",
        "As Staff Nurse at Northgate Clinic for four years, trained five new nurses on Epic",
    ],
)
def test_other_words_for_the_same_are_supported(grounder: Grounder, text: str) -> None:
    assert refused(grounder, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Registered nurse with a master's degree",
        "Registered nurse with a Secret clearance",
        "Registered nurse and nurse practitioner, PMP",
        "Registered nurse with twenty years of experience",
    ],
)
def test_a_credential_or_years_in_the_summary_must_be_held(grounder: Grounder, text: str) -> None:
    assert refused(grounder, text, "/summary")


KITCHEN = (
    "Cut average ticket time from 15 minutes to 9 by moving the pass next to the grill",
    "Served 180 covers a night, six nights a week",
    "Rebooked 27 of the 31 weddings postponed in 2020",
    "Assisted the owner with a review of 210 supplier contracts",
    "Wrote a 12-page guide for new cooks",
    "Tried a delivery app for two months in 2021; pulled it because orders ran late",
    "Lost 120 quarts of stock a month to a faulty freezer until it was replaced",
    "Ordered produce for events from 12 to 140 guests",
)


def refused_of_kitchen(grounder: Grounder, text: str) -> set[str]:
    lines = tuple(
        Evidence(id=f"/work_experience/0/highlights/{n}", text=line, kind="highlight", entry="/work_experience/0")
        for n, line in enumerate(KITCHEN)
    )
    return {finding.rule for finding in grounder.check(text, Support(lines)) if finding.status == "unsupported"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Cut average labor cost from 15 minutes to 9 by moving the pass next to the grill", "same-number"),
        ("By moving the pass next to the grill, ticket time took 15 minutes instead of 9", "way-kept"),
        ("Rebooked 27 of the 180 weddings postponed in 2020", "same-number"),
        ("Led a review of 210 supplier contracts alongside the owner", "modesty-kept"),
        ("Wrote a 12-page guide for new cooks, which shortened their training", "content-shown"),
        ("Wrote a 12-page guide for new cooks, the most copied in town", "ranking-shown"),
        ("Introduced a delivery app in 2021 after two months of testing", "denial-kept"),
    ],
)
def test_what_is_turned_or_tacked_on_is_refused_by_its_rule(grounder: Grounder, text: str, rule: str) -> None:
    assert rule in refused_of_kitchen(grounder, text)


@pytest.mark.parametrize(
    "text",
    [
        "Brought average ticket time down to nine minutes, from 15, by moving the pass next to the grill",
        "Cut average ticket time by 40% by moving the pass next to the grill",
        "Served 1,080 covers in a six-night week",
        "Rebooked 87% of the weddings postponed in 2020",
        "Helped the owner go over more than 200 supplier contracts",
        "Tried a delivery app for two months in 2021 and dropped it because orders ran late",
        "Lost 30 gallons of stock a month to a faulty freezer until it was replaced",
        "Ordered produce for events, the largest with 140 guests",
    ],
)
def test_another_way_to_put_a_figure_is_supported(grounder: Grounder, text: str) -> None:
    assert refused_of_kitchen(grounder, text) == set()


def test_a_declared_skill_may_stand_in_the_summary(grounder: Grounder) -> None:
    assert refused(grounder, "Registered nurse who speaks Spanish and does triage", "/summary") == set()


def test_a_skill_must_be_shown_somewhere(grounder: Grounder) -> None:
    support = support_for("/skills", resume_evidence(RESUME), RESUME, date(2026, 11, 1))
    verdicts = [grounder.check_skill(name, support)[0].status for name in ("Microsoft Excel", "Kubernetes", "Cerner")]
    assert verdicts == ["supported", "supported", "unsupported"]


@pytest.mark.parametrize(
    "text", ["", " ", "123 456 789", "ВЕДУЩИЙ ИНЖЕНЕР", "病院で働いた", "MMXXIV", "🎉" * 50, "½ ⅔ ٣", "a" * 5_000]
)
def test_odd_text_does_no_harm(grounder: Grounder, text: str) -> None:
    refused(grounder, text)


def test_every_finding_says_what_where_and_why(grounder: Grounder) -> None:
    support = support_for(FIRST, resume_evidence(RESUME), RESUME, date(2026, 11, 1))
    text = "Trained fifteen new nurses on Cerner"
    for finding in grounder.check(text, support):
        assert finding.text == text[finding.start : finding.end]
        assert finding.reason
        assert finding.rule
