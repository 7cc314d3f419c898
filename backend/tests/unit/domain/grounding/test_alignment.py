from backend.domain.grounding.alignment import aligned
from backend.tests.unit.domain.grounding.scene import compared


def test_each_word_is_laid_beside_the_one_it_stands_for() -> None:
    found = aligned(compared("Brought invoices into Xero", "Bring invoice data into Xero"))
    assert [(w.word.text, w.how) for w in found.words] == [("Brought", "near"), ("invoices", "same"), ("Xero", "same")]
    assert found.left == {"data"}


def test_one_word_answers_for_one_word() -> None:
    found = aligned(compared("Closed the books and closed the shop", "Closed the books"))
    assert [w.how for w in found.words] == ["same", "same", "again", "new"]
