import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.reading.office import extract_html
from backend.errors import InvalidInput

SECRET = "python kubernetes terraform"


def texts(page: str) -> list[str]:
    return [line.text for line in extract_html(page.encode()).lines]


def test_headings_lists_and_paragraphs() -> None:
    page = "<h1>Jane Doe</h1><p>Writes <b>code</b>.</p><h2>Experience</h2><ul><li>One<ul><li>Two</li></ul></li></ul><ol><li>Three</ol>"
    extraction = extract_html(page.encode())
    assert [(line.kind, line.level, line.text) for line in extraction.lines] == [
        ("heading", 1, "Jane Doe"), ("text", 0, "Writes code."), ("heading", 2, "Experience"), ("bullet", 0, "One"),
        ("bullet", 0, "Two"), ("bullet", 0, "Three"),
    ]  # fmt: skip
    assert extraction.lines[4].indent > extraction.lines[3].indent
    assert extraction.marked


def test_white_space_is_set_as_a_browser_does() -> None:
    page = "<p>  One\n   <b> two</b> <i> three </i>\n</p><pre>a\n  b</pre><p>c<br>\n d</p>"
    assert texts(page) == ["One two three", "a", "b", "c", "d"]


def test_tables_and_rows_of_flexible_boxes_make_lines_with_wide_gaps() -> None:
    page = (
        "<style>.row{display:flex;justify-content:space-between}.r{float:right}</style>"
        "<table><tr><td>Acme<td>2019 – 2021</table><div class=row><span>Beta</span><span>2017 – 2018</span></div>"
        "<h3>Gamma <span class=r>2015</span></h3>"
    )
    assert texts(page) == ["Acme    2019 – 2021", "Beta    2017 – 2018", "Gamma    2015"]


def test_links_read_as_text_and_address() -> None:
    page = '<p><a href="https://example.com/x">Site</a> <a href="mailto:j@example.com">j@example.com</a> <a href="#top">Up</a>'
    assert texts(page) == ["Site (https://example.com/x) j@example.com Up"]


def test_scripts_styles_templates_and_menus_are_dropped() -> None:
    page = (
        "<title>T</title><nav><a href='#x'>Experience</a></nav><nav><a href='mailto:a@b.example'>a@b.example</a></nav>"
        "<script>var a = 'x'</script><style>p{}</style><noscript>no</noscript><template>t</template><p>Text<button>Go</button>"
    )
    assert texts(page) == ["a@b.example", "Text"]


@pytest.mark.parametrize(
    "data",
    [
        "<p>José".encode(),
        b"\xef\xbb\xbf" + "<p>José".encode(),
        "<meta charset=iso-8859-1><p>José".encode("latin-1"),
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>José'.encode("cp1252"),
        "<p>José".encode("cp1252"),
        b"\xff\xfe" + "<p>José".encode("utf-16-le"),
        '<?xml version="1.0" encoding="utf-8"?><html><body><p>José</p></body></html>'.encode(),
    ],
)
def test_letters_in_every_encoding_that_pages_come_in(data: bytes) -> None:
    assert [line.text for line in extract_html(data).lines] == ["José"]


def test_facts_of_the_layout() -> None:
    page = "<style>.b{columns:2}</style><table><tr><td>a</table><img src=x><div class=b style='font-family:\"Lato\", sans-serif'>Text</div>"
    layout = extract_html(page.encode()).layout
    assert (layout.tables, layout.images, layout.columns, layout.fonts) == (1, 1, 2, ("lato",))


HIDDEN = {
    "display none": ("<span style='display:none'>%s</span>", "hidden_run"),
    "a class that is not displayed": ("<style>.x{display:none}</style><span class='a x'>%s</span>", "hidden_run"),
    "a rule for what is inside": (
        "<style>div.a > span{display:none}</style><div class=a>Seen <span>%s</span></div>",
        "hidden_run",
    ),
    "an important rule": (
        "<style>#x{display:none!important}</style><span id=x style='display:inline'>%s</span>",
        "hidden_run",
    ),
    "a rule for screens": ("<style>@media screen{.x{display:none}}</style><span class=x>%s</span>", "hidden_run"),
    "the attribute": ("<span hidden>%s</span>", "hidden_run"),
    "Word's own": ("<span style='mso-hide:all'>%s</span>", "hidden_run"),
    "not visible": ("<span style='visibility:hidden'>%s</span>", "invisible"),
    "clear": ("<span style='opacity:0'>%s</span>", "invisible"),
    "clear by degrees": ("<div style='opacity:.2'>Seen <span style='opacity:.2'>%s</span></div>", "invisible"),
    "a clear colour": ("<span style='color:transparent'>%s</span>", "invisible"),
    "a colour without alpha": ("<span style='color:rgba(0,0,0,0)'>%s</span>", "invisible"),
    "clipped": ("<span style='position:absolute;clip:rect(0,0,0,0)'>%s</span>", "invisible"),
    "no height": ("<div style='height:0;overflow:hidden'>%s</div>", "invisible"),
    "scaled away": ("<span style='display:inline-block;transform:scale(0)'>%s</span>", "invisible"),
    "size 0": ("<span style='font-size:0'>%s</span>", "tiny"),
    "two pixels": ("<span style='font-size:2px'>%s</span>", "tiny"),
    "a tenth of an em": ("<span style='font:0.1em serif'>%s</span>", "tiny"),
    "white": ("<span style='color:#fff'>%s</span>", "white"),
    "white by name": ("<font color=white>%s</font>", "white"),
    "white by a variable": (
        "<style>:root{--ink:hsl(0, 0%%, 100%%)}</style><span style='color:var(--ink)'>%s</span>",
        "white",
    ),
    "almost white": ("<span style='color:rgb(252, 252, 252)'>%s</span>", "white"),
    "ink on ink": ("<span style='color:#222;background:#222'>%s</span>", "white"),
    "white in a white cell": (
        "<table><tr bgcolor=black><td bgcolor='#ffffff'><font color=white>%s</font></table>",
        "white",
    ),
    "beyond the left": ("<span style='position:absolute;left:-9999px'>%s</span>", "off_page"),
    "set in beyond the left": ("<p style='text-indent:-999em'>%s</p>", "off_page"),
    "moved away": ("<span style='display:block;transform:translateX(-5000px)'>%s</span>", "off_page"),
    "a comment": ("<!-- %s, above all others -->", "comment"),
    "keywords": ("<meta name=keywords content='%s'>", "metadata"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_text_is_reported_and_is_in_no_line(name: str) -> None:
    markup, how = HIDDEN[name]
    extraction = extract_html(f"<body><p>Seen</p>{markup % SECRET}".encode())
    assert [(one.text.partition(",")[0], one.how) for one in extraction.hidden] == [(SECRET, how)]
    assert {line.text for line in extraction.lines} == {"Seen"}


CLEAN = {
    "white on a dark ground": "<div style='background:#203040'><p style='color:#fff'>Jane Doe</p></div>",
    "white on a dark body": "<style>body{background-color:rgb(20 30 40)} h1{color:white}</style><h1>Jane Doe</h1>",
    "white on a gradient": "<div style='background:linear-gradient(#000,#333);color:#fff'>Jane Doe</div>",
    "white in a dark cell": "<table><tr><td bgcolor='#203040'><font color='#ffffff'>Jane Doe</font></table>",
    "not for readers aloud": "<span aria-hidden=true>Jane Doe</span>",
    "shown again": "<div style='visibility:hidden'><span style='visibility:visible'>Jane Doe</span></div>",
    "size 0 around a size": "<div style='font-size:0'><span style='font-size:16px'>Jane Doe</span></div>",
    "hidden in print": "<style>@media print{p{display:none}} @media (max-width:600px){p{display:none}}</style><p>Jane Doe</p>",
    "hidden when pointed at": "<style>p:hover{display:none}</style><p>Jane Doe</p>",
    "a stronger rule shows": "<style>#a{display:block} .x{display:none}</style><p id=a class=x>Jane Doe</p>",
    "a later rule shows": "<style>.x{display:none} .x{display:block}</style><p class=x>Jane Doe</p>",
    "a comment about the page": "<!-- Header section starts here --><!--[if mso]><p>for Word and nobody else at all</p><![endif]--><p>Jane Doe</p>",
    "half clear": "<p style='opacity:.6'>Jane Doe</p>",
    "a little to the left": "<p style='position:relative;left:-10px;text-indent:-20px'>Jane Doe</p>",
    "grey": "<p style='color:#999'>Jane Doe</p>",
}


@pytest.mark.parametrize("name", CLEAN)
def test_what_a_reader_sees_is_not_said_to_be_hidden(name: str) -> None:
    extraction = extract_html(f"<meta name=keywords content=resume>{CLEAN[name]}".encode())
    assert extraction.hidden == ()
    assert [line.text for line in extraction.lines] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no web page"),
        (b"Jane Doe, x < y", "no web page"),
        (b"PK\x03\x04\x00\x00", "zero bytes"),
        (b"<html><body><script>draw()</script></body></html>", "says nothing"),
        (b"<p>" * 200_001, "200,000 elements|says nothing"),
        (b"<style>" + b".a .b{top:0}" * 5_000 + b"</style>" + b"<p class=b>" * 300, "more styles"),
        (b"<div>" * 5_000 + b"Jane", "deep"),
        (b"<p>Jane Roe</p>" + b"<div>" * 300 + b"Engineer", "more than 255 levels deep"),
    ],
)
def test_a_bad_file_is_refused_with_a_word_on_what_is_wrong(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        extract_html(data)


def test_an_entity_that_is_declared_is_not_resolved() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>Jane &x; Doe</p>'
    assert "root:" not in " ".join(line.text for line in extract_html(page).lines)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        extract_html(f"<p>{text}".encode("utf-8", "replace"))
    except InvalidInput:
        return
