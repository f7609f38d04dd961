"""What has been published: the reporting year, frozen at its first release, and the ledger of releases.

The rules are anonymity.md's P5 (frozen before the data), P8 (each fact once) and P9 (the ledger).
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy
from sqlmodel import Field, UniqueConstraint

from coachdesk.model.kinds import PlainLine, Record


class ReportingYear(Record, table=True):
    """One audience and one school year: everything that must not change once a page has left.

    `roster` is the number of unarchived teachers, `colluders` is m, `grain` the number of bands.
    """

    __table_args__ = (UniqueConstraint("school_id", "name"),)

    school_id: UUID = Field(foreign_key="school.id", index=True)
    name: PlainLine = Field(description="The school year, for example 2026-27")
    first_day: date
    last_day: date
    roster: int
    colluders: int
    grain: int = 2


class ReportingRow(Record, table=True):
    """One row of the year: chosen before the data, always all shown (P12c). `key` says what it counts."""

    __table_args__ = (UniqueConstraint("year_id", "key"),)

    year_id: UUID = Field(foreign_key="reportingyear.id", index=True)
    position: int
    family: PlainLine
    key: PlainLine
    label: PlainLine


class Release(Record, table=True):
    """One quarter, published once. The unique key is P8's: a second release of the same facts is refused."""

    __table_args__ = (UniqueConstraint("year_id", "quarter"),)

    year_id: UUID = Field(foreign_key="reportingyear.id", index=True)
    quarter: PlainLine = Field(description="For example 2026-27 Q1")
    released: datetime
    rules: PlainLine = Field(description="The version of the rules the figures were made with")
    withdrawn: bool = False


class ReleaseFigure(Record, table=True):
    """One printed label: what the page says of a row."""

    __table_args__ = (UniqueConstraint("release_id", "key"),)

    release_id: UUID = Field(foreign_key="release.id", index=True)
    position: int
    family: PlainLine
    key: PlainLine
    row: PlainLine
    label: PlainLine


class ReleaseFile(Record, table=True):
    """The very bytes that left, to be handed out again unchanged."""

    __table_args__ = (UniqueConstraint("release_id", "format"),)

    release_id: UUID = Field(foreign_key="release.id", index=True)
    format: PlainLine
    name: PlainLine
    digest: PlainLine
    content: bytes = Field(sa_type=sqlalchemy.LargeBinary)
