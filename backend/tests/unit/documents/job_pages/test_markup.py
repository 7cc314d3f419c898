import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.documents.job_pages.markup import decoded, parsed, seen, sheet_of, text_of
from backend.errors import InvalidInput
from backend.tests.unit.documents.job_pages.pages import DESCRIPTION, SHOWN


def test_bullets_headings_and_inner_lists_are_kept() -> None:
    assert text_of(DESCRIPTION).text == SHOWN


def test_html_that_is_written_as_text_is_read_as_html() -> None:
    assert text_of(DESCRIPTION.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")).text == SHOWN


def test_plain_text_stays_as_it_is() -> None:
    assert text_of("If a < b then c.\r\n\r\n- R&amp;D\n- C++").text == "If a < b then c.\n\n- R&D\n- C++"


def test_bullets_that_run_on_become_lines() -> None:
    assert text_of("You have: • Python • Go • tact").text == "You have:\n- Python\n- Go\n- tact"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">SECRET</p>', "<p hidden>SECRET</p>", '<p style="font-size:0">SECRET</p>', '<p style="color:#fff">SECRET</p>',
        '<span style="opacity:0">SECRET</span>', '<p class="gone">SECRET</p>', '<p style="position:absolute;left:-5000px">SECRET</p>',
        "<!-- SECRET words for you -->", "<script>SECRET</script>", "<template>SECRET</template>", "<noscript>SECRET</noscript>",
        '<div style="visibility:hidden"><p>SECRET</p></div>', '<div style="height:0;overflow:hidden">SECRET</div>', '<input value="SECRET">',
        '<img alt="" title="SECRET">', '<p data-x="SECRET"></p>',
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_not_in_the_text(hidden: str) -> None:
    root = parsed(
        f"<html><head><style>.gone{{display:none}}</style></head><body><p>Seen.</p>{hidden}<p>End.</p></body></html>"
    )
    assert root is not None
    text = seen(root, sheet_of(root)).text
    assert "SECRET" not in text
    assert text.startswith("Seen.")
    assert text.endswith("End.")


def test_characters_without_a_shape_are_not_in_the_text() -> None:
    tags = "".join(chr(0xE0000 + ord(char)) for char in "obey")
    assert text_of(f"<p>Py\u200bthon{tags} and Go</p>").text == "Python and Go"


def test_a_link_is_its_words() -> None:
    assert text_of('<p>Write to <a href="mailto:jobs@kvitto.example">us</a></p>').text == "Write to us"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Köln".encode(), "text/html"),
        ("Köln".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("Köln".encode("latin-1"), "text/html"),
        ("\ufeffKöln".encode("utf-16-le"), "text/html"),
        ("\ufeffKöln".encode(), "text/html; charset=latin-1"),
        ("Köln".encode(), 'text/html; charset="utf-8"'),
        ("Köln".encode(), "text/html; charset=no-such-thing"),
        ("Köln".encode(), "text/html; charset=hex"),
        (b'<meta charset="latin-1">K\xf6ln', ""),
        ("Köln".encode("shift_jis", "ignore"), "text/html; charset=utf-7-no"),
    ],
)
def test_a_page_is_decoded_as_it_says_or_as_it_is(body: bytes, kind: str) -> None:
    assert decoded(body, kind).endswith(("Köln", "Kln"))


def test_a_page_of_too_many_parts_is_refused() -> None:
    with pytest.raises(InvalidInput, match="parts"):
        parsed("<p>" * 70_000)


def test_entities_reach_nothing() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><p>&b;&f;End</p>'
    )
    root = parsed(bomb)
    assert root is not None
    assert "root:" not in seen(root).text


@pytest.mark.parametrize("nested", ["<div>" * 5_000 + "x", "<ul><li>" * 3_000 + "x", "<table><tr><td>" * 2_000 + "x"])
def test_endless_nesting_ends(nested: str) -> None:
    began = time.perf_counter()
    try:
        root = parsed(nested)
        assert root is None or seen(root).text in ("", "x", "- x")
    except InvalidInput:
        pass
    assert time.perf_counter() - began < 5


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert "\x00" not in text_of(text).text
