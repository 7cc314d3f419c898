"""What an audit finds, and the catalogue of all that it can find."""

from typing import Literal, NamedTuple

from backend.domain.model import Model

Severity = Literal["error", "warning", "hint"]
Area = Literal["file", "structure", "consistency", "content", "job"]


class Issue(Model):
    """Something to mend: what, where and how. `place` is a JSON Pointer into the resume, or "file"."""

    code: str
    severity: Severity
    place: str
    message: str
    fix: str
    area: Area = "structure"


class Rule(NamedTuple):
    """`weight` is how many times the severity's points one finding costs; 0 where the score counts it in another way."""

    area: Area
    severity: Severity
    weight: int = 1


RULES: dict[str, Rule] = {
    # The file: what a parser stumbles on.
    "no_text_layer": Rule("file", "error", 4),
    "unreadable_text": Rule("file", "error", 2),
    "hidden_text": Rule("file", "error", 2),
    "read_by_ocr": Rule("file", "warning", 2),
    "broken_characters": Rule("file", "warning"),
    "invisible_characters": Rule("file", "warning"),
    "comments_left": Rule("file", "warning"),
    "text_boxes": Rule("file", "warning"),
    "tables": Rule("file", "warning"),
    "columns": Rule("file", "warning"),
    "contact_in_header": Rule("file", "warning"),
    "large_file": Rule("file", "warning"),
    "many_pages": Rule("file", "warning"),
    "text_in_header": Rule("file", "hint"),
    "hidden_metadata": Rule("file", "hint"),
    "images": Rule("file", "hint"),
    "many_fonts": Rule("file", "hint"),
    "odd_font": Rule("file", "hint"),
    # The structure: what a reader looks for, and where.
    "no_name": Rule("structure", "error"),
    "no_email": Rule("structure", "error"),
    "no_heading": Rule("structure", "error"),
    "no_skills": Rule("structure", "warning"),
    "no_experience": Rule("structure", "warning"),
    "no_dates": Rule("structure", "warning"),
    "future_date": Rule("structure", "warning"),
    "no_highlights": Rule("structure", "warning"),
    "odd_phone": Rule("structure", "warning"),
    "odd_link": Rule("structure", "hint"),
    "odd_heading": Rule("structure", "hint"),
    "odd_date": Rule("structure", "hint"),
    "not_newest_first": Rule("structure", "hint"),
    "no_phone": Rule("structure", "hint"),
    "no_summary": Rule("structure", "hint"),
    "long_summary": Rule("structure", "hint"),
    "many_skills": Rule("structure", "hint"),
    "no_education": Rule("structure", "hint"),
    "long_highlight": Rule("structure", "hint"),
    # Consistency: one thing, written in two ways.
    "mixed_dates": Rule("consistency", "warning"),
    "mixed_date_precision": Rule("consistency", "hint"),
    "mixed_endings": Rule("consistency", "hint"),
    "mixed_tense": Rule("consistency", "hint"),
    "mixed_skill_case": Rule("consistency", "hint"),
    "skill_spelling": Rule("consistency", "hint"),
    "repeated_skill": Rule("consistency", "hint"),
    # Content: what the lines say, and how.
    "spelling": Rule("content", "warning"),
    "weak_opening": Rule("content", "warning"),
    "no_results": Rule("content", "warning"),
    "passive": Rule("content", "hint"),
    "first_person": Rule("content", "hint"),
    "buzzword": Rule("content", "hint"),
    "repeated_opening": Rule("content", "hint"),
    "repeated_highlight": Rule("content", "warning"),
    "short_highlight": Rule("content", "hint"),
    "many_highlights": Rule("content", "hint"),
    "long_resume": Rule("content", "warning"),
    "short_resume": Rule("content", "warning"),
    "gap": Rule("content", "hint"),
    # The job: what it asks, and whether the resume shows it.
    "missing_skill": Rule("job", "warning", 0),
    "only_listed": Rule("job", "hint", 0),
    "overused_keyword": Rule("job", "hint"),
    "keyword_list": Rule("job", "warning"),
}


def issue(code: str, place: str, message: str, fix: str) -> Issue:
    """An issue of the catalogue; KeyError for a code that is not in it."""
    rule = RULES[code]
    return Issue(code=code, severity=rule.severity, place=place, message=message, fix=fix, area=rule.area)
