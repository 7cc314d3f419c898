"""What stands around the main content of a web page: navigation, banners, forms, lists of other pages."""

import re
from typing import Final, NamedTuple

from lxml import etree

from backend.documents.reading.office.packages import local

_TAGS: Final = frozenset("nav footer aside dialog form search".split())
_ROLES: Final = frozenset(
    "navigation banner contentinfo search dialog alertdialog complementary menu menubar toolbar form alert".split()
)
# As whole words of an element's id or class.
_NAMES = re.compile(
    r"(?<![a-z])(?:cookies?|consent|gdpr|ccpa|onetrust|cookiebot|truste|newsletter|subscribe|breadcrumbs?|social|share|sharing|related|"
    r"similar|recommend(?:ed|ations?)?|footer|navbar|nav|navigation|menu|sidebar|skip|log-?in|sign-?(?:in|up)|modal|pop-?up|"
    r"overlay|toast|advert(?:s|isement|isements)?|promo|pagination|paging|toolbar|search-?(?:bar|box|form)|job-?alerts?|"
    r"(?:language|locale)-?(?:picker|selector|switcher)|screen-?reader-?only|testimonials?)(?![a-z])",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)
_CHOICE = re.compile(r"\b(?:accept|reject|decline|manage|agree|consent|preferences|settings|allow)\b", re.IGNORECASE)
_NOTICE: Final = 1_500
"""Characters; what says more is no notice about cookies."""
_MOST: Final = 0.5
"""An element with more than this share of the page's text is no furniture, whatever its name."""
_LINKED: Final = 0.7
_FEW_LINKS, _FEW_HEADINGS, _TEASER = 3, 2, 200
_UNSEEN: Final = frozenset(("script", "style", "noscript", "template"))
_BOXES: Final = frozenset("div section ul ol table aside p header".split())
# A whole line that is a button or a notice, and says nothing of the job.
_LINE = re.compile(
    r"(?:- )?(?:apply(?: (?:now|here|for this (?:job|position|role)|online|today|with \w+))?|easy apply|quick apply|(?:save|share|print|report|"
    r"bookmark)(?: this)?(?: (?:job|page|role|position|posting))?|back(?: to .{1,40})?|(?:see|view|show|browse|read|load|explore)(?: (?:all|more|less|our|"
    r"other|open))*(?: .{0,30})?|sign ?(?:in|up)(?: .{0,40})?|log ?in|register|join now|skip to (?:main )?content|menu|close|home|search(?: jobs)?|"
    r"careers|(?:accept|reject|allow)(?: all)?(?: cookies)?|cookie (?:settings|preferences|policy)|privacy(?: (?:policy|notice))?|terms(?: .{0,30})?|"
    r"follow us(?: .{0,30})?|share(?: on .{0,20})?|copy link|(?:©|\(c\)|copyright\b).{0,120}|all rights reserved\.?|powered by .{0,40}|facebook|"
    r"linkedin|twitter|x|instagram|youtube|get job alerts?.{0,40}|create (?:a )?job alert.{0,40}|\d+ applicants?|loading\W*)",
    re.IGNORECASE,
)  # fmt: skip


class _Size(NamedTuple):
    """Characters of text in an element, and how many of them are in links; and how many links there are."""

    text: int = 0
    linked: int = 0
    links: int = 0


def cleared(root: etree._Element) -> None:
    """Takes the furniture out of a page. The main content stays, even where it is named like furniture."""
    body = _body(root)
    sizes = _sizes(body)
    gone: set[etree._Element] = set()
    for element in sizes:  # outer ones first
        above = element.getparent()
        if above in gone:
            gone.add(element)
        elif element is body or above is None:
            continue
        elif sizes[element].text <= _MOST * sizes[body].text and _is_furniture(element, sizes[element]):
            gone.add(element)
            _drop(element)


def main_part(root: etree._Element) -> etree._Element:
    """The element that says it is the main content, if it says enough; else the whole."""
    body = _body(root)
    sizes = _sizes(body)
    enough = max(0.4 * sizes[body].text, 150)
    marked = [element for element in sizes if _is_main(element) and sizes[element].text >= enough]
    return max(marked, key=lambda element: sizes[element].text, default=body)


def without_buttons(text: str) -> str:
    """The text without lines that are a button's or a notice's."""
    lines = text.split("\n")
    kept = "\n".join(line for line in lines if not line.strip() or not _LINE.fullmatch(line.strip()))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def _is_main(element: etree._Element) -> bool:
    kind = element.get("itemtype") or ""
    return local(element) in ("main", "article") or element.get("role") == "main" or kind.endswith("/JobPosting")


def _is_furniture(element: etree._Element, size: _Size) -> bool:
    name = local(element).lower()
    if name in ("body", "main", "h1"):
        return False
    if name in _TAGS or (element.get("role") or "").lower() in _ROLES or element.get("aria-modal") == "true":
        return True
    if name not in _BOXES and name not in ("a", "span", "li"):
        return False
    named = _CAMEL.sub("-", f"{element.get('id') or ''} {element.get('class') or ''}"[:500])
    box = name in _BOXES and (_is_notice(element, size) or _is_link_list(element, size))
    found = box or _NAMES.search(named) or (name == "header" and _is_of_site(element))
    return bool(found) and element.find(".//h1") is None


def _is_of_site(header: etree._Element) -> bool:
    return not any(local(above) in ("main", "article", "section") for above in header.iterancestors())


def _is_notice(element: etree._Element, size: _Size) -> bool:
    if size.text > _NOTICE:
        return False
    text = " ".join(str(piece) for piece in element.itertext())
    controls = any(local(inner) in ("button", "a", "input") for inner in element.iter(etree.Element))
    return controls and bool(_COOKIES.search(text) and _CHOICE.search(text))


def _is_link_list(element: etree._Element, size: _Size) -> bool:
    """Whether an element is made of links, or of headings that are links, each with a line or two."""
    if size.links >= _FEW_LINKS and size.linked >= _LINKED * max(size.text, 1):
        return True
    if size.links < _FEW_HEADINGS or size.text > _TEASER * size.links:
        return False
    headings = list(element.iter("h2", "h3", "h4", "h5"))
    linked = sum(_is_link(heading) for heading in headings)
    return linked >= _FEW_HEADINGS and linked == len(headings) and size.text <= _TEASER * linked


def _is_link(heading: etree._Element) -> bool:
    around = (*heading.iterancestors("a"), *heading.iter("a"))
    return any(_leads_on(link) for link in around)


def _leads_on(link: etree._Element) -> bool:
    return not (link.get("href") or "#").startswith("#")


def _body(root: etree._Element) -> etree._Element:
    body = root.find("body")
    return root if body is None else body


def _sizes(body: etree._Element) -> dict[etree._Element, _Size]:
    """Of every element, in the order of the page."""
    order = list(body.iter(etree.Element))
    sizes: dict[etree._Element, _Size] = {}
    for element in reversed(order):
        text = 0 if local(element) in _UNSEEN else _said(element.text)
        linked = links = 0
        for child in element:
            inner = sizes.get(child, _Size())
            text += inner.text + _said(child.tail)
            linked, links = linked + inner.linked, links + inner.links
        if local(element) == "a" and _leads_on(element):
            linked, links = text, 1
        sizes[element] = _Size(text, linked, links)
    return {element: sizes[element] for element in order}


def _said(text: str | None) -> int:
    return len(text.strip()) + 1 if text and text.strip() else 0


def _drop(element: etree._Element) -> None:
    """Takes an element out, not the text that follows it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            above.text = (above.text or "") + element.tail
    above.remove(element)
