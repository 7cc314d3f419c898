"""A resume as a tagged PDF (PDF/UA-1): real text in reading order, headings, lists and links."""

import json
import re
from typing import NamedTuple

from backend.documents.writing.style import FONTS, Font, Style
from backend.documents.writing.templates import Template
from backend.documents.writing.templates import template as find_template
from backend.documents.writing.typesetter import typeset
from backend.documents.writing.view import view
from backend.domain.resume import Resume
from backend.errors import InvalidInput


class Printed(NamedTuple):
    """A PDF, how many pages it has, and what the person should know about it."""

    data: bytes
    pages: int
    warnings: tuple[str, ...] = ()


def pdf(resume: Resume, template: str | Template = "classic", style: Style | None = None, *, lang: str = "en") -> bytes:
    """The document alone; see `printed`."""
    return printed(resume, template, style, lang=lang).data


def printed(
    resume: Resume, template: str | Template = "classic", style: Style | None = None, *, lang: str = "en"
) -> Printed:
    """The document in a template, in `style` or the template's own, in the language `lang` (BCP 47).

    The same resume gives the same bytes. About 15 ms for two pages, on the calling thread; any number of threads may call.
    Raises InvalidInput for an unknown template or a language that is none.
    """
    chosen = template if isinstance(template, Template) else find_template(template)
    made = typeset(f"{chosen.id}.typ", inputs(resume, style or chosen.style, lang))
    return Printed(made.data, made.pages, _warnings(made.missing))


def inputs(resume: Resume, style: Style, lang: str = "en") -> dict[str, str]:
    """What our sources read: the view and the style as JSON."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", lang):
        raise InvalidInput(f"{lang!r} is no language; write it like en, de or pt-BR.")
    shown = view(resume, style)
    # A character that the font lacks comes from one that looks like it, where there is one.
    others = sorted(FONTS.values(), key=lambda font: (font.name != style.font, font.serif != FONTS[style.font].serif))
    return {
        "view": json.dumps(shown.model_dump(), ensure_ascii=False),
        "style": style.model_dump_json(),
        "title": f"{shown.name} – Resume" if shown.name else "Resume",
        "lang": lang.split("-")[0].lower(),
        "fonts": ",".join(
            [*(font.name for font in others), *_machines_own(shown.model_dump_json(), lang, FONTS[style.font])]
        ),
    }


def _machines_own(text: str, lang: str, font: Font) -> list[str]:
    """Fonts for what ours lack, in order; those that are not installed are passed over. Chinese, Japanese and Korean share
    characters that each draws in its own way, so the text and its language choose among them."""
    drawn = "Serif" if font.serif else "Sans"
    told = next((region for pattern, region in _REGIONS if re.match(pattern, lang, re.IGNORECASE)), "")
    region = told or ("JP" if _KANA.search(text) else "KR" if _HANGUL.search(text) else "SC")
    regions = [region, *(other for other in ("SC", "TC", "JP", "KR") if other != region)]
    noto = [f"Noto {kind} CJK {name}" for name in regions for kind in (drawn, "Sans")]
    return ["New Computer Modern", *dict.fromkeys(noto), "DejaVu Sans", "DejaVu Sans Mono"]


_REGIONS = ((r"zh-(?:hant|tw|hk|mo)", "TC"), ("zh", "SC"), ("ja", "JP"), ("ko", "KR"))
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7af]")


def _warnings(missing: str) -> tuple[str, ...]:
    if not missing:
        return ()
    some = " ".join(missing[:40]) + (" …" if len(missing) > 40 else "")
    return (
        f"No font on this machine can draw {len(missing)} of the characters, which print as empty boxes and may be lost when the text is copied: {some}. "
        "Install a font that has them (for Chinese, Japanese and Korean: Noto Sans CJK) and print again.",
    )
