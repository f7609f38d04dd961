"""What left this laptop by the coach's own hand, beside the pages of the ledger: what, when, and to where."""

from enum import StrEnum

from sqlmodel import Field

from coachdesk.model.kinds import CoachOnlyLine, PlainLine, Record, choice


class Left(StrEnum):
    """The ways by which something leaves as a file or on paper."""

    SEALED_ARCHIVE = "sealed_archive"
    PLAIN_ARCHIVE = "plain_archive"
    SUMMARY = "summary"
    RECOVERY_SHEET = "recovery_sheet"


class Departure(Record, table=True):
    """One file that was written outside the profile, or one sheet that was printed (then without a file).

    It left at `created`. `digest` is the SHA-256 of its bytes, "" of what was printed.
    """

    what: Left = choice(Left)
    name: CoachOnlyLine = Field("", title="File")
    folder: CoachOnlyLine = Field("", title="Folder")
    digest: PlainLine = ""
