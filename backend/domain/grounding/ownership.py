"""Whose doing it was: led or did, did or helped with, alone or with others."""

import re
from collections.abc import Iterator

from backend.domain import claim_words as words_of
from backend.domain.claims import Claims, Deed, Sentence
from backend.domain.grounding.check import GLUE, Check, said_words
from backend.domain.grounding.units import PEOPLE
from backend.domain.text import stem


def ownership(check: Check) -> None:
    """A verb of leading needs one in the evidence about the same thing."""
    for deed in check.claim.deeds:
        if (
            deed.level >= 2
            and not check.expanded(deed.start)
            and (not _has_deed(check, deed) or _leads_nobody_known(check, deed))
        ):
            said = check.said(deed.start, deed.end)
            check.refuse(
                "ownership", deed.start, deed.end, "ownership-kept", f"Your line does not say “{said}” of this."
            )


_THOSE_LED = re.compile(
    r"\W+(?:the|a|an|our|its|my)?\W*(?:[\w&-]+ ){0,4}?(?P<who>team|staff|crew|department|squad|unit)\b", re.IGNORECASE
)
_LEADS = re.compile(
    r"\b(?:led|lead|leads|leading|manag\w+|head(?:ed|s|ing)?|direct(?:ed|s|ing)|supervis\w+|r[au]n|running)\b",
    re.IGNORECASE,
)


def _leads_nobody_known(check: Check, deed: Deed) -> bool:
    """Whether it is a team that is led, where no line has people that the person leads."""
    led = _THOSE_LED.match(check.claim.text, deed.end)
    if led is None or not _LEADS.match(check.claim.text, deed.start):
        return False
    return not any(_LEADS.search(c.text) or PEOPLE & set(c.stems) or "team" in c.stems for c in check.known.claims)


_QUALIFIED = frozenset(
    stem(w)
    for w in "prescribe diagnose design redesign architect negotiate audit chair approve authorise authorize patent prosecute arbitrate".split()
)


def qualified_deeds(check: Check) -> None:
    """Deeds that take a standing of their own, "prescribed", "audited", need a line with one that is near."""
    for sentence in check.claim.sentences:
        words = zip(check.claim.words, check.claim.stems, strict=True)
        word, verb = next((w, s) for w, s in words if w.start >= sentence.start)
        deed = verb in _QUALIFIED and word.text.lower().endswith(("ed", "d", "ing", "s"))
        if deed and not any(check.lexicon.related(verb, s) for c in check.known.claims for s in c.stems):
            reason = f"Your line does not say “{word.text}” of this."
            check.refuse("ownership", word.start, word.end, "ownership-kept", reason)


def alone(check: Check) -> None:
    """ "On my own" needs a line that says so."""
    match = _ALONE.search(check.claim.text)
    if (
        match
        and match.group().lower() == "myself"
        and not any(_MODEST.search(c.text) or _HELPING.search(c.text) for c in check.near)
    ):
        return  # "answer complaints myself" of "answer complaints"
    only = match and match.group().lower() in ("sole", "alone") and any(_ONLY.search(c.text) for c in check.near)
    if match and not only and not any(_ALONE.search(c.text) for c in check.known.claims):
        check.refuse(
            "ownership",
            match.start(),
            match.end(),
            "ownership-kept",
            f"Your line does not say “{match.group()}” of this.",
        )


_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_ALONE = re.compile(
    r"\b(?:on my own|by myself|myself|alone|single-?handed(?:ly)?|solo|sole(?:ly)?|independently|unaided|unassisted|autonomously|unsupervised|"
    r"without (?:calling on|any help|help|support|supervision|assistance|oversight)|my own (?:initiative|idea))\b",
    re.IGNORECASE,
)


def _has_deed(check: Check, deed: Deed) -> bool:
    mine = deed.what - GLUE
    verb = check.said(deed.start, deed.end).lower()
    if _is_said_otherwise(check, deed, verb):
        return True
    for claims in check.near or check.known.claims:
        for other in claims.deeds:
            if other.level >= 2:
                theirs = other.what - GLUE
                if not mine or not theirs or mine & (theirs | claims.content):
                    return True
        said = {word.text.lower() for word in claims.words}
        near = check.lexicon.near.get(stem(verb), "").split()
        if any(
            s in near
            for w, s in zip(claims.words, claims.stems, strict=True)
            if w.text.lower() not in words_of.TOOK_PART and w.text[0].isupper()
        ):
            return True  # "Managed" of "Administered"
        if deed.level == 2 and (said & _IN_CHARGE or _LOOKS_AFTER.search(claims.text)):
            return True
        if any(_same_verb(verb, word) for word in said):
            return True  # a noun may say it: "Lead paralegal", "owner of"
    for claims in check.known.claims:  # a short line may not be near, and still say just this
        for other in claims.deeds:
            same = _same_verb(verb, claims.text[other.start : other.end].lower())
            if other.level >= 2 and same and deed.what & other.what:
                return True
    return any(_same_verb(verb, word.text.lower()) for claims in check.known.contexts for word in claims.words)


def _is_said_otherwise(check: Check, deed: Deed, verb: str) -> bool:
    """ "Drove a van" and "drove a 12% increase" lead nobody; who published a paper authored it."""
    if verb.startswith(("driv", "drove")):
        return bool(deed.what & _VEHICLES) or any(0 < f.start - deed.end < 12 for f in check.figures())
    return verb.startswith("author") and any(
        {"publish", "publi", "wrote", "write", "writ", "written"} & set(c.stems) for c in check.known.claims
    )


_VEHICLES = frozenset(
    stem(w)
    for w in "forklift truck lorry van bus minibus coach car taxi tractor vehicle train tram ambulance harvester bike boat".split()
)


_LOOKS_AFTER = re.compile(r"\blook(?:ed|ing|s)? after\b", re.IGNORECASE)
_IN_CHARGE = frozenset(
    """run runs ran running charge responsible supervise supervised supervises manage managed manages led leads oversee oversaw
    oversees directed headed heads""".split()
)


def _same_verb(verb: str, word: str) -> bool:
    return (
        verb == word
        or (len(verb) > 4 and word[:5] == verb[:5])
        or {verb, word} <= {"lead", "led", "leads", "leading", "leader"}
    )


# Ways to say that one was not alone in it, or only helped. In the person's own line at its beginning, in the text near it.
_SMALL_PART = (
    r"(?:took|taken?|taking|had|have|played) (?:a |an |my )?(?:\w+ )?(?:part|hand|turns?|role)|part in|part of|a section (?:on|of|in|about)|(?:was |were |as )?one of|members? of|(?:sat|served?|serves|serving) (?:on|in)|"
    r"joined|present at|co-\w+|jointly|together with|(?:work(?:ed|ing|s)?|partner(?:ed|ing|s)?) (?:with|alongside|under|on a team)|side by side|in partnership|pitch(?:ed|es|ing)? in|"
    r"ba?ck(?:ed|s|ing)?[ -]?up(?: for| to)?|stood in|fill(?:ed|ing|s)? in|cover(?:ed|ing)? for|lent a hand|gave a hand|rode along|accompanied|shadow\w*|sat in|"
    r"my (?:share|part|piece)|some of the|on the team|team that|group that|under (?:the )?(?:supervision|direction|guidance|senior)"
)
_PART = re.compile(rf"\b(?:{_SMALL_PART})\b", re.IGNORECASE)
_MODEST = re.compile(
    rf"\b(?:{_SMALL_PART}|alongside|shar(?:e|ed|es|ing) (?:in|with|the)|suppl(?:y|ied)|provid(?:e|ed)|gave|followed|rode|input|"
    r"offered|suggested|ideas for|second(?:ed)?|with (?:the|our|a|an|my|two|three|four|several|other)\b)",
    re.IGNORECASE,
)
_HELPING = re.compile(
    r"\b(?:contribut|help|assist|aid(?!s?\b)|participa|collaborat|shadow)\w*|\b(?:aid(?:ed|ing)?|supporting|support (?:for|of|to)|in support|involved in|involvement|"
    r"(?:took|taken?|had|have) (?:a )?(?:small )?(?:part|hand|turns?|share)|lent a hand|gave a hand|some of the)\b",
    re.IGNORECASE,
)
_BY_DOING = re.compile(r"(?:\bby|,) (\w+ing(?:(?:,| and) \w+ing)*)\b")


def _done_by_another(check: Check, sentence: Sentence, claims: Claims) -> str:
    """ "Plans written by the therapist" are not plans that I wrote."""
    starts = (m.end() for m in _VERB_PLACE.finditer(check.claim.text, sentence.start, sentence.end))
    openings = (check.claim.text[start:].split(" ", 2) for start in (sentence.start, *starts))
    mine = {stem(words[0].strip(",.")) for words in openings if words[0] and words[1:2] != ["by"]}
    for match in _BY_ANOTHER.finditer(claims.text):
        verb = stem(match[1] or match[2])
        near = check.lexicon.near_set
        if any(v == verb or (v[:2] == verb[:2] and not near(v).isdisjoint({verb, *near(verb)})) for v in mine):
            return match.group()
    return ""


_BY_ANOTHER = re.compile(
    r"\b(\w+(?:ed|en|wn|de|un)) by (?=the|an?|our|[A-Z]|\w+['’]s)(?! me\b)|\b(?:which|that) (?:the|our|an?) (?:[\w-]+ ){1,3}?(\w+ed)\b"
)
_VERB_PLACE = re.compile(r"(?:,| and|, and) (?=\w+)")
_TOGETHER = re.compile(r"\b(?:worked|partnered|collaborated|together|jointly|co-\w+)\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?!,| and | which | that ).){0,60}", re.IGNORECASE)


def modesty(check: Check) -> None:
    """Taking part in the evidence may not become doing."""
    text = check.claim.text
    for sentence in check.claim.sentences:
        source = check.source(sentence)
        opening = _OPENING.match(text, sentence.start, sentence.end)
        if source is None or opening is None or not _is_own_deed(check, sentence):
            continue
        deeds = [d for d in check.claim.deeds if sentence.start <= d.start < sentence.end]
        mine = [deed.level for deed in deeds]
        raised = (
            bool(mine) and mine[0] >= 2 and 0 not in mine and deeds[0].start < sentence.start + 30
        )  # "led it alongside the manager" is no modest way
        if 0 in mine or (
            not raised and (_MODEST.search(opening.group()) or _PART.search(text, sentence.start, sentence.end))
        ):
            continue
        if _HELPING.search(text, sentence.start, sentence.end) or (
            not raised and _says_part_elsewhere(check, sentence)
        ):
            continue
        together = _TOGETHER.search(source[0].text) is not None and " with " in text[sentence.start : sentence.end]
        if taken := _done_by_another(check, sentence, source[0]):
            reason = f"Your line says “{taken}” another."
            check.refuse("ownership", sentence.start, sentence.end, "modesty-kept", reason)
            return
        for verb, what in () if together else _small_parts(check, source[0], source[1], sentence):
            heavy = what - GLUE
            if (heavy and len(heavy & sentence.stems) >= 0.5 * len(heavy)) or len(what & sentence.stems) >= 0.6 * len(
                what
            ):
                reason = f"Your line says “{verb}”; this says it was your own doing."
                check.refuse("ownership", sentence.start, sentence.end, "modesty-kept", reason)
                return


def _is_own_deed(check: Check, sentence: Sentence) -> bool:
    """Whether a sentence tells what the person did: it opens with a verb, a role or "I", not with a thing that did something."""
    inside = [w for w in check.claim.words if sentence.start <= w.start < sentence.end]
    first = inside[0].text.lower() if inside else ""
    thing = first in ("the", "a", "an", "this", "that", "it", "its", "their", "there")
    return not thing or any(w.text.lower() in ("i", "my", "we") for w in inside)


def _says_part_elsewhere(check: Check, sentence: Sentence) -> bool:
    """Whether a sentence before or after says that it was a part only."""
    text = check.claim.text
    modest = any(d.level == 0 for d in check.claim.deeds) or _MODEST.search(text) is not None
    return modest and (sentence is not check.claim.sentences[0] or _HELPING.search(text, sentence.end) is not None)


def _opens_with(check: Check, sentence: Sentence, doing: str, what: frozenset[str]) -> bool:
    """Whether a sentence tells first of what the help was: "Supported the clinic by running its classes" supports "Ran its
    classes for the clinic"."""
    verbs = {stem(word) for word in doing.split()}
    source = check.known.claims
    rest = next((c.text.partition(doing)[2] for c in source if doing in c.text), "")
    verbs |= set(list(map(stem, re.findall(r"[a-z]{4,}", rest)))[:3]) - what
    verbs |= {near for verb in verbs for near in check.lexicon.near.get(verb, "").split()}
    inside = zip(check.claim.words, check.claim.stems, strict=True)
    return next((s in verbs for w, s in inside if sentence.start <= w.start and (s in verbs or s in what)), False)


def _small_parts(
    check: Check, claims: Claims, there: Sentence, sentence: Sentence
) -> Iterator[tuple[str, frozenset[str]]]:
    """What the person's own sentence says they only took part in: how it says so, and the words of what it was."""
    for deed in claims.deeds:
        here = deed.start < there.end and not claims.text[: deed.start].endswith(" to ")
        what = frozenset(s for s in deed.what if "p" not in check.lexicon.parts.get(s, ""))
        by = _BY_DOING.search(claims.text, deed.end)
        if deed.level == 0 and here and what and not (by and _opens_with(check, sentence, by[1], what)):
            yield claims.text[deed.start : deed.end], what
    opening = _OPENING.match(claims.text, there.start, there.end)
    part = _PART.search(opening.group()) if opening else None
    if part and part.start() < 12:
        what = frozenset(s for w, s in said_words(claims) if there.start + part.end() <= w.start < there.end)
        yield part.group(), what - GLUE or what
