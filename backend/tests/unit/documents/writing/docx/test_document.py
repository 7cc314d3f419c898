from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from lxml import etree

from backend.documents.writing.docx import docx
from backend.documents.writing.style import Style, changed
from backend.documents.writing.templates import TEMPLATES, template, with_style
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.errors import InvalidInput
from backend.tests.unit.documents.people import person
from backend.tests.unit.documents.strategies import whole_resumes
from backend.tests.unit.documents.writing.docx.making import W, lines_in, opened, part
from backend.tests.unit.documents.writing.test_markdown import WHOLE

each_template = pytest.mark.parametrize("template_id", TEMPLATES)


def test_a_resume_is_written_top_to_bottom_in_the_order_of_the_style() -> None:
    assert lines_in(docx(WHOLE)) == [
        "Ada Lovelace", "Analyst", "ada@example.com · +44 20 7946 0000 · London, UK · github.com/ada",
        "Summary", "I analyse engines.",
        "Experience", "Analyst, Acme Corp\tJan 2020 – Present · London", "A team of five.", "Wrote *Note G*", "# 1 in the class",
        "Technologies: C#, Go",
        "Projects", "Engine · Author", "engine.example", "A machine", "Cards",
        "Education", "BSc, Mathematics, University of London\t2015", "GPA: 4.0",
        "Skills", "Go, CI/CD", "Certifications", "CKA, CNCF (May 2022)", "Languages", "English (native)",
        "Achievements", "Medal 2020", "Hobbies", "Chess",
    ]  # fmt: skip


@each_template
def test_it_uses_the_styles_of_word(template_id: str) -> None:
    styles = {p.text: p.style.name for p in opened(docx(WHOLE, template_id)).paragraphs}
    assert styles["Ada Lovelace"] == "Title"
    assert {styles[title] for title in ("Summary", "Experience", "Hobbies")} == {"Heading 1"}
    assert {styles[text] for text in ("Wrote *Note G*", "Medal 2020", "Chess")} == {"List Bullet"}
    assert "Heading 2" in styles.values()


@each_template
def test_bullets_are_a_list_and_dates_stand_at_a_tab_stop_of_the_text_s_width(template_id: str) -> None:
    data = docx(WHOLE, template_id)
    styles = {style.get(f"{W}styleId"): style for style in part(data, "word/styles.xml").iter(f"{W}style")}
    number = styles["ListBullet"].find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    known = [num.get(f"{W}numId") for num in part(data, "word/numbering.xml").iter(f"{W}num")]
    assert number in known
    body = part(data, "word/document.xml")
    size, margin = next(body.iter(f"{W}pgSz")), next(body.iter(f"{W}pgMar"))
    width = int(size.get(f"{W}w")) - int(margin.get(f"{W}left")) - int(margin.get(f"{W}right"))
    assert int(styles["Heading2"].find(f"{W}pPr/{W}tabs/{W}tab").get(f"{W}pos")) == width


@each_template
def test_there_is_nothing_that_parsers_stumble_over(template_id: str) -> None:
    data = docx(WHOLE, template_id)
    body = part(data, "word/document.xml")
    for name in ("tbl", "txbxContent", "pict", "drawing", "headerReference", "footerReference"):
        assert next(body.iter(f"{W}{name}"), None) is None
    with ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "header" in name or "footer" in name or "media" in name]


@each_template
def test_no_tag_of_the_template_is_left(template_id: str) -> None:
    for number in range(6):
        text = "\n".join(lines_in(docx(person(number), template_id)))
        assert "{" not in text and "%}" not in text


def test_addresses_can_be_clicked_and_nothing_else() -> None:
    links = (("GitHub", "github.com/ada"), ("site", "javascript:alert(1)"))
    document = opened(docx(Resume(contact=Contact(name="Ada", email="ada@example.com", links=links))))
    found = {link.text: link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks}
    assert found == {"ada@example.com": "mailto:ada@example.com", "github.com/ada": "https://github.com/ada"}


def test_the_file_says_who_wrote_what_in_which_language() -> None:
    properties = opened(docx(WHOLE, lang="de")).core_properties
    assert (properties.title, properties.author, properties.language) == ("Ada Lovelace – Resume", "Ada Lovelace", "de")
    assert properties.comments == ""
    language = next(part(docx(WHOLE, lang="de"), "word/styles.xml").iter(f"{W}lang"))
    assert language.get(f"{W}val") == "de"


def test_a_name_longer_than_word_allows_for_an_author_is_cut_there_alone() -> None:
    name = "Ada " * 100
    document = opened(docx(Resume(contact=Contact(name=name))))
    assert len(document.core_properties.author) == 255
    assert document.paragraphs[0].text == name.strip()


def test_the_style_decides_about_paper_margins_fonts_and_color() -> None:
    style = changed(
        Style(), {"paper": "letter", "margin_mm": 25, "font": "Source Sans 3", "accent": "#123456", "font_size": 11}
    )
    data = docx(WHOLE, "classic", style)
    section = opened(data).sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)
    assert round(section.left_margin.mm) == round(section.top_margin.mm) == 25
    styles = opened(data).styles
    assert str(styles["Heading 1"].font.color.rgb) == "123456"
    assert part(data, "word/styles.xml").find(f".//{W}rFonts").get(f"{W}ascii") == "Calibri"
    assert part(data, "word/styles.xml").find(f".//{W}sz").get(f"{W}val") == "22"


def test_a_changed_template_and_a_style_of_its_own_are_the_same() -> None:
    chosen = with_style(template("modern"), {"accent": "#123456"})
    assert docx(WHOLE, chosen) == docx(WHOLE, "modern", chosen.style)


def test_a_long_name_is_set_smaller() -> None:
    def size(name: str) -> float:
        return opened(docx(Resume(contact=Contact(name=name)))).styles["Title"].font.size.pt

    assert size("Ada") == size("Ada Lovelace") > size("Maximiliana Wilhelmina Alexandra von Hohenzollern") > 10


def test_where_a_heading_fills_its_line_the_dates_go_below_it() -> None:
    def heading(title: str) -> str:
        entry = WorkEntry(title=title, company="Acme", start_date="2020", end_date="Present")
        return lines_in(docx(Resume(work_experience=(entry,))))[1]

    assert heading("Engineer") == "Engineer, Acme\t2020 – Present"
    assert heading("Engineer " * 9).endswith("Acme\n\t2020 – Present")


def test_the_same_resume_gives_the_same_bytes() -> None:
    assert docx(person(1), "modern") == docx(person(1), "modern")


def test_templates_in_a_resume_are_text() -> None:
    evil = "{{ 7*7 }} {% for x in range(9) %}{%p if x %}{{r name }} {_{ <w:p/> &amp; ]]>"
    resume = Resume(
        contact=Contact(name=evil), work_experience=(WorkEntry(company=evil, highlights=(evil,)),), skills=(evil,)
    )
    assert lines_in(docx(resume)).count(evil) == 4


def test_characters_that_xml_cannot_hold_are_dropped() -> None:
    assert lines_in(docx(Resume(contact=Contact(name="A\x00d\x0ba\ufffe\ud800"), skills=("G\x1fo",)))) == [
        "Ada",
        "Skills",
        "Go",
    ]


def test_an_empty_resume_is_an_empty_document() -> None:
    assert lines_in(docx(Resume())) == []


@pytest.mark.parametrize("lang", ["", "english", 'de"/><w:evil', "de_DE"])
def test_a_language_that_is_none_is_refused(lang: str) -> None:
    with pytest.raises(InvalidInput, match="language"):
        docx(WHOLE, lang=lang)


def test_an_unknown_template_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput, match="classic, modern"):
        docx(WHOLE, "fancy")


@given(whole_resumes)
@settings(max_examples=15, deadline=None)
def test_any_resume_makes_a_document_that_word_s_own_rules_allow(resume: Resume) -> None:
    for template_id in TEMPLATES:
        body = part(docx(resume, template_id), "word/document.xml")[0]
        assert {etree.QName(child).localname for child in body} <= {"p", "sectPr"}
        for paragraph in body.iter(f"{W}p"):
            assert {etree.QName(child).localname for child in paragraph} <= {"pPr", "r", "hyperlink"}
