"""What the Word designs differ in, in font sizes where nothing else is said: the numbers of the printed ones."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

TEXT, SOFT, RULE = "1c1c1c", "585858", "c8c8c8"
"""The colors of text, of what stands back, and of rules, as Word writes them."""


class Design(NamedTuple):
    """`rule` says where the headings' line stands and in which color; gaps are what stands before a thing, `title_gap`
    what stands after a section's title. `left` and `right` name what stands at either end of an entry's first line. `band` is how wide (points) the accent's band along the page is, `inset` how much
    wider (mm) the left margin is for it."""

    name_size: float
    name_accent: bool
    name_bold: bool
    headline_size: float
    headline_accent: bool
    contact_size: float
    contact_gap: float
    title_size: float
    title_case: Literal["", "caps", "smallCaps"]
    rule: Literal["", "top", "bottom"]
    rule_color: Literal["", "accent"]
    aside_size: float
    marker: str
    marker_color: Literal["soft", "accent", "text"]
    section_gap: float
    title_gap: float
    entry_gap: float
    head_gap: float
    left: tuple[str, ...]
    right: tuple[str, ...]
    centred: bool = False
    headline_italic: bool = True
    name_case: Literal["", "smallCaps"] = ""
    inset: float = 0
    band: float = 0


DESIGNS: Mapping[str, Design] = {
    "classic": Design(
        name_size=2.15,
        name_accent=True,
        name_bold=False,
        headline_size=1.08,
        headline_accent=False,
        contact_size=0.94,
        contact_gap=0.35,
        title_size=0.88,
        title_case="caps",
        rule="bottom",
        rule_color="",
        aside_size=0.93,
        marker="•",
        marker_color="soft",
        section_gap=1.1,
        title_gap=0.4,
        entry_gap=0.65,
        head_gap=0.1,
        left=("heading", "subheading"),
        right=("period", "location"),
    ),
    "modern": Design(
        name_size=2.4,
        name_accent=False,
        name_bold=True,
        headline_size=1.15,
        headline_accent=True,
        headline_italic=False,
        contact_size=0.93,
        contact_gap=0.45,
        title_size=1.18,
        title_case="",
        rule="",
        rule_color="",
        aside_size=0.93,
        marker="•",
        marker_color="accent",
        section_gap=1.25,
        title_gap=0.2,
        entry_gap=0.75,
        head_gap=0.1,
        left=("heading",),
        right=("period",),
        inset=6,
        band=12,
    ),
    "compact": Design(
        name_size=1.75,
        name_accent=False,
        name_bold=True,
        headline_size=1.0,
        headline_accent=True,
        headline_italic=False,
        contact_size=1.0,
        contact_gap=0.05,
        title_size=1.06,
        title_case="",
        rule="top",
        rule_color="",
        aside_size=1.0,
        marker="•",
        marker_color="soft",
        section_gap=0.75,
        title_gap=0.08,
        entry_gap=0.5,
        head_gap=0.06,
        left=("heading", "subheading", "location"),
        right=("period",),
    ),
    "academic": Design(
        name_size=2.1,
        name_accent=False,
        name_bold=False,
        name_case="smallCaps",
        headline_size=1.0,
        headline_accent=False,
        contact_size=0.95,
        contact_gap=0.3,
        title_size=1.2,
        title_case="smallCaps",
        rule="bottom",
        rule_color="accent",
        aside_size=1.0,
        marker="–",
        marker_color="text",
        section_gap=1.05,
        title_gap=0.4,
        entry_gap=0.6,
        head_gap=0.1,
        left=("subheading", "location"),
        right=("period",),
        centred=True,
    ),
}
