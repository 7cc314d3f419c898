import re

from hypothesis import given, settings

from backend.documents.writing.diff_html import diff_html
from backend.domain.content import Evidence
from backend.domain.diff import diff
from backend.domain.edits import Edit, apply
from backend.domain.resume import Resume, WorkEntry
from backend.tests.strategies import resumes_with_edits
from backend.tests.unit.documents.writing.test_html import Page

JOB = WorkEntry(company="Kvitto", title="Engineer", highlights=("Ran two services", "Wrote tests", "Sang"))
RESUME = Resume(work_experience=(JOB,), skills=("Go", "SQL"))
EDITS = [
    Edit(id="e1", path="/work_experience/0/highlights/0", op="replace", text="Ran three services", reason="the job asks", evidence=("c-1",)),
    Edit(id="e2", path="/skills", op="reorder", order=(1, 0)),
]  # fmt: skip
EVIDENCE = Evidence(id="c-1", text="Ran three services since May", kind="highlight")


def page(include_minor: bool = True) -> str:
    return diff_html(diff(RESUME, apply(RESUME, EDITS), EDITS, [EVIDENCE], include_minor=include_minor))


def text_of(source: str) -> str:
    return " ".join(Page(source).text.split())


def test_words_that_go_and_come_are_elements_of_their_own_and_said_in_words() -> None:
    source = page()
    assert '<del><span class="said">removed: </span>two<span class="said"> (end of removed) </span></del>' in source
    assert '<ins><span class="said">added: </span>three<span class="said"> (end of added) </span></ins>' in source
    assert "Ran removed: two (end of removed) added: three (end of added) services" in text_of(source)


def test_it_says_what_happened_where_and_why() -> None:
    text = text_of(page())
    assert "1 changed, 1 moved." in text
    for part in (
        "Experience", "Engineer, Kvitto", "Changed highlight", "Why: the job asks", "From what you wrote: Ran three services since May",
        "Moved skill from place",
    ):  # fmt: skip
        assert part in text


def test_minor_changes_that_are_left_out_are_counted() -> None:
    text = text_of(page(include_minor=False))
    assert "Moved skill" not in text
    assert "1 difference of punctuation, case, spacing or order alone is not shown." in text


def test_nothing_differs() -> None:
    assert "Nothing differs." in text_of(diff_html(diff(RESUME, RESUME)))


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\(|\son\w+=", page())


def test_markup_in_a_resume_is_text() -> None:
    evil = "<script>alert(1)</script><ins>&amp;"
    tailored = Resume(summary=evil, work_experience=(WorkEntry(company=evil, highlights=(evil,)),))
    source = diff_html(diff(Resume(summary="x"), tailored), title=evil, lang='"><b>')
    assert "<script" not in source and "<b>" not in source
    assert evil in Page(source).text


@settings(deadline=None, max_examples=40)
@given(resumes_with_edits)
def test_any_diff_makes_a_page_in_which_every_change_is_one_item(pair: tuple[Resume, list[Edit]]) -> None:
    found = diff(pair[0], apply(*pair), pair[1])
    shown = Page(diff_html(found))
    assert len([a for a in shown.all("li") if (a.get("class") or "").startswith("change")]) == len(found.changes)
    assert [a["aria-labelledby"] for a in shown.all("section")] == [a["id"] for a in shown.all("h2")]


def test_the_colours_of_text_stand_out_from_their_paper() -> None:
    """WCAG 2 AA: 4.5 to 1, in the light and in the dark."""
    for theme in re.findall(r":root \{([^}]*--come-paper[^}]*)\}", page())[:2]:
        colours = dict(re.findall(r"--([\w-]+): (#\w+);", theme))
        paper = colours["paper"]
        pairs = [(name, paper) for name in ("ink", "soft", "accent")]
        pairs += [("gone", colours["gone-paper"]), ("come", colours["come-paper"])]
        for name, behind in pairs:
            assert contrast(colours[name], behind) >= 4.5, (name, behind)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
