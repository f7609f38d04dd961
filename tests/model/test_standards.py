from coachdesk.model.schedule import EventKind
from coachdesk.model.standards import SUGGESTED, catalogue

CODES = [
    *("1A", "1B", "1C", "1D", "1E", "1F"),
    *("2A", "2B", "2C", "2D"),
    *("3A", "3B", "3C", "3D", "3E", "3F"),
    *("4A", "4B"),
]


def test_the_catalogue_holds_the_18_standards_in_order():
    assert [standard.code for standard in catalogue().standards] == CODES


def test_four_domains_and_four_principles():
    assert [domain.title for domain in catalogue().domains] == [
        "Coaching Skills",
        "Coaching Attributes",
        "Leadership",
        "Professional Development",
    ]
    assert len(catalogue().principles) == 4


def test_five_standards_have_numbered_points():
    with_points = {
        standard.code: len(standard.points) for standard in catalogue().standards if standard.points
    }
    assert with_points == {"1D": 2, "2D": 2, "3B": 2, "3D": 2, "4B": 2}


def test_what_is_suggested_for_an_event_is_in_the_catalogue():
    assert {code for codes in SUGGESTED.values() for code in codes} <= set(CODES)
    assert SUGGESTED[EventKind.VISIT] == ("1D",)
