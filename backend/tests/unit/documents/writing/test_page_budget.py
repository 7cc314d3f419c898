import pytest

from backend.documents.writing.page_budget import fit
from backend.documents.writing.pdf import printed
from backend.documents.writing.style import SMALLEST_FONT, Style
from backend.documents.writing.templates import TEMPLATES, template
from backend.domain.resume import Contact, Resume, WorkEntry
from backend.errors import InvalidInput

LINE = "Redesigned the ingestion pipeline so that it handles more events every second, cutting the cost of it over two quarters"


def long(entries: int = 4, highlights: int = 20) -> Resume:
    return Resume(
        contact=Contact(name="Ada"),
        work_experience=tuple(
            WorkEntry(
                company=f"Company {n}", title="Engineer", start_date=str(2019 - 5 * n), end_date=str(2024 - 5 * n),
                highlights=tuple(f"{LINE}, {'abcdefghijklmnopqrst'[k]}" for k in range(highlights)),
            )
            for n in range(entries)
        ),
    )  # fmt: skip


def test_what_fits_is_left_alone(sample_resume: Resume) -> None:
    fitted = fit(sample_resume, 2)
    assert (fitted.resume, fitted.style, fitted.dropped, fitted.fits) == (
        sample_resume,
        template("classic").style,
        (),
        True,
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_it_is_set_tighter_before_anything_is_dropped(name: str, sample_resume: Resume) -> None:
    fitted = fit(sample_resume, 1, name)
    assert (fitted.resume, fitted.dropped, fitted.pages) == (sample_resume, (), 1)
    assert fitted.style.font_size >= SMALLEST_FONT
    assert printed(fitted.resume, name, fitted.style).pages == 1


def test_space_goes_before_the_size_of_letters(sample_resume: Resume) -> None:
    fitted = fit(sample_resume, 1)
    own = template("classic").style
    assert fitted.style.spacing < own.spacing and fitted.style.font_size == own.font_size


def test_then_the_least_relevant_highlights_go_and_are_reported() -> None:
    resume = long()
    kept = "/work_experience/3/highlights/7"
    fitted = fit(resume, 1, relevance={kept: 9.0})
    assert fitted.pages == 1 and fitted.fits and fitted.dropped
    assert kept not in {line.path for line in fitted.dropped}
    for line in fitted.dropped:
        _, _, entry, _, number = line.path.split("/")
        assert resume.work_experience[int(entry)].highlights[int(number)] == line.text
        assert line.reason.startswith("Left out for want of room: ")
    left = sum(len(job.highlights) for job in fitted.resume.work_experience)
    assert left + len(fitted.dropped) == 80
    assert fitted.resume.work_experience[0].highlights


def test_no_more_is_dropped_than_needed() -> None:
    resume = long()
    fitted = fit(resume, 1)
    last = fitted.dropped[-1]
    _, _, entry, _, _ = last.path.split("/")
    jobs = list(fitted.resume.work_experience)
    jobs[int(entry)] = jobs[int(entry)].model_copy(update={"highlights": (*jobs[int(entry)].highlights, last.text)})
    tightest = fitted.style.model_copy(
        update={"spacing": 0.65, "margin_mm": 12, "line_height": 1.16, "font_size": SMALLEST_FONT}
    )
    assert printed(fitted.resume.model_copy(update={"work_experience": tuple(jobs)}), style=tightest).pages == 2


def test_what_cannot_fit_is_said_and_left_whole() -> None:
    resume = long().model_copy(update={"summary": f"{LINE}. " * 90})
    fitted = fit(resume, 1)
    assert (fitted.resume, fitted.style, fitted.dropped) == (resume, template("classic").style, ())
    assert not fitted.fits and fitted.pages > 1
    assert "does not fit on 1 page" in fitted.note and "allow more pages" in fitted.note


def test_a_style_that_is_tighter_already_is_not_loosened(sample_resume: Resume) -> None:
    style = Style(margin_mm=10, spacing=0.6, line_height=1.1, font_size=12)
    fitted = fit(sample_resume, 1, style=style)
    assert (fitted.style.margin_mm, fitted.style.spacing, fitted.style.line_height) == (10, 0.6, 1.1)


@pytest.mark.parametrize("pages", [0, -1, 6])
def test_a_number_of_pages_out_of_range_is_refused(pages: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 5 pages"):
        fit(Resume(), pages)
