import struct

import pytest

from backend.documents.writing.preview import preview
from backend.documents.writing.templates import TEMPLATES
from backend.domain.resume import Resume
from backend.errors import InvalidInput


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_each_template_has_a_small_picture_of_its_own(sample_resume: Resume) -> None:
    pictures = {preview(sample_resume, name) for name in TEMPLATES}
    assert len(pictures) == len(TEMPLATES)
    for png in pictures:
        assert abs(size(png)[0] - 480) <= 1
        assert len(png) < 150_000


def test_it_is_as_wide_as_asked(sample_resume: Resume) -> None:
    assert abs(size(preview(sample_resume, width=200))[0] - 200) <= 1


@pytest.mark.parametrize("width", [0, 99, 5000])
def test_a_width_out_of_range_is_refused(width: int) -> None:
    with pytest.raises(InvalidInput, match="100 to 1600"):
        preview(Resume(), width=width)
