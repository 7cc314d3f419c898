import io
import zipfile
from pathlib import Path

import pytest

from backend.documents.reading.office.packages import Package, parsed
from backend.errors import InvalidInput
from backend.tests.unit.documents.reading.office.made import zipped


def test_a_part_that_is_not_there_is_empty() -> None:
    package = Package(zipped({"a.xml": "<a/>"}), "Word")
    assert package.read("b.xml") == b""
    assert package.xml("b.xml") is None


def test_elements_are_counted_over_all_parts() -> None:
    part = f"<a>{'<b/>' * 120_000}</a>"
    package = Package(zipped({"a.xml": part, "b.xml": part}), "Word")
    package.xml("a.xml")
    with pytest.raises(InvalidInput, match="200,000"):
        package.xml("b.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_and_no_file_is_read(encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("top secret")
    text = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    with pytest.raises(InvalidInput, match="document type"):
        parsed(text.encode(encoding), "a test")


def test_entities_that_multiply_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(InvalidInput):
        parsed(f'<!DOCTYPE a [<!ENTITY e0 "ha">{levels}]><a>&e9;</a>'.encode(), "a test")


def test_an_archive_with_a_password_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", "<a/>")
    data = bytearray(buffer.getvalue())
    data[6] |= 1  # the flag in the local header, and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InvalidInput, match="password"):
        Package(bytes(data), "Word").read("a.xml")
