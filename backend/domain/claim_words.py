"""The words that decide whether one sentence claims more than another. Kept by hand; stems are made when this is loaded."""

from backend.domain.text import stem


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


def _forms(text: str) -> frozenset[str]:
    """The words, and their regular inflections as verbs."""
    found = set()
    for word in text.split():
        root = word.removesuffix("e")
        found |= {word, f"{word}s", f"{root}ed", f"{root}ing"}
    return frozenset(found)


# Degree of ownership: 0 took part, 1 did, 2 led, 3 owned or founded. Verbs that say nothing of it are in none.
TOOK_PART = _forms("assist help contribute support participate aid collaborate shadow observe attend involve")
LED = _forms(
    "lead direct manage oversee supervise head chair coordinate spearhead champion orchestrate steer drive govern"
) | frozenset("led oversaw overseen drove driven leader lead".split())
FOUNDED = _forms("own found establish institute inaugurate initiate originate conceive invent architect mastermind spearhead pioneer champion") - {
    "found", "founds", "owns"
} | frozenset("founded co-founded solely singlehandedly single-handedly own owned owns".split())  # fmt: skip

# Words that widen what a sentence is about. Each must stand in the evidence.
WIDE = frozenset(
    """every entire whole company-wide companywide firmwide firm-wide organisation-wide organization-wide enterprise-wide
    enterprise nationwide national statewide regional global globally worldwide international internationally universal
    department-wide departmentwide district-wide districtwide hospital-wide hospitalwide campus-wide campuswide system-wide
    systemwide site-wide sitewide wide industry industry-wide everyone everybody public executive executives c-suite leadership
    stakeholders board multinational flagship mission-critical critical award-winning world-class industry-leading best-in-class
    largest biggest only top best highest fastest leading foremost unprecedented record-breaking exclusive exclusively
    sole solely single-handedly singlehandedly independently autonomously always consistently never zero flawless flawlessly
    perfect completely fully cross-functional multi-site multi-state multiple several numerous many countless
    dozens hundreds thousands millions extensive extensively expert expertise mastery advanced senior chief principal head
    director president vice manager managers supervisor officer partner founder owner consultant specialist advisor adviser
    professor doctor instructor ceo cto cfo coo cio vp svp evp superintendent foreman captain dean chairman chairwoman
    strategic strategy vision roadmap transformation firms companies organizations departments districts hospitals schools
    states countries nation country world government federal senate congress mayor governor""".split()
)
# Words of credentials, honours and publications. Each must stand in the evidence.
CREDENTIAL = frozenset(
    """master journeyman certified certification certifications certificate certificates license licence licensed licenses licensure licensee
    registered registration clearance bachelor bachelors bachelor's master's masters doctorate doctoral phd mba msc
    bsc jd rn cpa pmp diploma accredited accreditation chartered credential credentials credentialed board-certified magna summa
    charterholder licensee secret top-secret polygraph bonded notary graduate postgraduate degree""".split()
)
AWARD = frozenset(
    """award awards awarded prize medal honor honors honored honoured honours recognized recognised recognition winner won
    nominated nominee finalist winner scholarship patent patents patented publish published publication publications author authored
    article journal keynote presented ranked ranking rank ranks named voted celebrated acclaimed featured""".split()
)
FREQUENCY = frozenset("daily weekly monthly quarterly yearly annual annually biweekly nightly hourly bimonthly".split())
RISE = _stems(
    """increase increased increasing raise raised raising grow grew grown growing growth rise rose risen rising lift lifted
    boost boosted boosting expand expanded gain gained double doubled triple tripled climb climbed higher exceed exceeded"""
)
FALL = _stems(
    """decrease decreased reduce reduced reducing reduction cut cutting cuts lower lowered lowering drop dropped dropping fall
    fell fallen decline declined shrink shrank shrunk less fewer down trim trimmed slash slashed halve halved shorten shortened
    shave shaved minimize minimise eliminate"""
)
OUTCOME = _forms(
    """increase reduce raise lower improve boost expand double triple avert prevent avoid secure earn strengthen eliminate attract
    generate accelerate shorten halve decrease exceed climb"""
) | frozenset(
    """cut cutting grew grow growing grown rose risen rising fell fallen falling dropped dropping declined shrank shrunk won
    winning lifted lifting trimmed slashed saved saving saves cuts""".split()
)  # fmt: skip
_CAUSED = "cut|reduc|rais|doubl|halv|brought|bring|lower|lift|boost|increas|improv|tripl|sav|won|grew|drove|shorten|eliminat|earn"
"""How verbs begin that tell what came of a thing."""
CAUSAL = (
    r"\bwhich (?:\w+ly )?(?:\w+ed|cut|led|won|brought|made|gave|drove|grew|rose|fell|let|put|kept|took|saves?|helps?|allows?|enables?|means?|meant)\b|"
    r"\ba (?:change|move|step|shift|fix) (?:that|which)\b|\bwhose (?:work|use|adoption)\b(?! (?:has |have )?(?:rang|span|cover|includ|appear|focus|center|is\b|was\b))|\b(?:resulting|culminating|ending) in\b|\b(?:leading|contributing) to\b|\bled to\b|\bso that\b|\bthereby\b|\bthus\b|\bthrough (?=\w+ing\b|the |a |an |weekly |daily )(?!the (?:year|end|month|week))|"
    r"\bthat (?:(?:in turn|has|have|then|also) )?(?:helped )?(?:to )?(?:"
    + _CAUSED
    + r")\w*|\bwhose (?:[\w’'-]+ ){1,3}(?:"
    + _CAUSED
    + r")\w*|\bis what (?:allows|lets|makes|keeps|let|made|kept)\b|"
    r"\b(?:used|using|applied|applying) (?:[\w’'-]+ ){1,9}?to (?:"
    + _CAUSED
    + r")\w*|\bthrough (?=my |our |(?-i:[A-Z]))|"
    r"\bas a result\b|\bbecause\b|\bthanks to\b|(?<!and )\b(?:enabling|allowing|driving|helping|ensuring|generating)\b|"
    r"\bwhich is (?:why|how)\b|(?<!began )(?<!started )(?<!begin )(?<!start )(?<!finished )\bby (?=\w+ing\b)|,\s+(?=(?:cutting|reducing|increasing|improving|raising|saving|lowering|boosting|securing|winning|earning|preventing|"
    r"eliminating|accelerating|growing|shortening|attracting|avoiding|bringing|doubling|halving)\b)"
)
TRIED = _stems(
    "evaluate assess review consider pilot test trial explore weigh compare examine investigate study look research advise recommend analyze"
)

# What rewriting may add freely: glue, plain verbs of work, light nouns and adverbs. Ownership, scope and numbers have rules
# of their own and are looked at before this list is.
GLUE = _stems(
    """percent percentage charge dollar euro rupee kilowatt fortnight quarter dozen able about above accordingly account achieve act action active activity actual add address adopt afterwards aim allow
    along also alongside among amount answer apply approach area arrange ask aspect assign attain available avoid aware back
    background base basis be become begin began begun being belong benefit besides between beyond body both bring brought
    broken broke build built business call came capable capture carry carried case cause center centre change check choose
    clear clearly close collect combine come comfortable common complete component comprise concern conduct connect consist
    construct contain continue convert copy correct course cover create craft current currently customary date day deal
    deliver depend derive describe design detail determine develop device different digit divide document done down draft
    draw drawn drew due duration during duty each earlier early earn ease easy edit effect effective effectively effort eight
    either element else employ employer employment enable end engage enough ensure entail enter entry equal equivalent especially
    establish event exact exactly example except execute exist experience experienced explain express extend extra face facilitate
    fact familiar far fast favor feature few figure file fill final finally find fine finish fit five fix fixed focus follow
    following form formal former four free frequent fresh from fulfil fulfill full function further gave gather general get
    give given go goal goes gone good got greater group grown guide had half hand handle hands-on happen hard have held help
    hence here hold hour house identify implement important include including incoming indeed individual inform initial input
    inside instead integrate intend interest introduce issue item job keep kept kind know knowledge known lack large last
    late later latter lay least leave left less let level like likewise line link list little live local locate long look
    made main maintain major make manner mark material matter mean meant measure meet member met method middle million mind
    minor minute mix mode month more most move much name nature near nearly need new newly next nine normal note now number
    object observe obtain occasion occur off offer often old one ongoing onto open operate operation option order ordinary
    organize organise original other out outcome output outside over overall own page part particular particularly partly
    pass past pay people per perform performance period person personally phase pick piece place plan play plus point portion
    position possible practical practice prepare present previous previously primary prior proceed process produce product
    program project proper provide pull purpose put question quick quickly range rate rather reach read ready real reason
    receive record refer reference regard regular regularly relate related relevant rely remain remainder remove render
    repair repeat replace report represent request require respect respectively respond responsible responsibility rest
    restore result retain return review rework right role roll roughly round routine same say schedule scope second section
    see seek seen select sell send separate series serve service set settle seven several shape share short show shown side
    similar simple since single site situation six skill skilled small so sole solve some someone sort source space span
    specific specify spend spent split stage stand standard start started state status stay step still stop store strong
    structure style subject subsequent such suit suitable supply switch system take taken target task team ten tend term test
    than then there thereafter these thing third this those thorough three through throughout time times timely title together
    took tool top total toward track transfer transition treat turn two type typical typically under understand undertake
    undertook unit up update upon usage use used user using usual usually utilize utilise variety various very view visit
    want was watch way week well went were whether while wide with within word work worked working world worth write written
    wrote year yield young your approximately around assemble assembled author bring carry commence compile compose
    comprehensive conduct consistently deploy diagnose divide document employed ensure execute expand familiar generate
    grew handle historic increase inspect install interview investigate launch locate monitor move negotiate oversee pare
    perform plan produce program provide prepare present process rebuild recommend redesign refine remodel repair replace
    research resolve restructure revise reword run schedule serve ship simplify specialise specialize streamline strengthen
    successfully teach train translate turn upgrade verify volunteer write decrease reduce lower cut drop fall raise rise lift
    boost improve grow save shorten trim shrink double halve triple average typically up down less more fewer higher than
    professional proven dedicated motivated strong solid skilled proficient adept versed seasoned hands hands-on practical
    personal colleague colleagues coworker coworkers staff member members employee employees peer peers setting environment
    settings workplace field sector company firm organization organisation office business employer site location facility
    position post tenure stint capacity name named called known titled entitled dated running ran runs kept keeps keeping
    newer older previous current ongoing now today present until ago later earlier before after since throughout meanwhile
    whole complete finished completed successful first-hand firsthand jointly together alongside partner partnered
    plus additional further another other others extra besides likewise similarly respectively namely particular specifically
    assessed assess speak spoke spoken swap sat sit join dealt deal lent lend rode ride told tell advise saw see introduction introduce
    recover buy bought instruct weigh trial trialed trialled analyze analyse reorganize reorganise tried try bid again ahead behind below
    longer against though neither yet already automatically thanks chiefly mainly mostly software database equipment pair problem
    trouble technology guidance coverage changeover ground grounds home learn learning teach taught found buying paid winning adapt
    arrange assign attach await bear begin bend blend book borrow bound box branch buy calculate categorize cater chart chase cite
    classify clean code compare compute conclude configure confirm consult contact convey coordinate count culminate customize date
    debug decide dedicate demonstrate detect dispense display dispatch distribute double-check drill earn elaborate encourage enlist
    enroll equip escort estimate evaluate exchange exercise exhibit field file film filter forecast format formulate forward frame
    gauge graph greet guard heed host illustrate import index induct informal inquire insert inspect instal instil interpret inventory
    invest invite invoice issue itemize judge label lay listen load log loop mail map mark match measure mend merge migrate model modify
    mount navigate notify number observe occupy orient outline overhaul pace pack paint pair park patch pay persuade phase pilot pitch
    place plot post practise predict prescribe preserve press prioritize probe program project promote prompt proofread propose prove
    pursue raise rank rate reassemble recast receive recondition reconcile recruit recycle refactor refer refit refund register
    rehearse reinforce relay relocate remind renew rent reorder repackage rephrase replenish reply repurpose reserve reset reside resupply
    retire retrain retrieve rewire rewrote ring rotate salvage sample sanitize save scan screen scrub search seat secure segment sequence
    shape shift sign simulate sketch sort source speed spot staff stage stock store strip study substitute suggest sum summarize supplement
    survey sustain swapped tabulate tailor tally tend tender tidy tighten time tour trace trade transcribe transform transition transmit
    transport treat trim troubleshoot tune tutor type uncover undergo unify unload unpack update upgrade urge utilize validate vet view
    visit walk warn wash weld widen wire withdraw wrap simpler smoother quicker faster slower better earlier later cheaper inexpensive
    strength strengths preference passion knack aptitude emphasis flair capability competency appetite comfort ease sense behalf duty duties
    background orientation mindset attitude dedication commitment credit standing fluency
    mine me my myself i we our us them their they it its who whom whose which that where when"""
)
