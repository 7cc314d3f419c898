import time

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE

from backend.documents.writing.docx import render_user_template
from backend.documents.writing.docx.template_rules import MAX_STEPS
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.errors import InvalidInput
from backend.tests.unit.documents.writing.docx.making import W, lines_in, made_of, opened, part, saved, with_part
from backend.tests.unit.documents.writing.test_markdown import WHOLE


def rendered(*paragraphs: str, resume: Resume = WHOLE) -> list[str]:
    return lines_in(render_user_template(made_of(*paragraphs), resume))


def refusal(*paragraphs: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        render_user_template(made_of(*paragraphs), WHOLE)
    return str(caught.value)


def test_a_template_is_filled_in() -> None:
    assert rendered(
        "{{ name }} – {{ email }}", "{%p for job in experience %}", "{{ job.title }} at {{ job.company }}, {{ job.period }}",
        "{%p for text in job.highlights %}", "* {{ text }}", "{%p endfor %}", "{%p endfor %}",
        "{% for skill in skills %}{{ loop.index }}. {{ skill }}{% if not loop.last %}; {% endif %}{% endfor %}",
        "{{ skills | join(', ') }}, {{ skills | length }}, {{ education[0].institution | upper }}",
        "{{ links[0].label }}: {{ links[0].text }}",
    ) == [
        "Ada Lovelace – ada@example.com", "Analyst at Acme Corp, Jan 2020 – Present", "* Wrote *Note G*", "* # 1 in the class",
        "1. Go; 2. CI/CD", "Go, CI/CD, 2, UNIVERSITY OF LONDON", "GitHub: github.com/ada",
    ]  # fmt: skip


def test_tables_headers_and_the_look_of_the_text_stay() -> None:
    document = Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for job in experience %}"
    table.cell(1, 0).text, table.cell(1, 1).text = "{{ job.company }}", "{{ job.start }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.sections[0].header.paragraphs[0].text = "{{ name }}"
    document.add_paragraph().add_run("{{ phone }}").bold = True
    made = opened(render_user_template(saved(document), WHOLE))
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["Acme Corp", "Jan 2020"]]
    assert made.sections[0].header.paragraphs[0].text == "Ada Lovelace"
    assert [run.text for run in made.paragraphs[-1].runs if run.bold and run.text] == ["+44 20 7946 0000"]


def test_a_summary_keeps_its_lines() -> None:
    assert rendered("{{ summary }}", resume=Resume(summary="one\ntwo\n\nthree")) == ["one\ntwo\nthree"]


def test_templates_in_a_resume_are_text() -> None:
    evil = "{{ 7*7 }} {% for x in range(9) %} <w:p/> &amp; ]]>"
    assert rendered("{{ name }}", resume=Resume(contact=Contact(name=evil))) == [evil]


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    message = refusal("Hello", "Tel. {{ telephone }}")
    assert "names telephone" in message and "“Tel. {{ telephone }}”" in message
    assert "name, email, phone, location" in message


def test_an_unknown_field_is_told_with_those_there_are() -> None:
    message = refusal("{%p for job in experience %}", "{{ job.employer }}", "{%p endfor %}")
    assert "'employer' is not known" in message and "title, company, location, start" in message


def test_an_unknown_field_in_a_condition_is_told_too() -> None:
    assert "'employer' is not known" in refusal(
        "{% for job in experience %}{% if job.employer %}x{% endif %}{% endfor %}"
    )


@pytest.mark.parametrize("source", ["{{ name", "{% if name %}", "{{ name | }}", "{% endfor %}", "{% elseif %}"])
def test_bad_syntax_is_told_with_its_paragraph(source: str) -> None:
    assert "The template cannot be used" in (message := refusal("Fine", source, "Fine too"))
    assert message.count("Fine") <= 1


def test_the_paragraph_at_fault_is_named() -> None:
    assert "in the paragraph “Phone: {{ phone | nofilter }}”" in refusal(
        "{{ name }}", "Phone: {{ phone | nofilter }}", "{{ email }}"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}", "{{ name.__class__.__mro__ }}", "{{ name['__class__'] }}", "{{ name.upper }}", "{{ name.upper() }}",
        "{{ skills.append('x') }}", "{{ experience[0].items() }}", "{{ experience[0]['__init__'] }}", "{{ name | attr('upper') }}",
        "{{ skills | map(attribute='__class__') | list }}", "{{ self }}", "{{ self.__init__ }}", "{{ cycler }}", "{{ lipsum }}",
        "{{ range.__call__ }}", "{% for x in skills %}{{ loop.__class__ }}{% endfor %}", "{% for x in skills %}{{ loop.cycle(1) }}{% endfor %}",
        "{{ '%s' % name }}", "{{ name ~ name }}", "{{ 'a' * 10 }}", "{{ 2 ** 100 }}", "{{ 1 + 1 }}", "{% set a = name %}",
        "{% macro x() %}{% endmacro %}", "{% include 'x' %}", "{% import 'x' as y %}", "{% extends 'x' %}", "{% block b %}{% endblock %}",
        "{% with a = 1 %}{% endwith %}", "{{ name | safe }}", "{{ name | replace('a', 'b') }}", "{{ name | format }}", "{{ name | center(9999999) }}",
        "{{r name }}", "{% for k in skills recursive %}{% endfor %}", "{% for a, b in skills %}{% endfor %}", "{{ {} }}", "{{ [name] }}",
        "{{ name.encode }}", "{{ ().__class__ }}", "{{ range(3).__class__ }}", "{{ skills | join(attribute='__class__') }}",
        "{% for x in skills %}{{ loop.previtem.__class__ }}{% endfor %}", "{% for x in name %}x{% endfor %}", "{% for x in name[:3] %}x{% endfor %}",
        "{{ experience[:1].__class__ }}", "{% call name() %}{% endcall %}", "{{ 'x' is filter }}", "{% filter upper %}{% endfilter %}",
        "{% autoescape false %}{{ name }}{% endautoescape %}", "{{ experience | counted }}", "{{ experience[0][:1] }}",
    ],
)  # fmt: skip
def test_a_template_reaches_data_and_nothing_else(source: str) -> None:
    assert refusal(source).startswith("The template ")


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        "{% for i in range(1000000000) %}{% endfor %}",
        "{% for i in range(99999999999999999999999) %}{% endfor %}",
        "{% for i in range(0, 9000, 0) %}{% endfor %}",
        "{% for i in range(40000) %}{% for j in range(40000) %}{% endfor %}{% endfor %}",
        "{% for i in range(40000) %}" + "x" * 2000 + "{% endfor %}",
        "{% for a in skills %}" * 7 + "{% endfor %}" * 7,
        "{{ skills | join(summary) }}" + "{% for i in range(40000) %}{{ summary }}{% endfor %}",
        "{{ " + "(" * 3000 + "name" + ")" * 3000 + " }}",
        "{% if name %}" * 120 + "{% endif %}" * 120,
        "{{ " + "not " * 5000 + "name }}",
    ],
)
def test_a_template_cannot_run_away(source: str) -> None:
    resume = WHOLE.model_copy(update={"summary": "long " * 4000})
    start = time.monotonic()
    with pytest.raises(InvalidInput):
        render_user_template(made_of(source), resume)
    assert time.monotonic() - start < 5


def test_loops_may_take_as_many_turns_as_a_resume_needs() -> None:
    jobs = tuple(WorkEntry(company=f"Company {n}", highlights=("a", "b", "c")) for n in range(100))
    template = (
        "{%p for job in experience %}",
        "{%p for text in job.highlights %}",
        "{{ text }}",
        "{%p endfor %}",
        "{%p endfor %}",
    )
    assert len(rendered(*template, resume=Resume(work_experience=jobs))) == 300
    assert MAX_STEPS > 10_000


def test_tags_that_take_the_document_apart_are_refused() -> None:
    with pytest.raises(InvalidInput, match="Open and close"):
        rendered("one {% if name %} two", "{%p endif %}", resume=Resume(summary="x"))


def test_a_template_with_macros_is_refused() -> None:
    with pytest.raises(InvalidInput, match="macros"):
        render_user_template(with_part(made_of("{{ name }}"), "word/vbaProject.bin", b"x"), WHOLE)


def test_a_template_that_loads_from_elsewhere_is_refused() -> None:
    document = Document()
    document.part.relate_to("https://evil.example/x.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    with pytest.raises(InvalidInput, match="loads a picture"):
        render_user_template(saved(document), WHOLE)


@pytest.mark.parametrize("field", ['DDEAUTO c:\\\\x "y"', 'INCLUDETEXT "http://x"', "includepicture x"])
def test_a_field_that_fetches_or_runs_something_is_refused(field: str) -> None:
    document = Document()
    run = document.add_paragraph().add_run()._r
    first, second = field[:4], field[4:]
    for text in (first, second):
        element = run.makeelement(f"{W}instrText", {})
        element.text = text
        run.append(element)
    with pytest.raises(InvalidInput, match="field, which fetches or runs something"):
        render_user_template(saved(document), WHOLE)


def test_the_template_on_somebody_s_disk_is_forgotten() -> None:
    document = Document()
    settings = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    ident = settings.relate_to(
        "file:///C:/Users/me/x.dotx",
        RELATIONSHIP_TYPE.SETTINGS.replace("settings", "attachedTemplate"),
        is_external=True,
    )
    element = settings.element.makeelement(f"{W}attachedTemplate", {})
    element.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", ident)
    settings.element.append(element)
    data = render_user_template(saved(document), WHOLE)
    assert next(part(data, "word/settings.xml").iter(f"{W}attachedTemplate"), None) is None
    assert b"dotx" not in data
    assert len(opened(data).part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels) == 0


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", made_of("x")[:-30]])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        render_user_template(data, WHOLE)


def test_a_zip_without_a_document_is_refused() -> None:
    with pytest.raises(InvalidInput):
        render_user_template(with_part(made_of("x"), "[Content_Types].xml", b"<Types/>"), WHOLE)


def test_what_the_file_says_of_itself_is_ours() -> None:
    document = Document()
    document.core_properties.title = "{{ 7*7 }}"
    properties = opened(render_user_template(saved(document), WHOLE)).core_properties
    assert (properties.title, properties.author) == ("Ada Lovelace – Resume", "Ada Lovelace")
