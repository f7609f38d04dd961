"""What a list is known by when it comes again, and what its columns held then."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coachdesk.imports.mapping import ColumnMap, Sheet, headings_of
from coachdesk.imports.meanings import Meaning
from coachdesk.imports.tabular import Table


@dataclass(frozen=True)
class Layout:
    """A list's headings as they are compared, in their order, and what the column below each one holds."""

    headings: tuple[str, ...]
    meanings: tuple[Meaning | None, ...]

    @property
    def is_recognisable(self) -> bool:
        return any(self.headings)

    def fits(self, headings: Iterable[str]) -> bool:
        """Whether a list with `headings` is the same one, in whatever order its columns stand."""
        return Counter(filter(None, self.headings)) == Counter(filter(None, headings))

    def columns(self, sheet: Sheet) -> ColumnMap | None:
        """The columns of `sheet` that hold the same; None if that leaves it without names."""
        places = {key: place for place, key in enumerate(_numbered(sheet.headings))}
        readable = {place for place, _ in sheet.titles}
        found = ((meaning, places.get(key, -1)) for key, meaning in self.pairs if meaning)
        known = ColumnMap(sheet.guess.header, tuple(pair for pair in found if pair[1] in readable))
        return known if known.has_names else None

    @property
    def pairs(self) -> frozenset[tuple[tuple[str, int], Meaning | None]]:
        """Each heading, the first, second … of its name, with its meaning."""
        return frozenset(zip(_numbered(self.headings), self.meanings, strict=True))


def layout_of(table: Table, columns: ColumnMap) -> Layout:
    """How `table` is read by `columns`."""
    headings = headings_of(table, columns.header)
    held = {place: meaning for meaning, place in columns.columns}
    return Layout(headings, tuple(held.get(place) for place in range(len(headings))))


def _numbered(headings: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Two columns of one heading are told apart by their order."""
    seen: Counter[str] = Counter()
    for heading in headings:
        yield heading, seen[heading]
        seen[heading] += 1
