"""The verbs that open highlights, and in which tense they stand."""

from functools import cache
from typing import Literal

Tense = Literal["past", "present"]

_BASE = """achieve act adapt address administer advise advocate align allocate analyse analyze answer apply approve arrange assemble
assess assist attend audit author automate balance book brief bring broker build calculate calibrate care carry centralise
centralize chair champion change check clean close coach code collaborate collect communicate compile complete conceive conduct
configure connect consolidate construct consult contribute convert coordinate correct cover craft create cultivate curate debug define
delegate deliver demonstrate deploy design detect determine develop devise diagnose direct discover document double draft drive
earn edit educate eliminate enable enforce engineer enhance ensure establish estimate evaluate examine execute expand facilitate
field file fix forecast formulate foster found generate give grow guide handle head help hire identify implement improve
increase influence initiate inspect install instruct integrate interpret interview introduce investigate keep launch lead
learn liaise maintain make manage map market measure mediate meet mentor migrate model modernise modernize monitor move
negotiate observe obtain operate optimise optimize orchestrate order organise organize originate oversee own participate perform
pilot pioneer plan precept prepare present prevent process procure produce program programme promote propose prototype prove
provide publish purchase raise recommend reconcile record recruit redesign reduce refactor refine reorganise reorganize repair
replace report represent research resolve respond restore restructure review revise run save schedule secure sell serve
shape ship simplify solve speak spearhead standardise standardize start steer streamline strengthen structure study supervise supply
support survey take teach test track train transform translate treat troubleshoot tutor update upgrade use utilise
utilize validate verify volunteer win work write""".split()
_IRREGULAR = """bring:brought build:built buy:bought do:did draw:drew drive:drove fall:fell find:found get:got give:gave go:went grow:grew
have:had hold:held keep:kept lead:led learn:learnt leave:left lose:lost make:made meet:met oversee:oversaw pay:paid rebuild:rebuilt
rise:rose run:ran see:saw seek:sought sell:sold send:sent speak:spoke spend:spent stand:stood take:took teach:taught tell:told think:thought
undertake:undertook win:won withdraw:withdrew write:wrote rewrite:rewrote begin:began become:became choose:chose come:came
fight:fought forge:forged overcome:overcame prove:proved sing:sang sit:sat swim:swam throw:threw wear:wore be:was""".split()
# The same in both tenses, or rather a noun: they say nothing.
_EITHER = frozenset("set cut put let read hit cost spread split quit shut bid cast broadcast reset upset".split())
_NOUN_AFTER = frozenset("of for and in on with to from at & is are was were has have".split())
_DOUBLING = frozenset(
    "plan run map ship model program control refer prefer equip commit submit debug swap trim tag log".split()
)


@cache
def _tenses() -> dict[str, Tense]:
    known: dict[str, Tense] = {}
    irregular = dict(pair.split(":") for pair in _IRREGULAR)
    for base in (*_BASE, *irregular):
        known[base] = "present"
        known[_third_person(base)] = "present"
    for base in _BASE:
        if base not in irregular:
            known[_regular_past(base)] = "past"
    known |= dict.fromkeys(irregular.values(), "past")
    return known


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{base}s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLING else f"{base}ed"


def opening(text: str) -> str:
    """The first word of a line, in lower case; an adverb before a verb ("Successfully led") is passed over."""
    first, *rest = text.split(maxsplit=2) or [""]
    word = first.strip(".,;:!?()\"'“”").lower()
    following = rest[0].strip(".,;:").lower() if rest else ""
    return following if word.endswith("ly") and tense_of(following) else word


def tense_of(word: str) -> Tense | None:
    """The tense of a verb that may open a highlight; None for what is no verb, or could be either."""
    word = word.lower()
    if word in _EITHER:
        return None
    known = _tenses().get(word)
    if known or not word.endswith("ed") or len(word) < 5:
        return known
    return "past"


def opening_tense(text: str) -> Tense | None:
    """The tense that a line opens in. "Support for 40 users" opens with a noun."""
    word = opening(text)
    found = tense_of(word)
    if found == "present":
        after = text.lower().partition(word)[2].split(maxsplit=1)
        if (
            after
            and after[0] in _NOUN_AFTER
            and word not in ("work", "collaborate", "participate", "contribute", "respond", "liaise")
        ):
            return None
    return found
