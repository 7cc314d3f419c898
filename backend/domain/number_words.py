"""Quantities that are no figures: "halved", "three-fifths", "an hour and a half", "a couple of", "fortnightly", "sixth"."""

import re
from collections.abc import Iterator

from backend.domain.number_values import SCALE, Number, Unit, made, spelled_value, unit_named

# Verbs and adverbs that hold a number: (value, unit), and what else says the same.
_MULTIPLES: dict[str, tuple[tuple[float, Unit], ...]] = {
    "halv": ((50, "%"), (0.5, "x"), (2, "x")), "half": ((50, "%"), (0.5, "x"), (2, "x")),
    "doubl": ((2, "x"), (100, "%")), "twice": ((2, "x"), (100, "%"), (2, "")), "twofold": ((2, "x"), (100, "%")),
    "tripl": ((3, "x"), (200, "%")), "treb": ((3, "x"), (200, "%")), "threefold": ((3, "x"), (200, "%")),
    "quadrupl": ((4, "x"), (300, "%")), "thrice": ((3, "x"), (200, "%"), (3, "")), "fourfold": ((4, "x"), (300, "%")), "quintupl": ((5, "x"), (400, "%")),
 "third": ((100 / 3, "%"), (33, "%")), "quarter": ((25, "%"),), "fifth": ((20, "%"),), "tenth": ((10, "%"),),
 "three quarters": ((75, "%"),),
}  # fmt: skip
_MULTIPLE = re.compile(
    r"\b(?:(halv)(?:ed|ing|es)|(?:by|in|cut|one|a)[\s-](half)\b|(half)(?=[\s-](?:of|the|its|their|our|that|as|those|these|them|my|were|are|was|is)\b)|(?<=nearly |almost |.about |..over |..than )(half)\b|(doubl)(?:ed|ing|es|e)|(twice)\b|(twofold)\b|"
    r"(tripl)(?:ed|ing|es|e)|(treb)(?:led|ling|les|le)|(threefold)\b|(quadrupl)(?:ed|ing|es|e)|(thrice)\b|(fourfold)\b|(quintupl)(?:ed|ing|es|e)|"
    r"(?:by|one|a|two)[\s-](third)s?\b|(?:by|one|a)[\s-](fifth|tenth)\b(?=\s+(?:of|less|more|the)\b)|by (three[\s-]quarters)\b|by a (quarter)\b|(?:(?:by|one|a)[\s-]|\bthree[\s-])(quarter)s?\b(?!\s+(?:in|of the year|ended)))",
    re.IGNORECASE,
)


def multiples(text: str) -> Iterator[Number]:
    """ "Halved", "doubled", "a third"."""
    for match in _MULTIPLE.finditer(text):
        if text[: match.start()].lower().endswith(("and ", "and-")):
            continue
        key = next(group for group in match.groups() if group).lower().replace("-", " ")
        (multiple, unit), *alike = _MULTIPLES[key]
        if key == "third" and match.group().lower().startswith("two"):
            multiple, alike = 200 / 3, [(67, "%"), (66, "%")]
        if key == "quarter" and match.group().lower().startswith("three"):
            multiple = 75.0
        number = made(text, multiple, unit, match.start(), match.end(), spelled=True)
        yield number._replace(alike=tuple(alike))


# "An hour and a half", "half an hour", "a year and a half", "half a day".
_HALVES = re.compile(
    r"\b(?:half (?:of )?an? (?P<half>minute|hour|day|week|month|year)|an? (?P<more>minute|hour|day|week|month|year) and a half|"
    r"(?P<quarters>(?:three[ -])?quarters?) of an? (?P<part>hour|year))\b",
    re.IGNORECASE,
)
# "Within a day", "from an hour to", and not "60 a day", which is a rate.
_ONE_TIME = re.compile(
    r"\b(?:within|from|down to|in under|less than|more than|over) (an? (minute|hour|day|week|month|year))\b(?! and a half| or so| ago)",
    re.IGNORECASE,
)
# "Three-fifths", "a sixth of": shares that no list of verbs holds.
_FRACTION = re.compile(
    r"\b(?P<top>an?|one|two|three|four|five|six|seven|eight|nine)[ -]"
    r"(?P<bottom>thirds?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|quarters)\b"
    r"(?=\s+(?:of|less|more|the|its|fewer|higher|lower|faster|smaller|larger|in|after|by|when|since|through|with|over|on|off)\b|[.,;:)]|$)(?! of (?:all )?(?:year|month|week|day)s?\b)",
    re.IGNORECASE,
)
_PARTS = {w: n for n, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), 3)} | {"quarter": 4}
# Words that are numbers by themselves: "a pair of", "a trio", "a couple of".
_COUPLE = re.compile(r"\ba (?P<name>pair|couple|trio|quartet|score|handful) of\b", re.IGNORECASE)
_COUPLES = {"pair": 2.0, "couple": 2.0, "trio": 3.0, "quartet": 4.0, "score": 20.0}
_PART_OF = re.compile(
    r"\b(half|(?:a )?quarter of|(?:a )?quarter)[ -](?:an? )?(hundred|thousand|million|billion|dozen)\b", re.IGNORECASE
)
_EVERY = re.compile(
    r"\b(?:(?P<week>bi-?weekly|fortnightly|every (?:other|second) week)|(?P<month>bi-?monthly|every (?:other|second) month)|"
    r"(?P<year>biennial(?:ly)?|every (?:other|second) year)|(?P<half>semi-?annual(?:ly)?|bi-?annual(?:ly)?|twice[- ](?:a year|yearly)))\b",
    re.IGNORECASE,
)
_ORDINALS = {
    w: float(n)
    for n, w in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
        "seventeenth eighteenth nineteenth twentieth".split(),
        2,
    )
}
_ORDINAL = re.compile(
    rf"\b(?:(?P<early>second|third)\b(?!-(?:hand|rate|guess))|(?P<later>{'|'.join(w for w in _ORDINALS if w not in ('second', 'third'))})\b)",
    re.IGNORECASE,
)


def in_words(text: str) -> Iterator[Number]:
    """ "Half a million", "two-fifths", "a couple of", "fortnightly"; ordinals are apart."""
    small = text.lower()
    if "half" in small or "quarter" in small:
        yield from _halves(text)
    for match in _ONE_TIME.finditer(text):
        yield made(text, 1, unit_named(match[2]), match.start(1), match.end(1), spelled=True)
    for match in _FRACTION.finditer(text):
        top = 1.0 if match["top"].lower() in ("a", "an") else spelled_value(match["top"])
        bottom = _PARTS[match["bottom"].lower().removesuffix("s")]
        if bottom == 4 and top != 1 and not text[match.end() :].startswith(" of"):
            continue  # "over two quarters with ..." is a time
        if top and top < bottom:
            share = 100 * top / bottom
            number = made(text, share, "%", match.start(), match.end(), spelled=True)
            yield number._replace(alike=((float(int(share)), "%"), (float(round(share)), "%")))
    for match in _COUPLE.finditer(text) if " of " in small else ():
        if match["name"].lower() in _COUPLES:
            yield made(text, _COUPLES[match["name"].lower()], "", match.start(), match.end(), spelled=True)
    if any(sign in small for sign in ("bi", "every", "fort", "semi", "twice")):
        yield from _every(text)


def _halves(text: str) -> Iterator[Number]:
    for match in _PART_OF.finditer(text):
        share = 0.5 if match[1].lower() == "half" else 0.25
        yield made(text, share * SCALE[match[2].lower()], "", match.start(), match.end(), spelled=True)
    for match in _HALVES.finditer(text):
        unit: Unit = unit_named(match["half"] or match["more"] or match["part"])
        quarters = 0.75 if (match["quarters"] or "").lower().startswith("three") else 0.25
        value = 0.5 if match["half"] else 1.5 if match["more"] else quarters
        yield made(text, value, unit, match.start(), match.end(), spelled=True)


def _every(text: str) -> Iterator[Number]:
    for match in _EVERY.finditer(text):
        unit: Unit = "week" if match["week"] else "month" if match["month"] else "year" if match["year"] else ""
        number = made(text, 2, unit, match.start(), match.end(), spelled=True)
        yield number._replace(alike=((6, "month"), (2, "x"))) if match["half"] else number


def ordinals(text: str) -> Iterator[Number]:
    """ "Second" to "twentieth"."""
    for match in _ORDINAL.finditer(text):
        yield made(text, _ORDINALS[match.group().lower()], "ordinal", match.start(), match.end(), spelled=True)
