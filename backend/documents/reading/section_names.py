"""What people call the sections of a resume. "" stands for a section that we have no model for."""

_NAMES = {
    "contact": (
        "personal data; personal particulars; personal detail; personal dossier; get in touch; reach me; kontakt; "
        "kontaktdaten; persönliche daten; persönliche angaben; coordonnées; informations personnelles; contacto; "
        "datos personales; contatti; dati personali; contato; contatos; dados pessoais; persoonlijke gegevens; "
        "dane osobowe; контакты; контактная информация; личная информация; στοιχεία επικοινωνίας; 联系方式; 个人信息; 連絡先; "
        "연락처; 인적사항; "
        "contact; contact information; contact info; contact details; personal information; personal details"
    ),
    "summary": (
        "career objectives; objectives; professional synopsis; career synopsis; executive profile summary; "
        "career snapshot; who i am; my profile; value proposition; profil; kurzprofil; über mich; zusammenfassung; "
        "berufsziel; profil professionnel; à propos; à propos de moi; résumé; objectif; perfil; perfil profesional; "
        "resumen; resumen profesional; sobre mí; objetivo; objetivo profesional; perfil profissional; resumo; "
        "resumo profissional; sobre mim; profilo; profilo professionale; riepilogo; chi sono; profiel; over mij; "
        "podsumowanie; o mnie; о себе; обо мне; цель; προφίλ; περίληψη; 个人简介; 自我评价; 个人总结; 求职意向; 概要; 職務要約; 自己pr; 소개; "
        "자기소개; "
        "summary; professional summary; executive summary; career summary; summary of qualifications; about; about me; "
        "profile; professional profile; career profile; executive profile; objective; career objective; "
        "professional objective; career overview; overview; professional overview; personal statement; introduction; bio; "
        "summary statement; highlights of qualifications; qualifications summary; highlights; resume summary; personal profile"
    ),
    "work_experience": (
        "experiences; work experiences; professional experiences; relevant professional experience; job history; "
        "work and leadership experience; experience and leadership; leadership and work experience; "
        "full-time experience; summer internships; employment record; professional appointments; appointments; "
        "academic appointments; volunteer and work experience; beruflicher werdegang; werdegang; "
        "beruflicher lebenslauf; praktische erfahrung; praktika; berufspraxis; berufliche erfahrung; expériences; "
        "expériences professionnelles; parcours professionnel; parcours; stages; emplois; experiencia; "
        "experiencia profesional; experiencias; trayectoria profesional; historial laboral; prácticas; experiência; "
        "experiência profissional; experiências profissionais; esperienza; esperienze; esperienza lavorativa; "
        "esperienze lavorative; esperienza professionale; esperienze professionali; werkervaring; ervaring; stage; "
        "doświadczenie; doświadczenie zawodowe; arbetslivserfarenhet; erfarenhet; yrkeserfarenhet; "
        "erhvervserfaring; arbeidserfaring; työkokemus; iş deneyimi; deneyim; опыт работы; опыт; "
        "профессиональный опыт; трудовая деятельность; досвід роботи; εργασιακή εμπειρία; επαγγελματική εμπειρία; "
        "εμπειρία; 工作经历; 工作经验; 工作經歷; 实习经历; 職務経歴; 職歴; 경력; 경력사항; 경력 사항; 경험; "
        "experience; work experience; professional experience; employment; employment history; work history; "
        "career history; professional background; relevant experience; relevant work experience; work; jobs; "
        "industry experience; job experience; career experience; experience and employment; employment experience; "
        "internships; internship experience; internship; additional experience; other experience; related experience; "
        "research experience; teaching experience; clinical experience; military experience; military service; "
        "academic career; professional career; positions held; career; additional work experience; freelance experience; "
        "consulting experience; technical experience; previous experience; professional work experience; "
        "academic experience; professional history; berufserfahrung; expérience; expérience professionnelle; experiencia laboral"
    ),
    "education": (
        "educational qualification; qualification; academia; educational details; additional qualification; "
        "academic qualification; academic details; academic record; academic history and qualifications; schooling; "
        "schools; degrees; education and honors; education and awards; education and coursework; bildungsweg; "
        "bildung; studium; schulbildung; akademische ausbildung; ausbildung und studium; schulische ausbildung; "
        "formations; études; diplômes; formation et diplômes; formation académique; parcours académique; "
        "parcours scolaire; educación y formación; formación; formación académica; estudios; formação; "
        "formação acadêmica; formação académica; educação; escolaridade; istruzione; istruzione e formazione; "
        "formazione; titoli di studio; opleiding; opleidingen; wykształcenie; edukacja; utbildning; uddannelse; "
        "utdanning; koulutus; eğitim; образование; освіта; εκπαίδευση; σπουδές; 教育背景; 教育经历; 教育經歷; 学历; 学歴; 학력; 학력사항; "
        "교육; "
        "education; education and training; academic background; educational background; academic qualifications; "
        "educational qualifications; qualifications; education and qualifications; academics; education history; "
        "academic history; studies; training and education; academic credentials; education details; academic profile; "
        "education and certifications; academic education; ausbildung; formation; educación"
    ),
    "skills": (
        "computer knowledge; technical knowledge; technical qualification; computer proficiency; "
        "software proficiency; software skills; skills and software; software; technical profile; "
        "programs, skills, software; core strengths; areas of knowledge; key expertise; skills and certifications; "
        "skills and languages; technical skills and certifications; technical and soft skills; "
        "professional competencies; leadership skills; what i do; toolbox; frameworks; technologies and languages; "
        "languages and technologies; skills overview; technical background; technical tools; kenntnisse; "
        "fachkenntnisse; it-kenntnisse; edv-kenntnisse; kompetenzen; kenntnisse und fähigkeiten; "
        "fähigkeiten und kenntnisse; qualifikationen; technische kenntnisse; besondere kenntnisse; "
        "compétences techniques; compétences clés; compétences professionnelles; compétences informatiques; outils; "
        "savoir-faire; atouts; habilidades; competencias; aptitudes; conocimientos; habilidades técnicas; "
        "conocimientos técnicos; competências; habilidades e competências; conhecimentos; competenze; "
        "competenze tecniche; capacità e competenze; vaardigheden; competenties; umiejętności; färdigheter; "
        "kompetenser; kunskaper; kompetencer; færdigheder; ferdigheter; kompetanse; taidot; osaaminen; beceriler; "
        "yetenekler; навыки; ключевые навыки; профессиональные навыки; технические навыки; навички; δεξιότητες; "
        "ικανότητες; 技能; 专业技能; 技能特长; 技术栈; スキル; 技術; 기술; 보유 기술; 기술 스택; 스킬; "
        "skills; technical skills; key skills; core skills; skill set; skillset; skills summary; core competencies; "
        "competencies; key competencies; areas of expertise; expertise; technologies; technical expertise; "
        "technical proficiencies; technical competencies; professional skills; skills and expertise; tools; "
        "skills and technologies; technologies and tools; tools and technologies; computer skills; technical summary; "
        "skills and abilities; skills and tools; programming skills; it skills; soft skills; hard skills; key strengths; "
        "strengths; tech stack; technology; additional skills; skills and competencies; skills and interests; "
        "areas of strength; top skills; core qualifications; skill highlights; relevant skills; other skills; proficiencies; "
        "technical skills and tools; specialties; technical proficiency; fähigkeiten; compétences; programming languages"
    ),
    "projects": (
        "project; project work; project summary; project undertaken; project profile; academic project; "
        "live projects; current project; current projects; research projects; course projects; "
        "projects and research; research and projects; design projects; engineering projects; independent projects; "
        "software projects; projekte; eigene projekte; projets; projets personnels; projets académiques; proyectos; "
        "proyectos personales; projetos; progetti; projecten; projekty; projekt; prosjekter; projeler; проекты; "
        "проєкти; έργα; 项目经历; 项目经验; 項目經驗; プロジェクト; 프로젝트; "
        "projects; personal projects; selected projects; key projects; side projects; academic projects; notable projects; "
        "relevant projects; open source; open source projects; project experience; technical projects; portfolio; "
        "projects undertaken; project details; open source contributions; recent projects; projects and open source"
    ),
    "certifications": (
        "professional qualifications; certifications and awards; courses and certificates; "
        "trainings and certifications; accreditations; credentials; badges; zertifikate; zertifizierungen; "
        "weiterbildung; weiterbildungen; fortbildungen; weiterbildungen und zertifikate; certificats; "
        "certificaciones; certificados; cursos y certificaciones; cursos; certificações; certificados e cursos; "
        "certificazioni; certificaten; cursussen; certyfikaty; kursy; certifikat; sertifikalar; сертификаты; курсы; "
        "πιστοποιήσεις; 证书; 资格证书; 資格; 資格・免許; 자격증; "
        "certifications; certificates; certification; licenses; licenses and certifications; certifications and licenses; "
        "licences and certifications; licensure; professional certifications; certifications and training; "
        "training and certifications; licensure and certifications; licenses and certificates; technical certifications; "
        "certifications and courses; courses and certifications; certificates and licenses; professional certificates"
    ),
    "languages": (
        "language known; linguistic abilities; language abilities; sprachkenntnisse; langues; langues étrangères; "
        "idiomas; lenguas; línguas; lingue; lingue straniere; talen; talenkennis; języki; języki obce; språk; "
        "språkkunskaper; sprog; kielitaito; diller; yabancı diller; языки; знание языков; иностранные языки; мови; "
        "γλώσσες; ξένες γλώσσες; 语言; 语言能力; 語学; 言語; 외국어; 언어; "
        "languages; language skills; spoken languages; languages known; language; language proficiency; sprachen"
    ),
    "achievements": (
        "honors, awards and achievements; awards, honors and scholarships; honors and achievements; "
        "awards and certifications; prizes; distinctions; merits; fellowships; fellowships and awards; "
        "grants and awards; selected honors; academic honors; academic achievements; professional achievements; "
        "notable achievements; auszeichnungen; preise; stipendien; erfolge; prix; prix et distinctions; "
        "réalisations; logros; premios; reconocimientos; prêmios; conquistas; premi; riconoscimenti; "
        "onderscheidingen; osiągnięcia; nagrody; utmärkelser; ödüller; достижения; награды; διακρίσεις; 获奖情况; 荣誉奖项; "
        "获奖经历; 受賞歴; 수상; 수상 경력; "
        "achievements; awards; awards and honors; honors and awards; honours and awards; honors; honours; accomplishments; "
        "key achievements; awards and achievements; achievements and awards; selected achievements; career highlights; "
        "key accomplishments; awards and recognition; recognition; recognitions; scholarships; scholarships and awards; "
        "awards and scholarships; career achievements; career accomplishments; awards and accomplishments; awards and honours"
    ),
    "": (
        "extracurricular activity; extra curricular activities; co-curricular activities; extracurriculars; "
        "activities and interests; interests and activities; campus involvement; involvement; clubs; "
        "clubs and activities; student activities; athletics; sports; hobby; interest; reference; personal; "
        "personal traits; additional; further information; area of interest; areas of interest; invited talks; "
        "selected talks; invited presentations; volunteering experience; volunteer service; board memberships; "
        "press; media; media coverage; open source activity; writing; blog; blog posts; articles; "
        "program committees; committees; professional service; academic service; thesis; theses; "
        "community outreach; outreach; mentoring; mentorship; hackathons; competitions; test scores; "
        "veröffentlichungen; publikationen; ehrenamt; ehrenamtliches engagement; engagement; interessen; hobbys; "
        "hobbies und interessen; referenzen; sonstiges; mitgliedschaften; centres d’intérêt; centres d'intérêt; "
        "loisirs; intérêts; bénévolat; références; intereses; aficiones; voluntariado; publicaciones; referencias; "
        "otros; interesses; publicações; referências; interessi; hobby e interessi; pubblicazioni; volontariato; "
        "zainteresowania; intressen; referenser; ilgi alanları; интересы; увлечения; публикации; ενδιαφέροντα; "
        "兴趣爱好; 发表论文; 趣味; 취미; "
        "publications; selected publications; patents; volunteer experience; volunteering; volunteer; volunteer work; "
        "community service; community involvement; interests; hobbies; hobbies and interests; interests and hobbies; "
        "references; referees; memberships; professional memberships; professional affiliations; affiliations; activities; "
        "extracurricular activities; extra-curricular activities; leadership; leadership experience; conferences; talks; "
        "presentations; courses; coursework; relevant coursework; training; trainings; professional development; links; "
        "additional information; additional details; other; other information; miscellaneous; declaration; "
        "talks and presentations; speaking; research; research interests; public speaking; headline; military; "
        "leadership and activities; activities and leadership; professional associations; community; service; exhibitions; "
        "personal interests; volunteer activities; leadership and volunteering; peer-reviewed papers; papers; teaching; grants"
    ),
}
KNOWN = {name.strip(): key for key, names in _NAMES.items() for name in names.split(";")}
# Names that also stand inside an entry, above its bullets.
INNER = frozenset(
    """achievements;key achievements;accomplishments;key accomplishments;projects;key projects;technologies;tools;tech stack;
    overview;summary;skills;work;leadership;awards;honors;training;courses;coursework;relevant coursework;activities;
    research;technology;teaching;service;community;other;career;project details;introduction;language;languages;internship;
    recognition;military;portfolio;research interests;papers;career highlights;
    software;frameworks;project;engagement;stage;writing;press;sports;personal;schools;involvement;credentials;hobby;interest;
    reference;badges;outils;prix;distinctions;competitions;mentoring;outreach;clubs""".replace("\n    ", "").split(";")
)
# With the spaces taken out, as in headings set with wide letters or small capitals: "E XPERIENCE".
SQUEEZED = {name.replace(" ", ""): name for name in KNOWN if name.isascii() and len(name) > 4}
KEYWORDS = (
    (r"\bprojects?\b.*\b(?:summary|profile)|\bacademic projects?\b", "projects"),
    (r"\beducational (?:profile|summary)\b", "education"),
    (r"\bwork experience\b", "work_experience"),
    (r"\b(?:publications?|volunteer\w*|references|affiliations?|leadership|extracurricular)\b", ""),
    (r"\b(?:experience|employment|work history)\b", "work_experience"),
    (r"\b(?:education|academic)\b", "education"),
    (r"\b(?:certifi\w+|licen[sc]es|licensure)\b", "certifications"),
    (r"\b(?:skills?|competenc\w+|expertise|proficienc\w+|technologies)\b", "skills"),
    (r"\bprojects\b", "projects"),
    (r"\b(?:awards?|achievements?|honou?rs|accomplishments)\b", "achievements"),
    (r"\b(?:languages)\b", "languages"),
    (r"\b(?:summary|profile|objective)\b", "summary"),
)
