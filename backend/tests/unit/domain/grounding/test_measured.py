from backend.tests.unit.domain.grounding.scene import refused

LINE = "Cut average check-in time by 30% with a new form"


def test_a_figure_may_not_measure_something_else() -> None:
    assert "same-number" in refused("Cut average staff turnover by 30% with a new form", LINE)


def test_the_same_measure_may_be_told_otherwise() -> None:
    assert not refused("With a new form, brought the average check-in time down by 30%", LINE)


def test_what_stands_after_the_figure_may_not_be_put_for_another_thing() -> None:
    lines = "Launched invoices in March; by year end 29% of accounts used them"
    assert "same-number" in refused("Launched invoices in March; by year end they made up 29% of revenue", lines)
