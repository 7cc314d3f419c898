"""Word files as zip archives: parts replaced, and the same bytes for the same parts."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NO_TIME = (1980, 1, 1, 0, 0, 0)


def repacked(data: bytes, replaced: Mapping[str, bytes] | None = None, without: tuple[str, ...] = ()) -> bytes:
    """The archive with some of its parts replaced or left out, and without the time it was made at."""
    replaced = replaced or {}
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in without:
                info = ZipInfo(name, _NO_TIME)
                info.compress_type = ZIP_DEFLATED
                target.writestr(info, replaced[name] if name in replaced else source.read(name), compresslevel=6)
    return stream.getvalue()
