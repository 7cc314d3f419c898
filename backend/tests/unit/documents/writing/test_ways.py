import pytest

from backend.documents.writing.ways import Way, link, ways_to_reach
from backend.domain.resume import Contact


def test_they_come_as_email_phone_place_and_links() -> None:
    contact = Contact(
        email="ada@b.example",
        phone="+44 20 7946 0000",
        location="London\nUK",
        links=(("github", "https://github.com/ada/"),),
    )
    assert ways_to_reach(contact) == (
        Way(text="ada@b.example", href="mailto:ada@b.example"),
        Way(text="+44 20 7946 0000", href="tel:+442079460000"),
        Way(text="London, UK"),
        Way(text="github.com/ada", href="https://github.com/ada/"),
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.example",
        "C:\\x",
        "British",
        "a b.example",
    ],
)
def test_what_is_no_web_address_is_text(address: str) -> None:
    assert link(address).href == ""


def test_an_address_inside_a_path_does_not_lend_its_scheme() -> None:
    assert link("a.example/to/https://b.example").href == "https://a.example/to/https://b.example"


def test_an_email_cannot_smuggle_in_other_fields() -> None:
    (way,) = ways_to_reach(Contact(email="a?cc=x&body=y@b.example"))
    assert "?" not in way.href and "&" not in way.href


def test_a_label_is_shown_where_the_address_does_not_say_it() -> None:
    assert link("github.com/ada", "GitHub").label == ""
    assert link("ada.example", "ORCID").label == "ORCID"
    assert link("British", "nationality").label == "Nationality"
