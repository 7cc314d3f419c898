import itertools
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.documents.writing import html
from backend.documents.writing.style import Style
from backend.documents.writing.templates import TEMPLATES, template
from backend.documents.writing.view import view
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.domain.text import clean
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.test_markdown import WHOLE

_VOID = ("meta", "br")


class Page(HTMLParser):
    """The page's elements, its text, and whether every element is closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_shows_everything_in_sections() -> None:
    page = Page(html(WHOLE))
    text = " ".join(page.text.split())
    for part in (
        "Ada Lovelace", "Analyst, Acme Corp", "Jan 2020 – Present · London", "Technologies: C#, Go", "BSc, Mathematics, University of London",
        "CKA, CNCF (May 2022)", "English (native)", "Medal 2020", "Hobbies", "Chess", "github.com/ada", "Engine, Author",
    ):  # fmt: skip
        assert part in text
    assert page.all("html") == [{"lang": "en"}]
    assert [attributes["aria-labelledby"] for attributes in page.all("section")] == [a["id"] for a in page.all("h2")]
    assert len(page.all("h1")) == len(page.all("main")) == 1


def test_the_page_needs_nothing_else() -> None:
    source = html(WHOLE)
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(", source)


def test_empty_sections_are_left_out() -> None:
    page = Page(html(Resume(contact=Contact(name="Ada"), skills=("Go",))))
    assert [attributes["id"] for attributes in page.all("h2")] == ["skills"]
    assert Page(html(Resume())).all("section") == []


def test_what_somebody_wrote_is_never_markup() -> None:
    evil = "<script>alert(1)</script>\" onclick='x'"
    contact = Contact(
        name=evil,
        email=evil,
        location=evil,
        links=(("site", "javascript:alert(1)"), ("x", f"https://a.example/{evil}")),
    )
    page = Page(
        html(Resume(contact=contact, work_experience=(WorkEntry(title=evil, summary=evil, highlights=(evil,)),)))
    )
    assert page.all("script") == [] and page.all("a") == []
    assert not any("onclick" in attributes for _, attributes in page.tags)


def test_only_addresses_become_links() -> None:
    links = (("github", "github.com/ada"), ("Nationality", "British"), ("Portfolio", "https://ada.example/"))
    page = Page(
        html(Resume(contact=Contact(name="Ada", email="ada@example.com", phone="+44 20 7946 0000", links=links)))
    )
    assert [attributes["href"] for attributes in page.all("a")] == [
        "mailto:ada@example.com", "tel:+442079460000", "https://github.com/ada", "https://ada.example/",
    ]  # fmt: skip
    assert "Nationality: British" in " ".join(page.text.split())


def test_the_language_is_stated() -> None:
    assert Page(html(Resume(), lang="de")).all("html") == [{"lang": "de"}]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_shows_the_same_and_needs_nothing_else(name: str) -> None:
    source = html(WHOLE, name)
    page = Page(source)
    text = " ".join(page.text.split())
    shown = view(WHOLE, template(name).style)
    assert [attributes["id"] for attributes in page.all("h2")] == [section.id for section in shown.sections]
    for part in (
        "Ada Lovelace",
        "Analyst",
        "Acme Corp",
        "Jan 2020 – Present",
        "Wrote *Note G*",
        "Technologies: C#, Go",
        "Chess",
    ):
        assert part in text
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(", source)
    assert "@page" in source and "@media print" in source


def test_the_style_is_followed() -> None:
    source = html(WHOLE, "modern", Style(accent="#8a2b2b", margin_mm=21, paper="letter", font="Libertinus Serif"))
    for part in ("--accent: #8a2b2b;", "size: letter; margin: 21.0mm;", '"Libertinus Serif", "Palatino Linotype"'):
        assert part in source


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Page(html(WHOLE)).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


@given(whole_resumes, st.sampled_from(list(TEMPLATES)))
@settings(max_examples=60, deadline=None)
def test_any_resume_makes_a_sound_page_with_all_of_its_text(resume: Resume, name: str) -> None:
    text = "".join(Page(html(resume, name)).text.split())
    for entry in resume.work_experience:
        assert all("".join(line.split()) in text for line in view_lines(entry.highlights))


def view_lines(lines: tuple[str, ...]) -> list[str]:
    return [clean(line) for line in lines]
