"""Which column means what in a list that was brought in before."""

from collections.abc import Iterable

from sqlmodel import Session, select

from coachdesk.imports.layout import Layout
from coachdesk.imports.mapping import ColumnMap, Sheet
from coachdesk.imports.meanings import Meaning
from coachdesk.model import ListLayout
from coachdesk.services.keep import keep


def remembered(session: Session, sheet: Sheet) -> ColumnMap | None:
    """What the coach said of the columns when a list with these headings came last; None if none came."""
    known = _known(session, sheet.headings)
    return _layout(known).columns(sheet) if known else None


def remember(session: Session, layout: Layout) -> None:
    """Keep what the columns mean for the next list with the same headings.

    Without headings there is nothing to know a list by. What is known already is not written again.
    """
    known = _known(session, layout.headings)
    if not layout.is_recognisable or (known and _layout(known).pairs == layout.pairs):
        return
    meanings = [meaning.value if meaning else "" for meaning in layout.meanings]
    values = {"headings": list(layout.headings), "meanings": meanings}
    keep(session, ListLayout, {**values, "id": known.id} if known else values)


def _known(session: Session, headings: Iterable[str]) -> ListLayout | None:
    wanted = tuple(headings)
    return next((row for row in session.exec(select(ListLayout)) if _layout(row).fits(wanted)), None)


def _layout(row: ListLayout) -> Layout:
    return Layout(tuple(row.headings), tuple(Meaning(word) if word else None for word in row.meanings))
