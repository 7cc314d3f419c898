from backend.tests.unit.domain.grounding.scene import refused


def test_an_item_may_not_be_added_to_a_list() -> None:
    assert "item-shown" in refused("Underwrite property, liability and cyber", "Underwrite property and liability")


def test_nobody_may_be_brought_in() -> None:
    assert "people-known" in refused("Brief governors in five states", "Brief legislative staff in five states")
