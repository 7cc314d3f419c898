"""What was read from a file: the resume, where each field of it stood, how sure that is, and what it holds."""

from typing import Any, Literal

from backend.domain.layout import Hidden, Layout
from backend.domain.model import Model


class Field(Model):
    """One value of the resume. `path` is a JSON Pointer into `Resume` ("/work_experience/0/title", and "/contact/links/0"
    for a link's address); `start` and `end` are characters of `ParsedResume.text`, None where the value was put together
    from several places; `page` counts from 1, 0 where there are none; `confidence` (0 to 1) is the chance that the value is
    right and in the right field. `source` says whether our rules found its place or a language model did; the value is the
    file's own either way."""

    path: str
    start: int | None = None
    end: int | None = None
    page: int = 0
    confidence: float = 1.0
    source: Literal["rules", "model"] = "rules"


class Recognised(Model):
    """What one entry claims: its numbers as they are written ("40%", "$2M") and the tools it names."""

    path: str
    metrics: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()


class ParsedResume(Model):
    """`document` is the stored document, `text` the source as plain text. `kept` is the share (0 to 1) of the source's
    words that the document holds; `missing` names some that it does not."""

    kind: str
    document: dict[str, Any]
    text: str
    fields: tuple[Field, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    kept: float = 1.0
    missing: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    layout: Layout = Layout()
    warnings: tuple[str, ...] = ()

    def field(self, path: str) -> Field | None:
        return next((field for field in self.fields if field.path == path), None)
