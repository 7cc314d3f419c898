"""How a link reads in a line: "text (address)", or one of both where they say the same."""

import re

_LONGEST = 500
_SCHEME = re.compile(r"(https?://|mailto:|tel:|www\.)", re.IGNORECASE)


def linked(text: str, address: str) -> str:
    """Addresses that lead nowhere outside (anchors, files, scripts) are left out."""
    address = address.strip()
    if not _SCHEME.match(address) or len(address) > _LONGEST or re.search(r"[\s<>\"]", address):
        return text
    kind = address.partition(":")[0].lower()
    bare = re.sub(r"^(?:mailto|tel):(?://)?", "", address, flags=re.IGNORECASE)
    if kind == "mailto":
        bare = bare.partition("?")[0]
    core = text.strip()
    if not core or not bare:
        return text
    if _same(core, bare) or (kind == "tel" and _digits(core) and _digits(bare).endswith(_digits(core)[-7:])):
        return text
    return f"{text.rstrip()} ({bare}){text[len(text.rstrip()) :]}"


def _same(text: str, address: str) -> bool:
    """Whether the text is, holds, or begins the address, give or take the scheme."""
    one, other = (re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", part.lower()) for part in (text, address))
    return (
        one == other or (len(other) > 5 and other in one) or (one.endswith(("…", "...")) and other.startswith(one[:8]))
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
