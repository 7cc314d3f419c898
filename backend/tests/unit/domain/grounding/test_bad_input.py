"""What nobody expects in a resume: never a crash, and never support for what cannot be decided."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.data import load_lexicon
from backend.domain.content import Evidence
from backend.domain.grounding import Grounder, Support

GROUNDER = Grounder(load_lexicon())


def statuses(text: str, *lines: str) -> set[str]:
    evidence = tuple(
        Evidence(id=f"/work_experience/0/highlights/{n}", text=line, kind="highlight", entry="/work_experience/0")
        for n, line in enumerate(lines)
    )
    return {finding.status for finding in GROUNDER.check(text, Support(evidence))}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Saved ₹1,00,000 a year on hosting.", "Saved ₹100,000 a year on hosting."),
        ("Saved ₹5 lakh a year on hosting.", "Saved ₹500,000 a year on hosting."),
        ("Umsatz von 1.234.567 € verwaltet.", "Umsatz von €1,234,567 verwaltet."),
        ("Verified 12 500 invoices.", "Verified 12,500 invoices."),
        ("Sold for £250k.", "Sold for £250,000."),
        ("Worked on ½ of the accounts and 40 audits.", "Worked on 40 audits."),
        ("Ran Phase II of the trial.", "Ran phase II of the trial."),
        ("MANAGED 14 NURSES ON THE NIGHT SHIFT.", "Managed 14 nurses on the night shift."),
        ("Leitete ein Team von 5 Entwicklern.", "Leitete ein Team von 5 Entwicklern"),
        ("Руководил командой из 5 человек.", "Руководил командой из 5 человек"),
    ],
)
def test_another_way_to_write_the_same_is_supported(line: str, text: str) -> None:
    assert "unsupported" not in statuses(text, line)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Saved ₹1,00,000 a year on hosting.", "Saved ₹10,00,000 a year on hosting."),
        ("Umsatz von 1.234,50 € verwaltet.", "Umsatz von 1.234.500 € verwaltet."),
        ("Verified 12 500 invoices.", "Verified 125 000 invoices."),
        ("Sold for £250k.", "Sold for $250k."),
        ("Ran Phase II of the trial.", "Ran Phase III of the trial."),
        ("Served 3-5 clients a week.", "Served 30-50 clients a week."),
        ("MANAGED 14 NURSES ON THE NIGHT SHIFT.", "MANAGED 40 NURSES ON THE NIGHT SHIFT."),
        ("Leitete ein Team von 5 Entwicklern.", "Leitete ein Team von 50 Entwicklern in Frankreich."),
        ("Руководил командой из 5 человек.", "Руководил отделом продаж из 50 человек."),
        ("担当：経理システムの保守。", "担当：経理システムの設計、部下10名の管理。"),
        ("مسؤول عن خدمة العملاء.", "مسؤول عن خدمة العملاء وإدارة 20 موظفا."),
        ("1200 450 37", "1200 450 38"),
    ],
)
def test_more_than_was_written_is_refused_in_any_script_or_notation(line: str, text: str) -> None:
    assert "unsupported" in statuses(text, line)


def test_words_of_an_unknown_language_are_not_passed_in_silence() -> None:
    assert statuses("Vodil jsem prodejní tým.", "Pracoval jsem ve skladu.") & {"unsupported", "undecided"}


def test_no_evidence_supports_nothing() -> None:
    assert statuses("Cut costs by 20% with Kubernetes.") >= {"unsupported"}


def test_a_thousand_highlights_are_read_and_one_of_them_found() -> None:
    lines = [f"Wrote report {n} on {1000 + n} samples for the county." for n in range(1000)]
    assert "unsupported" not in statuses("Wrote report 7 on 1007 samples for the county.", *lines)
    assert "unsupported" in statuses("Wrote report 7 on 9007 samples for the county.", *lines)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=5))
def test_any_text_gets_a_verdict(text: str, lines: list[str]) -> None:
    assert statuses(text, *lines) <= {"supported", "unsupported", "undecided"}


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="0123456789.,%$€₹ -–/xkKmM+½IVX", max_size=80))
def test_a_text_of_numbers_alone_is_borne_out_by_itself(text: str) -> None:
    assert "unsupported" not in statuses(text, text)
