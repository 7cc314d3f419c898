"""Words by which a line shows what it is: a title, an employer, a place, a degree, a language."""

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    """
    accountant actor actuary adjuster administrator advisor adviser agent ambassador analyst anesthesiologist apprentice
    architect artist assembler assessor assistant associate attendant attorney auditor baker banker barista bartender
    biologist bookkeeper broker builder bursar butcher buyer captain caregiver carpenter cashier caterer ceo cfo chairman
    chairperson chef chemist chief cio clerk clinician cmo coach co-founder cofounder columnist comptroller concierge
    consultant contractor controller cook coo coordinator copywriter counsel counselor counsellor cpo crew cto curator
    custodian dba dean dentist deputy designer detective developer devops dietitian director dispatcher doctor driver
    economist editor educator electrician engineer entrepreneur estimator examiner executive expert fellow firefighter
    founder foreman freelancer gardener geologist graduate groomer guard guide hairdresser handyman head host hostess
    housekeeper hygienist illustrator inspector installer instructor intern internship interpreter investigator janitor
    journalist judge laborer labourer landscaper lawyer lead leader lecturer librarian lifeguard lieutenant linguist
    machinist maid maintainer manager marketer mason mechanic mediator member mentor merchandiser microbiologist midwife
    mixologist model musician nanny negotiator nurse nutritionist officer operator optician optometrist organizer owner
    painter paralegal paramedic partner pastor pathologist pharmacist phlebotomist photographer physician physicist
    physiotherapist pilot planner plumber president principal producer professor programmer proofreader promoter
    psychologist publicist radiographer radiologist realtor receptionist recruiter registrar reporter representative
    researcher resident reviewer roofer salesperson salesman saleswoman scientist scrum secretary seamstress sergeant
    server sommelier specialist staff statistician steward stocker strategist student stylist superintendent supervisor
    surgeon surveyor sysadmin tailor teacher technician technologist teller tester therapist trader trainee trainer
    translator treasurer tutor typist underwriter veterinarian videographer vp evp svp avp waiter waitress warden welder
    worker writer sde swe sre mts qa lpn rn cna internee postdoc extern mitarbeiter entwickler praktikant werkstudent
    ingenieur leiter développeur ingénieur stagiaire desarrollador ingeniero aide babysitter master practitioner professional
    apprenticeship advocate webmaster newsreader chancellor ontologist roustabout volunteer composer contributor chair president
    administrator ambassador broadcaster choreographer conductor curator dancer dj docent envoy evangelist fundraiser
    grader maintainer moderator musician naturalist novelist ombudsman orderly organist performer playwright poet
    postdoctoral presenter provost ranger rector sculptor singer soldier stagehand stenographer tattooist trustee usher
    valet videographer violinist vicepresident vice-president cso cro ciso cdo gm ra ta tpm pm sdet
    developper architecte consultante chercheur chercheuse enseignant enseignante professeur directeur directrice chef
    responsable chargé chargée gestionnaire technicien technicienne assistante vendeur vendeuse infirmier infirmière
    comptable alternant alternante analyste programmeur ingénieure développeuse avocat médecin
    entwicklerin ingenieurin leiterin mitarbeiterin berater beraterin geschäftsführer geschäftsführerin sachbearbeiter
    sachbearbeiterin projektleiter projektleiterin teamleiter teamleiterin abteilungsleiter referent referentin
    assistentin assistent auszubildender auszubildende praktikantin werkstudentin lehrer lehrerin forscher
    wissenschaftler wissenschaftlerin buchhalter verkäufer krankenpfleger krankenschwester techniker softwareentwickler
    softwareentwicklerin softwareingenieur hilfskraft tutorin trainerin kaufmann kauffrau
    desarrolladora ingeniera analista gerente jefe jefa directora coordinador coordinadora consultor consultora
    asistente auxiliar profesor profesora investigador investigadora becario becaria practicante técnico técnica
    vendedor vendedora enfermero enfermera contador contadora abogado médico administrador diseñador diseñadora
    arquitecto programador programadora desenvolvedor desenvolvedora engenheiro engenheira estagiário estagiária
    coordenador pesquisador sviluppatore ingegnere responsabile impiegato ricercatore tirocinante consulente
    ontwikkelaar medewerker stagiair adviseur onderzoeker docent programista inżynier kierownik specjalista analityk
    utvecklare ingenjör konsult chef chefs praktikant udvikler utvikler konsulent rådgiver
    разработчик инженер программист менеджер руководитель директор аналитик специалист консультант стажёр стажер
    преподаватель исследователь дизайнер тестировщик архитектор бухгалтер
    μηχανικός προγραμματιστής διευθυντής αναλυτής σύμβουλος υπεύθυνος καθηγητής
    """
)
COMPANIES = _words(
    """
    inc llc llp ltd limited gmbh ag corp corporation company co plc sa sas sarl bv nv oy oyj ab as aps kg pvt pty group
    holdings technologies solutions labs lab laboratory laboratories systems services partners bank university college
    school schools hospital clinic institute foundation agency studio studios media ventures industries international
    enterprises department ministry council government authority center centre restaurant hotel stores store church army
    navy airlines airways motors pharmaceuticals pharma insurance energy logistics freight networks software consultancy
    consulting bakery cafe café museum library district county airport academy association society trust charity
    telecom communications robotics analytics health healthcare medical financial capital securities brands foods
    construction electric universität hochschule université universidad universidade università universiteit uniwersytet
    организация компания ооо зао оао банк университет kg ohg ug se kgaa srl spa ltda eireli sarl sasu eurl bvba asa oü
    kk k.k. pte sdn bhd jsc pjsc ao ooo zrt kft sro doo ensemble gallery opera orchestra nonprofit magazine news press
    productions publishing club theatre theater
    """
)
_LEADING = _words(
    """
    développeur développeuse ingénieur ingénieure stagiaire architecte consultant consultante chercheur chercheuse enseignant
    enseignante professeur directeur directrice responsable chargé chargée gestionnaire technicien technicienne assistant
    assistante vendeur vendeuse infirmier comptable alternant alternante analyste programmeur desarrollador desarrolladora
    ingeniero ingeniera analista gerente jefe jefa director directora coordinador coordinadora consultor consultora asistente
    auxiliar profesor profesora investigador investigadora becario becaria practicante técnico técnica vendedor vendedora
    enfermero enfermera contador contadora administrador diseñador diseñadora arquitecto programador programadora
    desenvolvedor desenvolvedora engenheiro engenheira estagiário estagiária coordenador pesquisador sviluppatore ingegnere
    responsabile impiegato ricercatore tirocinante consulente leiter leiterin mitarbeiter mitarbeiterin referent referentin
    инженер разработчик менеджер руководитель директор специалист programista inżynier kierownik specjalista
    """
)
# A part after a comma that still belongs to the title: "Director, Product Management".
DEPARTMENTS = _words(
    """
    accounting administration advertising affairs analytics backend business care commerce communications compliance
    content customer data delivery design development devops digital ecommerce education engineering enterprise events
    experience finance frontend fullstack growth hardware hr infrastructure infosec innovation integration intelligence
    learning legal machine maintenance management manufacturing marketing merchandising mobile network operations
    partnerships payments people performance planning platform procurement product production program programs projects
    public qa quality recruiting relations reliability reporting research resources risk safety sales science security
    service software strategy success supply support sustainability systems talent tax technology testing trading
    training treasury ux web ii iii iv
    """
)
_STATES = _words(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI
    SC SD TN TX UT VT VA WA WV WI WY DC PR ON QC BC AB MB SK NS NB NL PE YT NT NU NSW VIC QLD TAS ACT USA US UK UAE EU ST
    """
)
_REGIONS = frozenset(
    name.strip()
    for name in """
    remote, hybrid, on-site, onsite, work from home, worldwide, alabama, alaska, arizona, arkansas, california, colorado,
    connecticut, delaware, florida, georgia, hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine,
    maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, new hampshire,
    new jersey, new mexico, new york, north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, rhode island,
    south carolina, south dakota, tennessee, texas, utah, vermont, virginia, washington, west virginia, wisconsin, wyoming,
    ontario, quebec, british columbia, alberta, nova scotia, new south wales, victoria, queensland, england, scotland,
    wales, northern ireland, bavaria, karnataka, maharashtra, telangana, tamil nadu, kerala, gujarat, uttar pradesh,
    west bengal, haryana, madhya pradesh, andhra pradesh, rajasthan, punjab, delhi,
    united states, united states of america, u.s.a., u.s., united kingdom, u.k., great britain, ireland, canada, australia,
    new zealand, germany, deutschland, austria, switzerland, schweiz, france, spain, españa, portugal, italy, italia,
    netherlands, the netherlands, belgium, luxembourg, denmark, sweden, sverige, norway, finland, iceland, estonia, latvia,
    lithuania, poland, czechia, czech republic, slovakia, hungary, romania, bulgaria, greece, turkey, türkiye, cyprus,
    malta, croatia, serbia, slovenia, ukraine, russia, israel, egypt, morocco, tunisia, nigeria, ghana, kenya, ethiopia,
    south africa, saudi arabia, qatar, kuwait, bahrain, oman, united arab emirates, jordan, lebanon, pakistan, india,
    bangladesh, sri lanka, nepal, china, hong kong, taiwan, japan, south korea, korea, singapore, malaysia, indonesia,
    iraq, iran, syria, sudan, afghanistan, algeria, angola, albania, armenia, azerbaijan, belarus, bolivia, botswana,
    cambodia, cameroon, cuba, dominican republic, ecuador, el salvador, georgia, guatemala, honduras, jamaica, kazakhstan,
    kosovo, laos, libya, macedonia, madagascar, malawi, mali, mauritius, moldova, mongolia, montenegro, mozambique, myanmar,
    namibia, nicaragua, panama, papua new guinea, paraguay, puerto rico, rwanda, senegal, somalia, tanzania, togo,
    trinidad and tobago, uganda, uzbekistan, venezuela, yemen, zambia, zimbabwe, bahamas, barbados, bosnia and herzegovina,
    bihar, uttarakhand, odisha, assam, goa, jharkhand, chhattisgarh, himachal pradesh, hessen, nrw, nordrhein-westfalen,
    baden-württemberg, bayern, catalonia, andalucía, île-de-france, lombardia, 中国, 中國, 日本, 대한민국, 한국, россия, беларусь,
    украина, україна, казахстан, ελλάδα, κύπρος, österreich, polska, česko, suomi, norge, danmark, nederland, belgië, belgique,
    suisse, s.korea, s. korea, u.s.a, u.a.e., uae, thailand, vietnam, philippines, mexico, brazil, brasil, argentina, chile, colombia, peru, uruguay, costa rica
    """.split(",")
)
_MODES = frozenset(("remote", "hybrid", "on-site", "onsite", "work from home", "worldwide"))
_CITIES = frozenset(
    name.strip()
    for name in """
    london, manchester, birmingham, leeds, glasgow, edinburgh, bristol, liverpool, cambridge, oxford, belfast, cardiff,
    dublin, cork, paris, lyon, marseille, toulouse, berlin, munich, münchen, hamburg, cologne, köln, frankfurt, stuttgart,
    düsseldorf, vienna, wien, zurich, zürich, geneva, basel, bern, amsterdam, rotterdam, utrecht, the hague, brussels,
    antwerp, copenhagen, aarhus, stockholm, gothenburg, göteborg, malmö, oslo, bergen, helsinki, tallinn, riga, vilnius,
    warsaw, krakow, kraków, wroclaw, gdansk, prague, brno, bratislava, budapest, bucharest, cluj-napoca, sofia, athens,
    istanbul, ankara, izmir, madrid, barcelona, valencia, seville, lisbon, porto, rome, milan, milano, turin, naples,
    belgrade, zagreb, ljubljana, kyiv, kiev, lviv, moscow, tel aviv, jerusalem, cairo, casablanca, lagos, abuja, accra,
    nairobi, johannesburg, cape town, dubai, abu dhabi, riyadh, doha, karachi, lahore, islamabad, mumbai, bombay, new delhi,
    bangalore, bengaluru, hyderabad, chennai, pune, kolkata, ahmedabad, noida, gurgaon, gurugram, jaipur, kochi, dhaka,
    colombo, kathmandu, beijing, shanghai, shenzhen, guangzhou, hangzhou, taipei, tokyo, osaka, kyoto, seoul, kuala lumpur,
    jakarta, bangkok, hanoi, ho chi minh city, manila, sydney, melbourne, brisbane, perth, adelaide, canberra, auckland,
    wellington, toronto, vancouver, montreal, montréal, ottawa, calgary, edmonton, waterloo, new york city, nyc, brooklyn,
    los angeles, san francisco, bay area, san francisco bay area, san jose, san diego, seattle, portland, austin, dallas,
    houston, san antonio, denver, boulder, chicago, boston, philadelphia, pittsburgh, atlanta, miami, orlando, tampa,
    phoenix, las vegas, salt lake city, minneapolis, detroit, cleveland, columbus, cincinnati, indianapolis, nashville,
    charlotte, raleigh, durham, baltimore, washington dc, washington d.c., st. louis, kansas city, milwaukee, oakland,
    palo alto, mountain view, sunnyvale, menlo park, cupertino, redmond, bellevue, mexico city, guadalajara, monterrey,
    são paulo, sao paulo, rio de janeiro, buenos aires, santiago, bogotá, bogota, medellín, lima, montevideo,
    москва, санкт-петербург, новосибирск, екатеринбург, казань, минск, киев, київ, алматы, αθήνα, θεσσαλονίκη, sevilla,
    lisboa, roma, torino, napoli, firenze, genève, bruxelles, warszawa, praha, lille, bordeaux, nantes, strasbourg, leipzig,
    dresden, hannover, nürnberg, bremen, essen, dortmund, bonn, karlsruhe, mannheim, graz, linz, bilbao, málaga, zaragoza,
    bologna, eindhoven, den haag, leiden, delft, 上海, 北京, 深圳, 广州, 杭州, 成都, 南京, 武汉, 香港, 台北, 東京, 东京, 大阪, 京都, 서울, 부산
    """.split(",")
)
LANGUAGES = _words(
    """
    english german french spanish italian portuguese dutch swedish norwegian danish finnish icelandic polish czech slovak
    hungarian romanian bulgarian greek turkish russian ukrainian serbian croatian bosnian slovenian albanian estonian
    latvian lithuanian arabic hebrew farsi persian urdu hindi bengali punjabi gujarati marathi tamil telugu kannada
    malayalam sinhala nepali mandarin cantonese chinese japanese korean vietnamese thai malay indonesian tagalog filipino
    swahili yoruba igbo hausa amharic zulu afrikaans catalan basque galician irish welsh gaelic latin esperanto deutsch
    englisch français español armenian georgian kazakh mongolian khmer lao burmese somali haitian creole konkani
    """
)
DEGREE = re.compile(
    r"\b(?:bachelor(?:['’]?s)?|master(?:['’]?s)?|doctor(?:ate|al)?|associate(?:['’]?s)?(?= (?:degree|of|in))|"
    r"ph\.?\s?d\b\.?|d\.?phil\b|m\.?phil\b|e?mba\b|pgdm?\b|pgce\b|m\.b\.a|(?:b|m)\.?\s?sc\b\.?|(?:b|m)\.s\b\.?|(?:b|m)\.a\b\.?|(?:b|m)\.?\s?eng\b\.?|"
    r"(?:b|m)\.?\s?tech\b\.?|(?:b|m)\.e\b\.?|(?:b|m)\.?com\b|(?:b|m)\.?b\.?a\b\.?|(?:b|m)\.?c\.?a\b\.?|(?:b|m)\.?f\.?a\b\.?|m\.?ed\b|b\.?ed\b|llb\b|llm\b|"
    r"ll\.\s?[bmd]\b\.?|(?:s\.[bm]|a\.[bm]|sc\.[bmd])\b\.?|(?:b|m)\.?\s?(?:arch|math|mus|res|sci|chem|phys|div|p\.?h|p\.?a|p\.?p)\b\.?|juris\b|"
    r"j\.?d\b|m\.?d\b|d\.?o\b|dds\b|pharm\.?d\b|bsn\b|msn\b|mph\b|mpa\b|a\.a\.?s?\b|a\.s\b|aas\b|diploma|abitur|"
    r"dipl\.|diplôme|diplom(?:-\w+|ingenieur\w*|\b)|fachabitur|matura|habilitation|maîtrise|doctorat|licenciatura|licenciad[oa]|grado|máster|maestría|"
    r"doctorado|ingeniería|bachillerato|técnico superior|mestrado|doutorado|bacharel(?:ado)?|laurea|dottorato|bts|dut|deug|bac(?=\b)|"
    r"magisterské|bakalářské|inżynier|kandidat|бакалавр|магистр|специалист|аспирантура|кандидат|πτυχίο|μεταπτυχιακό|διδακτορικό|"
    r"baccalaur[ée]ate?|licence|licentiate|magister|staatsexamen|^high school$|ged\b|a[- ]levels?|gcses?|certificate|"
    r"ed\.?d\b|psy\.?d\b|hn[cd]\b|btec|g?nvq\b|degree\b|h\.s\.c|s\.s\.c|certification|p\.?hd\b|"
    r"学士|學士|硕士|碩士|博士|修士|本科|大专|专科|학사|석사|박사|전문학사|δίπλωμα|диплом|"
    r"minor in|major in|postgraduate|undergraduate|graduate degree|nanodegree|bootcamp|apprenticeship|hsc\b|ssc\b|sslc\b|xii\b|10th|12th)"
    r"|\b(?:BS|MS|BA|MA|BE|ME|AA|AS|BSE|MSE|SB|SM|AB)\b(?=$|[\s,(:/])(?! (?-i:[a-z]+)$)",
    re.IGNORECASE,
)
_CAPS_DEGREE = frozenset("BS MS BA MA BE ME AA AS BSE MSE SB SM AB MD DO JD".split())
FIELD = re.compile(
    r"\b(?:\w+ics|\w+ology|\w+ography|\w+istry|\w*sciences?|\w*engineering|technology|studies|arts?|design|management|"
    r"business|administration|accounting|finance|marketing|nursing|education|history|literature|law|medicine|english|"
    r"philosophy|music|communications?|journalism|commerce|information|development|analysis|statistics|psychology)\b",
    re.IGNORECASE,
)
SCHOOL = re.compile(
    r"\b(?:universit\w*|college|institut\w*|school|academy|polytechni\w*|politecnico|faculty|hochschule|gymnasium|lyc[ée]e|"
    r"école|escuela|universidad\w*|università|universiteit|uniwersytet|univ\b|escola|scuola|colegio|collège|liceo|gimnasio|szkoła|politechnika|"
    r"fachhochschule|berufsschule|realschule|grundschule|akademie|ecole|insead|conservator\w+|университет\w*|институт|академия|школа|πανεπιστήμιο|"
    r"πολυτεχνείο|coursera|udacity|udemy|edx|mit|eth|epfl|caltech|iim|ucla|usc|nyu|ucl|iit|nit|kth|kit|tu|lse|"
    r"cmu|uc|suny|cuny|virginia tech|georgia tech|stanford|harvard|yale|princeton|oxford|cambridge)\b|(?:大学|大學|学院|學院|学校|대학교|대학|고등학교)$",
    re.IGNORECASE,
)
_ZIP = r"(?:\s+(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}))?"
_SEVERAL = re.compile(r"\s(?:&|/)\s")
_PLACE_NAME = re.compile(r"[^\W\d][\w.'’ -]{0,40}$")


# Titles and employers in scripts without spaces, by how they end.
_CJK_TITLE = re.compile(
    r"(?:工程师|工程師|开发者|经理|經理|总监|總監|主管|实习生|實習生|分析师|设计师|架构师|顾问|研究员|助理|教师|会计|负责人|专员|エンジニア|マネージャー|"
    r"プログラマー|デザイナー|コンサルタント|アナリスト|部長|課長|リーダー|インターン|개발자|엔지니어|매니저|디자이너|연구원|인턴|팀장|과장|대리|사원)$"
)
_CJK_COMPANY = re.compile(
    r"(?:公司|集团|集團|银行|大学|大學|学院|研究所|株式会社|有限会社|주식회사|대학교|은행|연구소|학교)$|^(?:株式会社|\(주\)|㈜)"
)


def plain_words(text: str) -> list[str]:
    return re.findall(r"[^\W_][\w+#'’-]*", text.lower())


def degree_in(text: str) -> re.Match[str] | None:
    """Where a text names a degree. Short ones count only in capitals: "MS", not "ms"."""
    return next(
        (m for m in DEGREE.finditer(text) if m.group().upper() not in _CAPS_DEGREE or m.group().isupper()), None
    )


@lru_cache(maxsize=8_192)
def is_place(text: str) -> bool:
    """Whether a whole piece can be a place: "Remote", "Austin, TX 78701", "Lund, Sweden", "Berlin (Remote)"."""
    text = re.sub(r"\s*[(/–-]\s*(?:remote|hybrid|on-?site)\s*\)?\s*$", "", text.strip(" ()"), flags=re.IGNORECASE)
    if len(several := _SEVERAL.split(text)) > 1:
        return len(text) <= 70 and all(map(is_place, several))
    parts = [part.strip() for part in text.split(",")]
    if not text or len(parts) > 4 or len(text) > 70:
        return False
    last = re.sub(_ZIP + "$", "", parts[-1])
    if len(parts) == 1:
        match = re.fullmatch(r"(.+?) ([A-Z]{2})" + _ZIP, text)
        in_state = match is not None and match[2] in _STATES and match[1].lower() in _CITIES
        return last.lower() in _REGIONS | _CITIES or last in ("USA", "UK", "US", "UAE") or in_state
    if len(parts) > 2 and parts[-2].lower() in _CITIES and not parts[0][:1].isdigit():
        return False  # "Acme, Austin, TX" holds an employer
    known = (
        (last.lower() in _REGIONS and last.lower() not in _MODES)
        or last in _STATES
        or all(part.lower() in _REGIONS | _CITIES for part in parts)
    )
    return known and all(_PLACE_NAME.match(part) or part[:1].isdigit() for part in parts[:-1])


def is_sure_place(text: str) -> bool:
    """Whether each part is a known place: "Acme, Texas" could be an employer and where it is."""
    if len(several := _SEVERAL.split(text)) > 1:
        return all(map(is_sure_place, several))
    parts = [re.sub(_ZIP + "$", "", part.strip()) for part in re.sub(r"\(.*?\)", "", text).split(",")]
    return is_place(text) and all(part.lower() in _REGIONS | _CITIES or part in _STATES for part in parts)


def is_state(text: str) -> bool:
    """Whether a text is a state's or country's short form: "TX", "UK"."""
    return text in _STATES


@lru_cache(maxsize=8_192)
def title_score(text: str) -> int:
    """How much a piece looks like somebody's title. The head noun counts most: it stands last, or before "of"."""
    head = plain_words(re.split(r"\s(?:of|for|to|in)\s|\s/|[(,:–—]|\s-\s", text.strip(), maxsplit=1)[0])
    found = any(word in TITLES for word in plain_words(text))
    while head and head[-1] in ("i", "ii", "iii", "iv", "1", "2", "3"):
        head.pop()
    if _CJK_TITLE.search(text.strip()):
        return 4
    # In Romance languages the head comes first: "Ingénieur logiciel", "Gerente de ventas".
    leads = bool(head) and head[0] in _LEADING and head[0] in TITLES
    return (3 if leads or (head and head[-1] in TITLES) else 0) + (1 if found else 0)


def ends_as_title(text: str) -> bool:
    """Whether a name that we do not know is made as words for people's work are: "Colorist", "Tire Builder". Employers'
    names may be, too, so this decides only where nothing else does."""
    head = plain_words(re.split(r"\s(?:of|for|to|in)\s|[(,:–—]|\s-\s", text.strip(), maxsplit=1)[0])
    return bool(head) and head[-1] not in COMPANIES and _AGENT.search(head[-1]) is not None


_AGENT = re.compile(
    r"\w{2}(?:ists?|icians?|smith|eer|[^aeiou]er|[^aeiou]or|[aeiou]tor|man|woman|person|ant|arian|ster|hand)$"
)


@lru_cache(maxsize=8_192)
def company_score(text: str) -> int:
    head = re.split(r"\s(?:of|for|at)\s", re.sub(r"\(.*?\)", "", text).split(",")[0], maxsplit=1)[0]
    found = plain_words(head) or plain_words(text)
    if _CJK_COMPANY.search(text.strip()):
        return 4
    legal = re.search(r"\b(?:Inc|LLC|LLP|Ltd|GmbH|Corp|PLC|Pvt|Pty|S\.A|AG|AB|B\.V|BV|Co)\b", text)
    named = legal or (found and found[-1] in COMPANIES) or re.match(r"universit\w+ (?:of|de|di)\b", text, re.IGNORECASE)
    return (3 if named else 0) + (1 if any(w in COMPANIES for w in found) else 0)
