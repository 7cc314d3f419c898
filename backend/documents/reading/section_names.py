"""What people call the sections of a resume. "" stands for a section that we have no model for."""

_NAMES = {
    "contact": "contact; contact information; contact info; contact details; personal information; personal details",
    "summary": (
        "summary; professional summary; executive summary; career summary; summary of qualifications; about; about me; "
        "profile; professional profile; career profile; executive profile; objective; career objective; "
        "professional objective; career overview; overview; professional overview; personal statement; introduction; bio; "
        "summary statement; highlights of qualifications; qualifications summary; highlights; resume summary; personal profile"
    ),
    "work_experience": (
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
        "education; education and training; academic background; educational background; academic qualifications; "
        "educational qualifications; qualifications; education and qualifications; academics; education history; "
        "academic history; studies; training and education; academic credentials; education details; academic profile; "
        "education and certifications; academic education; ausbildung; formation; educación"
    ),
    "skills": (
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
        "projects; personal projects; selected projects; key projects; side projects; academic projects; notable projects; "
        "relevant projects; open source; open source projects; project experience; technical projects; portfolio; "
        "projects undertaken; project details; open source contributions; recent projects; projects and open source"
    ),
    "certifications": (
        "certifications; certificates; certification; licenses; licenses and certifications; certifications and licenses; "
        "licences and certifications; licensure; professional certifications; certifications and training; "
        "training and certifications; licensure and certifications; licenses and certificates; technical certifications; "
        "certifications and courses; courses and certifications; certificates and licenses; professional certificates"
    ),
    "languages": "languages; language skills; spoken languages; languages known; language; language proficiency; sprachen",
    "achievements": (
        "achievements; awards; awards and honors; honors and awards; honours and awards; honors; honours; accomplishments; "
        "key achievements; awards and achievements; achievements and awards; selected achievements; career highlights; "
        "key accomplishments; awards and recognition; recognition; recognitions; scholarships; scholarships and awards; "
        "awards and scholarships; career achievements; career accomplishments; awards and accomplishments; awards and honours"
    ),
    "": (
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
    recognition;military;portfolio;research interests;papers;career highlights""".replace("\n    ", "").split(";")
)
KEYWORDS = (
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
