"""Soft skills in a line of a job description, from a list kept by hand: which words name which skill, in any inflection.

Words that more often praise the company than ask something of a person ("a dynamic team", "an independent agency") count
only where the text speaks of a person.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from backend.domain.text import Word, stem, words

_LIST: tuple[tuple[str, str], ...] = (
    ("Communication", "communication skill|communication ability|communicate|communicator|communicative|verbal communication|oral communication|"
     "written communication|writing skill|write skill|communication|telephone manner|telephone skill|articulate|verbal skill|language skill"),
    ("Presentation", "presentation skill|public speaking|presentation"),
    ("Listening", "listening skill|active listening|ability to listen|willingness to listen|good listener|listener"),
    ("Interpersonal skills", "interpersonal|interpersonal skill|social skill|people skill|human relation|sociable|outgoing|personable|approachable|"
     "people oriented|relationship builder|relationship building|build relationship|client relationship|rapport|easy going|hospitable|warm personality"),
    ("Teamwork", "teamwork|team work|team working|teamworker|team worker|team player|team spirit|team oriented|team interaction|"
     "work in a team|work well in a team|part of a team|work as part of a team|work within a team|team builder|team building|able to work in a team"),
    ("Collaboration", "collaborative|collaborate|collaboratively|collaboration|cooperative|cross functional collaboration"),
    ("Leadership", "leadership|leadership skill|leadership ability|leader|team leader|natural leader|managerial|managerial skill|supervisory skill|"
     "inspire|motivating|ability to motivate|motivate other|motivate a team"),
    ("People management", "people management|staff management|team management|management skill|manage people|delegation|delegate"),
    ("Mentoring", "mentor|mentoring|mentorship|coach|coaching|counseling|counselling|develop other"),
    ("Problem solving", "problem solving|problem solver|problemsolving|solve problem|solution oriented|solution focused|troubleshooting|trouble shooting|"
     "resourceful|resourcefulness|ingenuity"),
    ("Analytical thinking", "analytical|analytical skill|analytical thinking|analytical mind|analytic skill|analysis skill|ability to analyse|ability to analyze|"
     "logical|logical thinking|conceptual|conceptual thinking|conceptualization|conceptualise|reasoning skill|ability to interpret|ability to conceptualize|research skill"),
    ("Critical thinking", "critical thinking|critical thinker|judgment|judgement|sound judgment|good judgment"),
    ("Strategic thinking", "strategic thinking|strategic thinker|strategic vision|forward thinking|forward thinker|big picture"),
    ("Decision making", "decision making|decision maker|decisive|decisiveness|make decision"),
    ("Creativity", "creative|creativity|creative thinking|imagination|imaginative|originality|innovative|innovation|innovator|innovativeness"),
    ("Initiative", "initiative|take initiative|take the initiative|proactive|proactively|proactivity|self starter|action oriented|entrepreneurial|"
     "ability to anticipate"),
    ("Self-motivation", "self motivated|self motivation|self driven|selfmotivated|motivated|highly motivated|motivation|driven|result driven|result oriented|"
     "goal oriented|target driven|sales driven|goaloriented|result orientation|achiever|ambitious|ambition|drive to succeed|competitive person|hunger"),
    ("Independence", "work independently|independently|independent worker|work on your own|own initiative|autonomy|autonomous|autonomously|self directed|"
     "unsupervised|without supervision|minimal supervision|independent|independent thinker|self management"),
    ("Ownership", "ownership|accountability|accountable|sense of responsibility|take responsibility|responsibility for your|responsible person|follow through|followthrough"),
    ("Reliability", "reliable|reliability|dependable|dependability|trustworthy|punctual|punctuality|consistent|prompt|professionalism|conscientious"),
    ("Work ethic", "work ethic|hard working|hardworking|hard worker|hardworker|diligent|diligence|dedicated|dedication|committed|commitment|disciplined|"
     "discipline|self discipline|persistent|persistence|tenacity|tenacious|determined|determination|perseverance|productive|willing to work"),
    ("Integrity", "integrity|honest|honesty|ethical|ethical standard|loyal|loyalty|discretion|discreet|confidentiality|sincere|professional ethic"),
    ("Attention to detail", "attention to detail|attentive to detail|detail oriented|detailed oriented|detail orientation|eye for detail|detail focused|accuracy|accurate|"
     "thorough|meticulous|precise|rigorous|methodical|systematic|quality minded|attentive|high standard"),
    ("Organization", "organisational|organizational|organisational skill|organizational skill|organised|organized|well organised|well organized|wellorganized|"
     "organising skill|organizing skill|organizer|organiser|organisation skill|organization skill|planning skill|ability to plan|ability to organize|"
     "ability to organise|coordination skill|coordinating skill|ability to coordinate|scheduling skill|administrative skill"),
    ("Time management", "time management|manage time|manage your time|manage own time|prioritise|prioritize|prioritisation|prioritization|"
     "meeting deadline|meet deadline|work to deadline|tight deadline"),
    ("Multitasking", "multitask|multitasking|multi task|multi tasking|juggle|manage multiple task|manage several task|multiple priority|multiple task|able to multitask"),
    ("Adaptability", "adaptable|adaptability|flexible|flexibility|versatile|versatility|ability to adapt|adapt quickly|open to change|open minded|openminded|"
     "agility|willing to travel|willingness to travel|ability to travel|changing priority"),
    ("Working under pressure", "work under pressure|under pressure|work under stress|pressure environment|stress resistant|resilience|resilient|calm|composure|"
     "work in a high pressure|fast paced environment|thrive in a fast paced"),
    ("Learning", "quick learner|fast learner|learn quickly|quick to learn|eager to learn|willing to learn|willingness to learn|ability to learn|desire to learn|"
     "self learner|self learning|selflearner|selflearning|keen to learn|interest to learn|learning agility|lifelong learner|open to learn|thirst for knowledge"),
    ("Curiosity", "curious|curiosity|inquisitive|inquisitiveness"),
    ("Positive attitude", "positive attitude|can do attitude|cando attitude|enthusiastic|enthusiasm|energetic|energy|passion|passionate|positive|optimistic|upbeat|"
     "sense of humour|sense of humor|humor|friendly|cheerful|pleasant|lively|vibrant personality|dynamic|team attitude|professional attitude"),
    ("Empathy", "empathy|empathetic|empathic|compassion|compassionate|caring|sensitivity|sympathy|sympathetic|emotional intelligence|respectful|tolerance|tolerant"),
    ("Patience", "patience|patient person|patient and|patient manner"),
    ("Diplomacy", "diplomatic|diplomacy|tact|tactful|tactfulness|courteous|courtesy|polite|political awareness|mature|maturity|professional manner"),
    ("Negotiation", "negotiation skill|negotiator|negotiating skill|negotiate|negotiation|ability to negotiate"),
    ("Influencing", "influence and persuade|influencing skill|persuasive|persuade|ability to persuade|influencing|able to influence|assertive|assertiveness|aggressive|"
     "advocacy skill|stakeholder management"),
    ("Conflict resolution", "conflict resolution|conflict management|resolve conflict|mediation skill"),
    ("Customer focus", "customer focus|customer focused|customer oriented|customer orientation|customer centric|customer service orientation|client oriented|client focused|"
     "client orientation|client facing skill|client service orientation|customer service ethic|customer service skill"),
    ("Confidence", "confident|self confident|selfconfident|self confidence|self assured|confidence"),
    ("Cultural awareness", "cultural sensitivity|cultural awareness|intercultural|cross cultural|international outlook|inclusive mindset"),
    ("Self-awareness", "self awareness|self aware|receptive to feedback|constructive feedback|open to feedback|growth mindset"),
    ("Facilitation", "facilitation skill|facilitation|facilitator"),
)  # fmt: skip
_PRAISE = frozenset(
    map(
        stem,
        "dynamic independent lively aggressive competitive creative innovative innovation flexible flexibility driven leader positive calm warm friendly "
        "passionate energetic energy collaborative motivated committed commitment dedicated dedication organised organized accurate prompt confident "
        "inspire conceptual leadership communication presentation coach mentor collaborate judgment consistent negotiation pleasant productive "
        "ambitious professionalism mature enthusiastic reliability accuracy ownership accountability commitment systematic prompt precise resilient resilience resourceful entrepreneurial".split(),
    )
)
_PEOPLE = frozenset(
    map(
        stem,
        "person individual personality professional candidate worker thinker you attitude manner approach character people someone skill ability "
        "mindset self-starter spirit communicator player learner solver nature leader".split(),
    )
)
_THINGS = frozenset(
    map(
        stem,
        "team environment company role business organisation organization group agency department market industry culture workplace office hour hours "
        "working schedule salary package recruiter home school position opportunity challenge benefit brand consultancy practice service services firm "
        "product platform solution platforms technology work place employer sector world growth trust hospital provider body setting startup atmosphere "
        "software house retailer charity plan bonus pension pay".split(),
    )
)
_ASKING = frozenset(
    map(
        stem,
        "you be being are must ability able strong excellent good great highly well outstanding proven demonstrate demonstrated effective exceptional "
        "require required essential have skills skill self fluent work working clear".split(),
    )
)
# Words that share their stem with one that names a soft skill, and do not.
_OTHERS = frozenset(
    "initiate initiates initiated initiating analytics facilitate facilitates product products production live lives living livings achievable integrate integrated integrates integrating integration integral "
    "accountancy attention agile account accounts accounting accountant accountants achieve achieves achieved achievement achievements achieving approach approaches "
    "care cares cared committee communications compassionately determine determines determining discipline disciplines hospital hospitals "
    "hospitality influence influences initiatives organisation organisations organization organizations person persons personal personally "
    "personality personalities profession professions professional professionals professionally prompts resource resources respect respects "
    "respective respectively result results systems energies accounted positively positives articulates delegates flexibly listeners lists "
    "conceptually imagine inspires inspired inspiring motivates motivate consistently thoroughly precisely originally accurately presentations".split()
)
_NEAR = 3


class SoftSkill(NamedTuple):
    """A place in a text, in characters, that names a soft skill."""

    name: str
    start: int
    end: int


def soft_skills(line: str) -> list[SoftSkill]:
    """The soft skills that a line asks of a person, left to right; of two that overlap the longer."""
    sequence = words(line)
    keys = [stem(word.text) for word in sequence]
    found: list[SoftSkill] = []
    place = 0
    while place < len(keys):
        name, length = _longest(keys, place)
        other = length == 1 and sequence[place].text.lower() in _OTHERS
        if name and not other and _is_asked(sequence, keys, place, length):
            found.append(SoftSkill(name, sequence[place].start, sequence[place + length - 1].end))
        place += length or 1
    return found


def _longest(keys: list[str], place: int) -> tuple[str, int]:
    forms, reach = _forms()
    for length in range(min(reach, len(keys) - place), 0, -1):
        if name := forms.get(tuple(keys[place : place + length])):
            return name, length
    return "", 0


def _is_asked(sequence: tuple[Word, ...], keys: list[str], place: int, length: int) -> bool:
    """Whether a word that often praises somebody else is about a person here; other words always are."""
    if length > 1 or keys[place] not in _PRAISE:
        return True
    after = keys[place + 1 : place + 1 + _NEAR]
    for key in after:
        if key in _PEOPLE:
            return True
        if key in _THINGS:
            return False
    return any(key in _ASKING for key in keys[max(0, place - _NEAR) : place]) or len(sequence) <= _NEAR


@cache
def _forms() -> tuple[dict[tuple[str, ...], str], int]:
    forms: dict[tuple[str, ...], str] = {}
    for name, written in _LIST:
        for form in written.split("|"):
            forms.setdefault(tuple(stem(word.text) for word in words(form)), name)
    return forms, max(map(len, forms))


def names() -> Iterator[str]:
    """The names of all soft skills, in order."""
    return (name for name, _ in _LIST)
