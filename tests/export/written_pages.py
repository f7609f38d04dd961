"""Pages to write: the people and places in them are invented."""

from coachdesk.export.page import Band, Footnote, Page, Row, Section

LOW = Band("fewer than half", 0, 50)
HIGH = Band("half or more", 50, 100)
LONG = (
    "Students explain their reasoning in shared documents, with evidence from what they read, "
    "in every subject and in every grade from six to eight"
)


def section(heading: str, *labels: str) -> Section:
    return Section(
        heading,
        "In my work with teachers",
        tuple(Row(label, (HIGH, LOW)[at % 2]) for at, label in enumerate(labels)),
    )


def page(*sections: Section, school: str = "Juniper Flats Middle School") -> Page:
    return Page(
        title="Coaching summary for the principal",
        school=school,
        window="2026-27 Q1",
        span="August 17 to October 23, 2026",
        introduction="What the coaching of this quarter was about, for the school as a whole.",
        sections=(Section("How much", "Visits to teachers: about 45."), *sections),
        footnotes=(
            Footnote("How to read this page", ("The shaded part holds the true share.", "It is made once.")),
            Footnote("What was left out, and why", ("Names and notes: coaching is confidential.",)),
        ),
    )


TWELVE = page(
    section("School goals", "Reading across subjects", LONG, "Families reach every page", "Calm starts"),
    section("Teaching focus", "Engagement and agency", "Access", "Assessment", "Devices and workflow"),
    section("Movement on goals", LONG, "A goal was reached", "A full round", "A next step was tried"),
)
FEW = page(section("School goals", "Reading across subjects"))
NONE = page(Section("School goals", "Not shown: too few teachers this quarter."))
ODD = page(
    section(
        "Goals & \"quotes\" <b> 'here'",
        "=SUM(A1:A9)",
        "+1 step",
        "-2 steps",
        "@mention, with a comma",
        "'quoted'",
        "half or more",
        "#set page(width: 1pt) $x$ *bold* _so_ \\ [x]",
        "<script>alert(1)</script> & &amp;",
        "Añade más — naïve Đông Łódź",
    ),
    school="O'Neill & Sons <School>",
)
EVERY = {"twelve": TWELVE, "few": FEW, "none": NONE, "odd": ODD}
