import pytest

from backend.documents.reading import dates


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Engineer — Acme (2020–2023)", "2020", "2023"),
        ("Jan 2020 - Present", "2020-01", "Present"),
        ("January 2020 to March 2021", "2020-01", "2021-03"),
        ("Sept. 2019–Oct. 2020", "2019-09", "2020-10"),
        ("Jan '20 – now", "2020-01", "Present"),
        ("03/2019 – 04/2020", "2019-03", "2020-04"),
        ("12/31/2019 - 1/15/2020", "2019-12", "2020-01"),
        ("01.02.2019 - 03.04.2020", "2019-02", "2020-04"),
        ("2018-05 – 2019-06", "2018-05", "2019-06"),
        ("15 Jan 2020 - 1 Feb 2021", "2020-01", "2021-02"),
        ("Jan – Mar 2020", "2020-01", "2020-03"),
        ("2019-21", "2019", "2021"),
        ("2019/2020", "2019", "2020"),
        ("Sep 2017 onwards", "2017-09", ""),
        ("2020 –", "2020", ""),
        ("since 2020", "2020", ""),
        ("until May 2020", "", "2020-05"),
        ("Apr 2016 - till date", "2016-04", "Present"),
        ("Summer 2016", "Summer 2016", "Summer 2016"),
        ("Acme, 2019", "2019", "2019"),
        ("Acme (2020-01)", "2020-01", "2020-01"),
        ("2015 (6 months)", "2015", "2015"),
        ("2013-12-01 – 2014-12-01", "2013-12-01", "2014-12-01"),
    ],
)
def test_dates_are_found_and_normalised(text: str, start: str, end: str) -> None:
    found = dates.find(text)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Januar 2020 – heute", "2020-01", "Present"),
        ("Mär 2019 bis Dez. 2020", "2019-03", "2020-12"),
        ("03.2018 – 05.2020", "2018-03", "2020-05"),
        ("seit Oktober 2020", "2020-10", ""),
        ("janv. 2019 – déc. 2020", "2019-01", "2020-12"),
        ("Sept. 2018 à août 2020", "2018-09", "2020-08"),
        ("février 2021 – aujourd’hui", "2021-02", "Present"),
        ("enero de 2020 - actualidad", "2020-01", "Present"),
        ("de 2018 a 2020", "2018", "2020"),
        ("março de 2019 – atual", "2019-03", "Present"),
        ("с марта 2019 по июнь 2020", "2019-03", "2020-06"),
        ("Янв 2019 — по настоящее время", "2019-01", "Present"),
        ("Ιαν 2019 – σήμερα", "2019-01", "Present"),
        ("2020年1月 – 至今", "2020-01", "Present"),
        ("2018年9月～2020年3月", "2018-09", "2020-03"),
        ("2020년 1월 ~ 현재", "2020-01", "Present"),
        ("Sommer 2019", "Sommer 2019", "Sommer 2019"),
    ],
)
def test_dates_are_read_in_the_languages_of_resumes(text: str, start: str, end: str) -> None:
    found = dates.find(text)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("06/19 - 08/20", "2019-06", "2020-08"),
        ("Jan2016-Mar2018", "2016-01", "2018-03"),
        ("Mar. 2016 - Exp. Jun. 2017", "2016-03", "2017-06"),
        ("Jul 4th 2020", "2020-07", "2020-07"),
        ("2020-01-05", "2020-01-05", "2020-01-05"),
        ("Fall, 2018", "Fall, 2018", "Fall, 2018"),
    ],
)
def test_dates_are_read_in_rarer_spellings(text: str, start: str, end: str) -> None:
    found = dates.find(text)
    assert found is not None
    assert (found.start, found.end) == (start, end)


@pytest.mark.parametrize(
    "text", ["Sold 2000 units a day", "March Networks", "May be promoted", "Windows 2000 Engineer", "1998000", ""]
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert dates.find(text) is None


def test_a_date_is_shown_as_people_write_it() -> None:
    assert [dates.shown(text) for text in ("2021-03", "2021", "Present", "2021-13")] == [
        "Mar 2021",
        "2021",
        "Present",
        "2021-13",
    ]
