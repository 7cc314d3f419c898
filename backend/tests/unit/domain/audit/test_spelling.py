import time

import pytest

from backend.data.spelling import load_spelling
from backend.domain.audit import Speller
from backend.domain.lexicon import Lexicon
from backend.domain.resume import Contact, Resume, WorkEntry

SLIPS = """managment:management recieved:received seperate:separate acheived:achieved occured:occurred succesful:successful
responsable:responsible independant:independent experiance:experience enviroment:environment proffesional:professional
implemantation:implementation comunication:communication custmer:customer perfomance:performance liason:liaison
supervison:supervision knowlege:knowledge collegues:colleagues leadrship:leadership tecnical:technical writting:writing
referal:referral adress:address assistent:assistant prefered:preferred increse:increase wich:which teh:the"""


@pytest.fixture(scope="module")
def speller(lexicon: Lexicon) -> Speller:
    return Speller(load_spelling(), lexicon)


@pytest.mark.parametrize("pair", SLIPS.split())
def test_a_slip_is_found_and_its_meaning_guessed(speller: Speller, pair: str) -> None:
    wrong, meant = pair.split(":")
    assert list(speller.slips(f"It was the {wrong}, then.")) == [(wrong, meant)]
    assert list(speller.slips(f"It was the {meant}, then.")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ran kubectl, npm and pytest on nginx with pandas",
        "Titrated vasoactive drips; ran telemetry and nephrology consults, CRRT and CLABSI audits",
        "Sautéed, braised and saute-ed; kept mise en place",
        "Refactored microservices, onboarding, timesheets, dashboards and the backend's codebase",
        "Organised colour programmes in the centre; organized color programs in the center",
        "Prototyped geocoding for e-commerce, anti-fraud, pre-sales and co-development",
        "Wrote to O'Neill's, McKinsey and Şahin at tidvakt.example.com/recieve2",
        "Mentored admins, graduated cum laude",
        "",
    ],
)
def test_tools_terms_and_forms_are_left_alone(speller: Speller, text: str) -> None:
    assert list(speller.slips(text)) == []


def test_a_name_that_the_resume_gives_is_no_slip(speller: Speller) -> None:
    job = WorkEntry(
        company="Custmer Labs", technologies=("perfomance",), highlights=("Ran custmer and perfomance tools",)
    )
    assert list(speller.issues(Resume(contact=Contact(name="Ada"), work_experience=(job,)))) == []


def test_a_slip_made_twice_is_told_once(speller: Speller) -> None:
    resume = Resume(summary="Good managment.", achievements=("Prize for managment",))
    (found,) = speller.issues(resume)
    assert (found.place, found.fix) == ("/summary", "Did you mean “management”?")


def test_the_verb_that_opens_a_line_is_read_in_spite_of_its_capital(speller: Speller) -> None:
    assert list(speller.slips("Mananged a team")) == [("mananged", "managed")]
    assert list(speller.slips("Mananger was a brand")) == []


def test_another_language_is_not_full_of_slips(speller: Speller) -> None:
    german = "Leitung eines Teams von acht Entwicklern und Aufbau einer neuen Plattform, die heute alle Kunden des Hauses nutzen. "
    assert list(speller.issues(Resume(summary=german * 2))) == []


def test_strange_text_takes_no_time_to_speak_of(speller: Speller) -> None:
    strange = " ".join("abcdefghijklmnop"[n % 7 :] + "qrst"[n % 4] * (n % 9) + "and the"[: n % 8] for n in range(6_000))
    start = time.perf_counter()
    list(speller.issues(Resume(summary=f"{'the and of to ' * 600} {strange} {'a' * 100_000}")))
    assert time.perf_counter() - start < 3
