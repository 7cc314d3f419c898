"""What stands above the first section: name, headline, ways to reach the person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.documents.reading import dates, vocabulary
from backend.documents.reading.lines import Line
from backend.documents.reading.pieces import URL, labelled, trimmed

_EMAIL = re.compile(r"(?:mailto:)?([\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,10})", re.IGNORECASE)
_PHONE = re.compile(
    r"(?<![\w/.@-])(?:\+|\(\+?|00)?\d[\d\s().\-–/]{5,20}\d(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w@/])", re.IGNORECASE
)
_MASKED_PHONE = re.compile(r"\(?\+?\d{2,4}\)?[\s.-]?[xX*]{3}[\s.-]?[xX*]{3,4}")
_LINKED = re.compile(r"([^\s|•·][^|•·()]{0,60}?)\s*\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)?)\)$")
_SEPARATOR = re.compile(
    r"\s*\|+\s*|\s*[•·◆⋄∙●▪‣♦⬥⋅★]\s*|\t+|\s{2,}|\s[–—―]\s|\s//?\s|\s*[\ue000-\uf8ff\U0001f300-\U0001faff☎✉📧]\ufe0f?\s*|;\s+"
)
TITLE_PAGE = re.compile(
    r"(?:my )?(?:resume|résumé|curriculum vitae|cv|c\.v\.|resume of|curriculum vitae of|lebenslauf|currículum(?: vitae)?|"
    r"currículo|životopis|życiorys|резюме|βιογραφικό(?: σημείωμα)?|个人简历|简历|履歴書|職務経歴書|이력서)\s*:?$",
    re.IGNORECASE,
)
FIELDS = {
    "name": "name", "full name": "name", "email": "email", "e-mail": "email", "mail": "email", "email address": "email",
    "e-mail address": "email", "email id": "email", "phone": "phone", "tel": "phone", "telephone": "phone", "mobile": "phone",
    "cell": "phone", "phone number": "phone", "contact number": "phone", "contact no": "phone", "mobile no": "phone",
    "mobile number": "phone", "ph": "phone", "m": "phone", "t": "phone", "p": "phone", "e": "email", "cell phone": "phone",
    "address": "location", "location": "location", "city": "location", "based in": "location", "lives in": "location",
    "current address": "location", "current location": "location", "residence": "location", "contact": "phone", "tel.": "phone",
    "headline": "headline",
    "nombre": "name", "nom": "name", "nome": "name", "имя": "name", "фио": "name", "姓名": "name", "氏名": "name", "이름": "name",
    "courriel": "email", "correo": "email", "correo electrónico": "email", "e-mail-adresse": "email", "почта": "email",
    "эл. почта": "email", "邮箱": "email", "電子メール": "email", "メール": "email", "이메일": "email",
    "telefon": "phone", "telefonnummer": "phone", "handy": "phone", "mobil": "phone", "mobiltelefon": "phone", "téléphone": "phone",
    "tél": "phone", "tél.": "phone", "portable": "phone", "teléfono": "phone", "móvil": "phone", "celular": "phone",
    "telefono": "phone", "cellulare": "phone", "telefone": "phone", "telefoon": "phone", "телефон": "phone", "тел.": "phone",
    "τηλέφωνο": "phone", "电话": "phone", "手机": "phone", "電話": "phone", "전화": "phone", "연락처": "phone",
    "adresse": "location", "anschrift": "location", "wohnort": "location", "dirección": "location", "ubicación": "location",
    "indirizzo": "location", "endereço": "location", "adres": "location", "адрес": "location", "город": "location",
    "διεύθυνση": "location", "地址": "location", "住所": "location", "주소": "location",
}  # fmt: skip
_SITES = {
    "linkedin.com": "LinkedIn", "github.com": "GitHub", "gitlab.com": "GitLab", "stackoverflow.com": "Stack Overflow",
    "twitter.com": "Twitter", "x.com": "X", "medium.com": "Medium", "kaggle.com": "Kaggle", "behance.net": "Behance",
    "dribbble.com": "Dribbble", "orcid.org": "ORCID", "scholar.google.com": "Google Scholar", "youtube.com": "YouTube",
    "bitbucket.org": "Bitbucket", "leetcode.com": "LeetCode", "dev.to": "DEV", "instagram.com": "Instagram",
    "facebook.com": "Facebook", "huggingface.co": "Hugging Face", "researchgate.net": "ResearchGate", "xing.com": "XING",
    "mastodon.social": "Mastodon", "bsky.app": "Bluesky", "t.me": "Telegram",
}  # fmt: skip
_PARTICLES = frozenset(
    "de da del della der di do dos du el al bin ibn la le van von den ten ter y zu bint abu st".split()
)
# Titles that are surnames as well: "Tom Baker" is a name, "Pastry Baker" is thought to be one.
_SURNAMES = frozenset(
    "baker cook carpenter mason butcher tailor judge gardener steward warden dean coach painter driver".split()
)
_NUMBER = re.compile(r"\d\d")
_NAME_WITHIN = 8  # lines
_STREET = re.compile(r"\d+\w?\s+\S+|\S+\s+\d+\w?$|(?:apt|suite|unit|p\.?o\.? box)\b", re.IGNORECASE)


@dataclass(slots=True)
class Header:
    contact: dict[str, str] = field(default_factory=dict)
    headlines: list[str] = field(default_factory=list)
    prose: list[Line] = field(default_factory=list)
    """Lines that belong to none of these: a summary without a heading."""


def header_of(lines: Sequence[Line]) -> Header:
    result = Header()
    if name := _name_among(lines):
        result.contact["name"] = name
    for line in lines:
        if TITLE_PAGE.match(line.text) or not line.text or line.text == name:
            continue
        if line.kind == "heading" and "name" not in result.contact and not _NUMBER.search(line.text):
            name, *rest = _pieces(line.text)
            result.contact["name"] = name
            result.headlines.extend(rest)
        elif line.kind == "heading" and name and line.text.startswith(name):
            result.headlines.extend(_pieces(line.text)[1:])
        elif _is_prose(line) or (result.prose and line.kind == "text" and not line.gap and not _reaches(line)):
            result.prose.append(line)
        else:
            for piece in _whole_or_pieces(line.text):
                for way in _ways(piece) if piece != name else ():
                    _read(way, result)
    return result


def _name_among(lines: Sequence[Line]) -> str:
    """The piece of the first lines that shows itself as the name: it agrees with the e-mail address, or stands in a
    heading. "" when none does; the first piece that could be a name is one then."""
    email = next((match[1] for line in lines if (match := _EMAIL.search(line.text))), "")
    best, most = "", 0
    for line in lines[:_NAME_WITHIN]:
        for piece in _pieces(line.text):
            if _EMAIL.search(piece) or not _is_name(piece) or TITLE_PAGE.match(piece):
                continue
            score = 2 * agrees(piece, email) + (line.kind == "heading")
            if score > most:
                best, most = piece, score
    return best


def agrees(name: str, email: str) -> bool:
    """Whether a word of the name is in the address, as in "ada.lovelace@…"."""
    mailbox = email.partition("@")[0].lower()
    return any(len(word) > 2 and word in mailbox for word in vocabulary.plain_words(name))


def _is_prose(line: Line) -> bool:
    if _reaches(line):
        return False
    words = len(line.text.split())
    return words > 16 or (words > 7 and line.text.endswith("."))


def _reaches(line: Line) -> bool:
    return bool(_EMAIL.search(line.text) or URL.search(line.text) or labelled(line.text))


def _whole_or_pieces(text: str) -> list[str]:
    pair = labelled(text)
    if pair and pair[0] in FIELDS and not re.search(r"\||\s{3,}|[•·]", text):
        return [text]
    return _pieces(text)


def _pieces(text: str) -> list[str]:
    return [piece for part in _SEPARATOR.split(text) if part and (piece := part.strip(" ,;"))] or [text]


def _ways(piece: str) -> list[str]:
    """ "Mastodon: a.example b.example" as two ways to reach somebody, of which the second has no label."""
    pair = labelled(piece)
    first, *others = pair[1].split() if pair else [""]
    if not others or not all(map(URL.fullmatch, (first, *others))):
        return [piece]
    return [f"{piece.partition(':')[0]}: {first}", *others]


def _read(piece: str, result: Header) -> None:
    contact = result.contact
    if pair := labelled(piece):
        label = piece.partition(":")[0].strip()
        name = FIELDS.get(pair[0])
        if name == "headline":
            result.headlines.append(pair[1])
        elif name is not None and not (name == "location" and _EMAIL.search(pair[1])):
            _put(contact, name, label, pair[1])
        else:
            _put(contact, "", label, pair[1])
        return
    if (match := _LINKED.match(piece)) and (URL.fullmatch(match[2]) or "://" in match[2]) and not _EMAIL.search(piece):
        _put(contact, "", _link_label(match[2], match[1].strip(" :")), match[2])
        return
    rest = piece
    for match in list(_EMAIL.finditer(rest)):
        _put(contact, "email", "Email", match[1])
        rest = rest.replace(match.group(), " | ")
    for match in list(URL.finditer(rest)):
        _put(contact, "", _link_label(match.group(), ""), match.group())
        rest = rest.replace(match.group(), " | ")
    for match in [m for m in _PHONE.finditer(rest) if _looks_like_phone(m.group())] or list(
        _MASKED_PHONE.finditer(rest)
    ):
        _put(contact, "phone", "Phone", match.group().strip())
        rest = rest.replace(match.group(), " | ")
    if rest != piece:
        for part in rest.split(" | "):
            text = trimmed(
                re.sub(
                    r"^\s*(?:e-?mail|phone|tel|mobile|cell|linkedin|github|website|portfolio|web)\b\.?(?: me on indeed)?\s*[:.]?\s*|\(\s*\)|[^\w)]+$",
                    "",
                    part.strip(" ,;()"),
                    flags=re.IGNORECASE,
                )
            )
            if len(text) > 1:
                _place(text, result)
        return
    _place(piece, result)


def _place(text: str, result: Header) -> None:
    """A piece without an address in it: the name, the headline or where the person lives."""
    contact = result.contact
    if "name" not in contact and _is_name(text):
        contact["name"] = text
    elif (
        "location" not in contact
        and vocabulary.title_score(text) < 3
        and (vocabulary.is_place(text) or _is_address(text))
    ):
        contact["location"] = text
    elif "location" in contact and (vocabulary.is_place(text) or _is_address(text)) and text != contact["location"]:
        contact["location"] += f", {text}"
    elif (
        "name" not in contact
        and vocabulary.title_score(text) < 3
        and not result.headlines
        and len(text.split()) <= 6
        and not _NUMBER.search(text)
    ):
        contact["name"] = text
    else:
        result.headlines.append(text)


def _is_name(text: str) -> bool:
    words = re.sub(r",.*$|\(.*?\)", "", text).split()
    surname = words[-1:] and words[-1].lower() in _SURNAMES and not vocabulary.title_score(words[0])
    if not 1 <= len(words) <= 6 or (vocabulary.title_score(text) >= 3 and not surname) or vocabulary.is_place(text):
        return False
    return all(
        w.lower() in _PARTICLES or (re.fullmatch(r"[^\W\d_][^\W\d_.'’-]*\.?", w) and not w[0].islower()) for w in words
    )


def _is_address(text: str) -> bool:
    parts = text.split(",")
    if len(text) > 90:
        return False
    if len(parts) >= 2:
        short = all(0 < len(part.split()) <= 5 for part in parts)
        return short and not vocabulary.title_score(text) and all(not p.strip()[:1].islower() for p in parts)
    return bool(_STREET.match(text)) and dates.find(text) is None


def is_email(text: str) -> bool:
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    whole = _PHONE.fullmatch(text) is not None and _looks_like_phone(text)
    return whole or _MASKED_PHONE.fullmatch(text) is not None


def _looks_like_phone(text: str) -> bool:
    digits = sum(char.isdigit() for char in text)
    return 7 <= digits <= 16 and dates.find(text.strip()) is None


def _put(contact: dict[str, str], name: str, label: str, value: str) -> None:
    """Into the field `name`, or, when that is taken or there is none, beside the links under `label`."""
    if name and name not in contact:
        if name == "email" and (match := _EMAIL.fullmatch(value)):
            value = match[1]
        contact[name] = value
        return
    if name and contact[name] == value:
        return
    key, number = label, 1
    while key in contact or key in ("name", "email", "phone", "location"):
        if contact.get(key) == value:
            return
        number += 1
        key = f"{label} {number}"
    contact[key] = value


def _link_label(address: str, text: str) -> str:
    bare = re.sub(r"^https?://(?:www\.)?|^www\.", "", address.lower())
    host = bare.split("/")[0].split(":")[0]
    site = next((label for domain, label in _SITES.items() if host == domain or host.endswith("." + domain)), "Website")
    handle = bare.rstrip("/").rsplit("/", 1)[-1]
    if not text or text.lower().lstrip("@") == handle or (URL.fullmatch(text) and site != "Website"):
        return site
    return text
