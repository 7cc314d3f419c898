"""A job advertisement as it was published: what is known of it, and the text of it."""

import re
from typing import Literal

from backend.domain.job import MAX_JOB_CHARACTERS, Job
from backend.domain.job_reading import read_lines
from backend.domain.model import Model
from backend.domain.text import clean, words

PostingSource = Literal["json_ld", "greenhouse", "lever", "ashby", "readable", "text"]
MAX_FIELD = 300
"""Characters of a title, a company or a place."""
_LABELLED = re.compile(
    r"^\W{0,4}(?P<what>job title|title|position|role|company|employer|organi[sz]ation|location|place)[*_ ]{0,3}:[*_\s]*(?P<said>\S.{0,200})$",
    re.IGNORECASE,
)
_FIELDS = {
    "job title": "title", "title": "title", "position": "title", "role": "title", "company": "company",
    "employer": "company", "organization": "company", "organisation": "company", "location": "location", "place": "location",
}  # fmt: skip
_LOOKED_AT, _TITLE_WORDS = 12, 10


class Posting(Model):
    """`source` says where it was read from: the page's own data, a board's API, the page as people see it, or a text that
    was pasted. `salary` is as published. Dates are ISO 8601 where the page had them so. `warnings` are for people."""

    title: str = ""
    company: str = ""
    location: str = ""
    text: str
    url: str = ""
    employment_type: str = ""
    salary: str = ""
    date_posted: str = ""
    valid_through: str = ""
    source: PostingSource = "text"
    warnings: tuple[str, ...] = ()

    def job(self) -> Job:
        return Job(text=self.text, title=self.title, company=self.company, url=self.url)

    def warned(self, *more: str) -> "Posting":
        """With more warnings, each once."""
        return self.model_copy(update={"warnings": tuple(dict.fromkeys((*self.warnings, *more)))})


def posting_of(text: str) -> Posting:
    """A pasted text, with the title, company and place that its first lines name."""
    found = {"title": "", "company": "", "location": ""}
    lines = [line.strip() for line in clean(text).split("\n") if line.strip()]
    for line in lines[:_LOOKED_AT]:
        if match := _LABELLED.match(line):
            field = _FIELDS[match["what"].lower()]
            found[field] = found[field] or match["said"].strip()
    if not found["title"] and lines and _is_title(lines[0]):
        found["title"] = lines[0].strip("#* ")
    return Posting(text=text, source="text", **found)


def shortened(text: str) -> tuple[str, bool]:
    """The text within what a job may have, cut at the end of a line; and whether it was cut."""
    if len(text) <= MAX_JOB_CHARACTERS:
        return text, False
    cut = text[:MAX_JOB_CHARACTERS]
    return (cut[: cut.rfind("\n")] if "\n" in cut else cut).rstrip(), True


def one_line(text: str, limit: int = MAX_FIELD) -> str:
    """A field's value: clean, on one line, and no longer than a field is."""
    return " ".join(clean(text).split())[:limit].strip()


def _is_title(line: str) -> bool:
    """Whether a text's first line names the job: short, no sentence, and no heading of what follows."""
    said = line.strip("#*_ ")
    if not 1 <= len(words(said)) <= _TITLE_WORDS or said.endswith((".", "!", "?", ":", ",")) or line[:1] in "-•":
        return False
    return next((read.text for read in read_lines(said)), "") == said
