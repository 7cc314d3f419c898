import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import which
from typing import Any

import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backend.documents.writing.pdf import inputs, pdf, printed
from backend.documents.writing.style import FONTS, Style
from backend.documents.writing.templates import TEMPLATES, template
from backend.documents.writing.typesetter import _KNOWN, typeset
from backend.documents.writing.view import view
from backend.domain.resume import Contact, Extra, Project, Resume, WorkEntry
from backend.errors import InvalidInput
from backend.tests.unit.documents.strategies import line, whole_resumes

every_template = pytest.mark.parametrize("name", TEMPLATES)
SOURCE = r"""#read("/etc/passwd") $x^2$ *bold* _it_ @ref <label> `code` \ // c /* d */ #import "@preview/x:1" -- --- ~ = h - l + e "q" 'q'"""
MISSING = "\U0010fffe"


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in ("id", "key", "kind", "href"):
                yield from strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


def in_order(parts: list[str], text: str) -> None:
    place = 0
    text = " ".join(text.split()).casefold()
    for part in parts:
        found = text.find(" ".join(part.split()).casefold(), place)
        assert found >= 0, f"{part!r} is not in what follows: {text[place : place + 300]!r}"
        place = found


def told(resume: Resume, name: str) -> list[str]:
    """What a reader must find, in the order in which a template prints it."""
    shown = view(resume, template(name).style)
    parts = [shown.name, *(way.text for way in shown.ways)]
    for section in shown.sections:
        parts.append(section.title)
        for entry in section.entries:
            head = [entry.heading, entry.subheading]
            if name == "academic" and entry.subheading and section.key != "projects":
                head.reverse()
            if name in ("modern", "academic"):  # the period stands beside the first line of two
                head.insert(1, entry.period)
            else:
                head.append(entry.period)
            parts += [*head, *entry.highlights, *entry.technologies]
        parts += [item.text for item in section.items]
    return [part for part in parts if part]


@every_template
def test_everything_comes_back_whole_and_in_order(name: str, sample_resume: Resume) -> None:
    in_order(told(sample_resume, name), text_of(pdf(sample_resume, name)))


@every_template
@pytest.mark.parametrize("mode", ["-layout", "-raw"])
def test_pdftotext_reads_it_whole_and_in_order(name: str, mode: str, sample_resume: Resume, tmp_path: Path) -> None:
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (tmp_path / "resume.pdf").write_bytes(pdf(sample_resume, name))
    done = subprocess.run(["pdftotext", mode, str(tmp_path / "resume.pdf"), "-"], capture_output=True, check=True)  # noqa: S603, S607
    text = done.stdout.decode()
    in_order(told(sample_resume, name), text)
    # A date stands on the line of what it dates.
    first = sample_resume.work_experience[0]
    assert re.search(rf"(?:{first.title}|{first.company}).*Apr 2021 – Present", text)


@every_template
def test_it_is_tagged_with_a_title_an_author_and_a_language(name: str, sample_resume: Resume) -> None:
    data = pdf(sample_resume, name, lang="sv")
    document = pypdfium2.PdfDocument(data)
    try:
        metadata = document.get_metadata_dict()
        assert (metadata["Title"], metadata["Author"]) == ("Maya Lindqvist – Resume", "Maya Lindqvist")
        assert [item.get_title() for item in document.get_toc()][:2] == ["Maya Lindqvist", "Summary"]
        assert document.is_tagged()
    finally:
        document.close()
    assert b"pdfuaid:part>1<" in data or b"pdfuaid" in data
    assert re.search(rb"/Lang ?\(sv\)", data)


@every_template
def test_links_are_links_and_lists_are_lists(name: str, sample_resume: Resume) -> None:
    data = pdf(sample_resume, name)
    for address in (
        b"mailto:maya.lindqvist@example.com",
        b"tel:+46705550142",
        b"https://github.com/example-mayal/tidvakt",
    ):
        assert address in data
    for tag in (b"/S /H1", b"/S /H2", b"/S /H3", b"/S /L", b"/S /LI", b"/S /Link"):
        assert tag in data.replace(b"/S/", b"/S /")


def test_what_somebody_wrote_is_never_source() -> None:
    resume = Resume(
        contact=Contact(name=SOURCE, email=SOURCE, links=((SOURCE, SOURCE),)),
        summary=SOURCE,
        work_experience=(
            WorkEntry(company=SOURCE, title=SOURCE, location=SOURCE, highlights=(SOURCE,), technologies=(SOURCE,)),
        ),
        projects=(Project(name=SOURCE, url=SOURCE, description=SOURCE),),
        skills=(SOURCE,),
        extras=(Extra(title=SOURCE, lines=(SOURCE,)),),
    )
    written = re.sub(r"\s", "", SOURCE)
    for name in TEMPLATES:
        text = re.sub(r"\s", "", text_of(pdf(resume, name)))
        assert text.casefold().count(written.casefold()) >= 12
        assert "root:" not in text


def test_letters_of_many_scripts_come_back_without_a_warning() -> None:
    text = "Ångström façade Zażółć gęślą jaźń Đường phố Жёлтый подъезд Ελληνικά κείμενο œuvre office fjord → €5"
    for font in FONTS:
        made = printed(Resume(contact=Contact(name="Ø"), summary=text), style=Style(font=font))
        assert made.warnings == ()
        assert text in " ".join(text_of(made.data).split())


def test_our_own_fonts_have_what_is_taken_for_granted() -> None:
    granted = "".join(c for n in range(0x3000) if unicodedata.category(c := chr(n))[0] in "LNPS" and _KNOWN.match(c))
    for font in FONTS:
        made = printed(Resume(contact=Contact(name="Ada"), summary=" ".join(granted)), style=Style(font=font))
        assert made.warnings == ()  # PDF/UA refuses a character without a glyph


def test_a_character_that_no_font_has_is_named_in_a_warning() -> None:
    made = printed(Resume(contact=Contact(name="Ada"), skills=(f"Go {MISSING}",)))
    assert MISSING in made.warnings[0] and "1 of the characters" in made.warnings[0]
    assert "Go" in text_of(made.data)


@pytest.mark.parametrize(
    ("text", "lang", "region"),
    [("机器学习", "en", "SC"), ("機器學習", "zh-TW", "TC"), ("機械学習です", "en", "JP"), ("기계 학습", "en", "KR"), ("機械", "ja", "JP")],
)  # fmt: skip
def test_characters_that_china_japan_and_korea_share_are_drawn_as_the_text_s_readers_expect(
    text: str, lang: str, region: str
) -> None:
    fonts = inputs(Resume(summary=text), Style(font="Source Serif 4"), lang)["fonts"].split(",")
    eastern = [name for name in fonts if "CJK" in name]
    assert eastern[:2] == [f"Noto Serif CJK {region}", f"Noto Sans CJK {region}"]
    assert len(eastern) == 8


@every_template
def test_words_with_hyphens_stay_whole_at_the_end_of_a_line(name: str) -> None:
    words = " ".join(f"word{n}-and-so-on{n}" for n in range(60))
    text = text_of(pdf(Resume(contact=Contact(name="Ada"), summary=words), name))
    assert " ".join(text.split()).endswith(words)


@every_template
def test_nothing_runs_off_the_page(name: str) -> None:
    long = "W" * 300
    resume = Resume(
        contact=Contact(name=long, email=f"{long}@b.example", links=(("x", f"https://a.example/{long}"),)),
        summary=long,
        work_experience=(WorkEntry(company=long, title=long, location=long, start_date="2020", highlights=(long,)),),
        skills=(long,),
    )
    document = pypdfium2.PdfDocument(pdf(resume, name))
    try:
        for page in document:
            text = page.get_textpage()
            right = max(text.get_charbox(n)[2] for n in range(text.count_chars()) if text.get_text_range(n, 1).strip())
            assert right <= page.get_width() - 20
    finally:
        document.close()


def test_the_style_is_followed(sample_resume: Resume) -> None:
    def size(style: Style) -> tuple[int, int]:
        document = pypdfium2.PdfDocument(pdf(sample_resume, style=style))
        try:
            return round(document[0].get_width()), len(document)
        finally:
            document.close()

    assert size(Style(paper="a4")) == (595, 2)
    assert size(Style(paper="letter"))[0] == 612
    assert size(Style(font_size=9.5, line_height=1.1, spacing=0.6, margin_mm=10))[1] == 1
    assert b"IBMPlexSans" in pdf(sample_resume, style=Style(font="IBM Plex Sans"))


def test_the_same_resume_gives_the_same_bytes(sample_resume: Resume) -> None:
    assert pdf(sample_resume) == pdf(sample_resume)


def test_threads_may_print_at_once(sample_resume: Resume) -> None:
    names = list(TEMPLATES) * 4
    alone = {name: pdf(sample_resume, name) for name in TEMPLATES}
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda name: pdf(sample_resume, name), names)) == [alone[name] for name in names]


def test_a_resume_with_nothing_in_it_is_a_page() -> None:
    assert printed(Resume()).pages == 1


@pytest.mark.parametrize("lang", ["", "english please", "e", '"en"'])
def test_a_language_that_is_none_is_refused(lang: str) -> None:
    with pytest.raises(InvalidInput, match="no language"):
        pdf(Resume(), lang=lang)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(InvalidInput, match="fancy"):
        pdf(Resume(), "fancy")


def letters(text: str) -> Counter[str]:
    """The characters that carry the text, whatever their case, shape and marks. Brackets turn around where text runs to the left."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("⁄", "/")
    return Counter(c for c in plain if not (c.isspace() or unicodedata.combining(c) or unicodedata.mirrored(c)))


@given(whole_resumes, st.sampled_from(list(TEMPLATES)))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_back(resume: Resume, name: str) -> None:
    style = template(name).style
    made = typeset(f"{name}.typ", inputs(resume, style))
    lost = letters("".join(strings(view(resume, style).model_dump()))) - letters(text_of(made.data))
    # Beside an empty box a reader may miss a character more; letters and digits it never does.
    assert not {
        c for c in lost if c not in letters(made.missing) and ((c.isascii() and c.isalnum()) or not made.missing)
    } - {"-"}


@given(line)
@example("=" * 300)
@settings(max_examples=25, deadline=None)
def test_any_line_is_only_a_line(text: str) -> None:
    made = printed(Resume(contact=Contact(name="Ada"), skills=(text,)), "compact")
    assert made.pages == 1
