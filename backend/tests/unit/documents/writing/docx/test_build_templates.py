from pathlib import Path

import pytest

from backend.documents.writing.docx.build_templates import FOLDER, build
from backend.documents.writing.docx.designs import DESIGNS
from backend.documents.writing.templates import TEMPLATES


@pytest.mark.parametrize("template_id", TEMPLATES)
def test_the_file_is_what_the_script_builds(template_id: str) -> None:
    built = build(template_id)
    assert (FOLDER / f"{template_id}.docx").read_bytes() == built, (
        "run python -m backend.documents.writing.docx.build_templates"
    )


def test_every_template_has_a_design_and_a_file() -> None:
    assert set(DESIGNS) == set(TEMPLATES) == {Path(path).stem for path in FOLDER.glob("*.docx")}
