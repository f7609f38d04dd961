"""The ledger of releases: what left, to the byte, kept in the vault and handed out again unchanged.

Whatever happens to notes, goals or the program later, a quarter that was released says the same for ever.
"""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.disclosure.mechanism import Figures
from coachdesk.disclosure.windows import Window
from coachdesk.errors import NotShareable
from coachdesk.export.formats import FORMATS
from coachdesk.export.page import Page, from_json, to_json
from coachdesk.model import Release, ReleaseFigure, ReleaseFile, School
from coachdesk.services.keep import keep
from coachdesk.services.wording import RowOfTheYear
from coachdesk.services.years import Year

RULES = "1: whole school, single use, halves"
_PAGE = "page"  # the page itself is kept beside its files, to be shown as it left
_VOLUME = "volume"


@dataclass(frozen=True)
class Entry:
    """One release about to be written down. `files` are its bytes by format."""

    year_id: UUID
    window: Window
    code: str
    page: Page
    rows: Sequence[RowOfTheYear]
    figures: Figures
    files: Mapping[str, bytes]


def released(session: Session, year: Year, quarter: str) -> Release | None:
    """The release of this quarter, if it has left."""
    if year.fixed is None:
        return None
    asked = select(Release).where(Release.year_id == year.fixed.id, Release.quarter == quarter)
    return session.exec(asked).first()


def write_down(session: Session, entry: Entry) -> Release:
    """Keep the labels and the bytes of a release, for good."""
    kept = keep(
        session,
        Release,
        {
            "year_id": entry.year_id,
            "quarter": entry.window.name,
            "released": datetime.now(UTC),
            "rules": RULES,
        },
    )
    for position, (family, key, row, label) in enumerate(_labels(entry)):
        figure = {"position": position, "family": family, "key": key, "row": row, "label": label}
        keep(session, ReleaseFigure, {"release_id": kept.id, **figure})
    for form, content in {**entry.files, _PAGE: to_json(entry.page)}.items():
        name = file_name(entry.code, entry.window, form)
        digest = hashlib.sha256(content).hexdigest()
        file = {"format": form, "name": name, "digest": digest, "content": content}
        keep(session, ReleaseFile, {"release_id": kept.id, **file})
    return kept


def page_of(session: Session, release_id: UUID) -> Page:
    """The page as it left."""
    asked = select(ReleaseFile).where(ReleaseFile.release_id == release_id, ReleaseFile.format == _PAGE)
    return from_json(session.exec(asked).one().content)


def written(session: Session, release_id: UUID, formats: Collection[str]) -> dict[str, bytes]:
    """The very bytes that left, by file name.

    Raises:
        NotShareable: a format that does not exist.
    """
    check_formats(formats)
    asked = select(ReleaseFile).where(ReleaseFile.release_id == release_id)
    kept = session.exec(asked.where(col(ReleaseFile.format).in_(formats)).order_by(col(ReleaseFile.format)))
    return {file.name: file.content for file in kept}


def stem_of(session: Session, release_id: UUID) -> str:
    """The name that the files of a release bear, without its ending."""
    asked = select(ReleaseFile.name).where(ReleaseFile.release_id == release_id, ReleaseFile.format == _PAGE)
    return session.exec(asked).one()


def check_formats(formats: Collection[str]) -> None:
    """Raises NotShareable where none is named, or one that does not exist."""
    if not formats or set(formats) - set(FORMATS):
        raise NotShareable("Choose one or more of these formats: {formats}.", formats=", ".join(FORMATS))


def code_of(school: School) -> str:
    """The school's short code for file names; where the coach chose none, the first letters of its name."""
    chosen = re.sub(r"[^A-Za-z0-9]+", "", school.short_code)
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z0-9]+", school.name)).upper()
    return chosen or letters[:12] or "school"


def file_name(code: str, window: Window, form: str) -> str:
    """The neutral name of a file: the same pattern for every coach, with nothing of the content in it."""
    suffix = FORMATS[form].suffix if form in FORMATS else ""
    return f"coaching-summary-{code}-{window.name.replace(' ', '-')}{suffix}"


def _labels(entry: Entry) -> list[tuple[str, str, str, str]]:
    """Family, key, row and printed label of every figure, the volume included."""
    volume = entry.figures.volume
    found = [
        (_VOLUME, "visits", "Visits", volume.visits_text),
        (_VOLUME, "hours", "Hours", volume.hours_text),
    ]
    return found + [(r.family, r.key, r.label, entry.figures.bands[r.key].value) for r in entry.rows]
