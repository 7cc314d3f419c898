"""Resumes with every field, in words that documents could take for something else."""

from hypothesis import strategies as st

from backend.domain.resume import (
    Certification,
    Contact,
    Education,
    Extra,
    Project,
    Resume,
    SpokenLanguage,
    WorkEntry,
)

_TRAPS = (
    "Senior Engineer; Acme, Inc.; at; 2019; 2019 – 2021; Jan 2020; Present; London, UK; Remote; EXPERIENCE; Skills; "
    "Technologies: Go, C++; - dash; • dot; * star; 1. one; # C; ## heading; ---; ===; | bar; a | b; <b>bold</b>; &amp; R&D; "
    "**strong**; _under_; snake_case; `code`; [link](http://a.example); [1]; ![x](y); a@b.example; +1 555 010 9999; "
    "https://a.example/b_c; github.com/ada; Company: Beta; Title: King; \\ slash; \\* both; ~~gone~~; > quote; o no; – dash; "
    "Page 1; University of Life; BSc in Physics; GPA: 4.0; English (native); and so on; Responsibilities; (brackets; x); ```; "
    "$5; 50%; 'quoted'; naïve café; 日本語; Start: 2020; Issuer: Me; Summary; Curriculum Vitae; [ ] todo; a; é; "
    "one — two; A: b: c; word, word; since 2020; until 2021; <!-- note -->; <https://a.example>; :"
).split("; ")
_word = st.text(st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x2FFF), min_size=1, max_size=8)
line = (
    st.lists(st.one_of(st.sampled_from(_TRAPS), _word), min_size=1, max_size=4)
    .map(" ".join)
    .map(lambda text: " ".join(text.split()))
).filter(bool)
maybe = st.one_of(st.just(""), line)
lines = st.lists(line, max_size=3).map(tuple)
prose = st.one_of(
    maybe,
    st.lists(line, min_size=1, max_size=3).map("\n".join),
    st.lists(line, min_size=2, max_size=2).map("\n\n".join),
)
date = st.sampled_from(
    ("", "2019", "2019-03", "2020-02-03", "Present", "Jan 2020", "Spring 2020", "long ago", "2018 – 2019")
)
_titles = st.sampled_from(
    ("Interests", "Talks & Papers", "INTERESTS", "Awards won", "Military", "Hobby # 1", "Teaching Experience")
)
extras = st.lists(
    st.builds(Extra, title=_titles, lines=lines.filter(bool)), max_size=2, unique_by=lambda extra: extra.title
)
_labels = st.sampled_from(("GitHub", "website", "Nationality", "my page", "LinkedIn 2", "x"))
contacts = st.builds(
    Contact,
    name=line,
    email=st.one_of(st.just("ada@b.example"), maybe),
    phone=st.one_of(st.just("+44 20 7946 0000"), maybe),
    location=st.one_of(st.just("London, UK"), maybe),
    links=st.lists(st.tuples(_labels, line), max_size=2, unique_by=lambda link: link[0]).map(tuple),
)
whole_resumes = st.builds(
    Resume,
    contact=contacts,
    summary=prose,
    work_experience=st.lists(
        st.builds(
            WorkEntry, company=line, title=maybe, location=maybe, start_date=date, end_date=date, summary=prose,
            highlights=lines, technologies=lines,
        ),
        max_size=2,
    ).map(tuple),
    education=st.lists(
        st.builds(
            Education, institution=line, degree=maybe, field=maybe, location=maybe, start_date=date, end_date=date, details=lines
        ),
        max_size=2,
    ).map(tuple),
    skills=lines,
    achievements=lines,
    projects=st.lists(
        st.builds(
            Project, name=line, role=maybe, description=prose, url=maybe, start_date=date, end_date=date, highlights=lines,
            technologies=lines,
        ),
        max_size=2,
    ).map(tuple),
    certifications=st.lists(st.builds(Certification, name=line, issuer=maybe, date=date), max_size=2).map(tuple),
    languages=st.lists(st.builds(SpokenLanguage, language=line, fluency=maybe), max_size=2).map(tuple),
    extras=extras.map(tuple),
)  # fmt: skip
