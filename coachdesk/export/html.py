"""The page as one file for a browser: nothing to load, nothing to run, every word escaped."""

from html import escape
from html.parser import HTMLParser
from string import Template

from coachdesk.export.page import AXIS, SHARE_HEADING, TITLE, Footnote, Page, Row, Section
from coachdesk.paths import resource

_SAID = '<section class="said">\n<h2>{heading}</h2>\n<p>{sentence}</p>\n</section>'
_TABLE = """<section>
<h2>{heading}</h2>
<table>
<caption>{sentence}</caption>
<thead><tr><td></td><th scope="col">{axis}{share}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</section>"""
_AXIS = '<span class="axis" aria-hidden="true">{marks}</span>'
_ROW = '<tr><th scope="row">{label}</th>\n<td>{bar}<strong>{words}</strong></td></tr>'
_BAR = (
    '<svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
    '<rect x="0" y="4" width="100" height="6" fill="#ECEFF3"/>'
    '<rect x="{low}" y="0" width="{width}" height="14" fill="#4F9EA7"/></svg>'
)
_FOOTNOTE = "<div>\n<h2>{heading}</h2>\n{sentences}\n</div>"


def write(page: Page) -> bytes:
    template = Template(resource("page", "summary.html").read_text(encoding="utf-8"))
    return template.substitute(
        fixed_title=escape(TITLE),
        title=escape(page.title),
        school=escape(page.school),
        window=escape(page.window),
        span=escape(page.span),
        introduction=escape(page.introduction),
        sections="\n".join(_section(part) for part in page.sections),
        footnotes="\n".join(_footnote(note) for note in page.footnotes),
    ).encode()


def read_back(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Heading, label and words of every row, as `Page.rows` gives them."""
    reader = _Rows()
    reader.feed(data.decode())
    reader.close()
    return tuple(reader.rows)


def _section(part: Section) -> str:
    facts = {"heading": escape(part.heading), "sentence": escape(part.sentence)}
    if not part.rows:
        return _SAID.format(**facts)
    axis = _AXIS.format(marks="".join(f"<span>{escape(mark)}</span>" for mark in AXIS))
    rows = "\n".join(_row(row) for row in part.rows)
    return _TABLE.format(**facts, axis=axis, share=escape(SHARE_HEADING), rows=rows)


def _row(row: Row) -> str:
    bar = _BAR.format(low=row.band.low, width=row.band.high - row.band.low)
    return _ROW.format(label=escape(row.label), bar=bar, words=escape(row.band.words))


def _footnote(note: Footnote) -> str:
    sentences = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in note.sentences)
    return _FOOTNOTE.format(heading=escape(note.heading), sentences=sentences)


class _Rows(HTMLParser):
    """Gathers headings and the rows beneath them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, str, str]] = []
        self._said: dict[str, str] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "h2" or tag == "strong" or ("scope", "row") in attrs:
            self._inside = tag
            self._said[tag] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
        if tag == "strong":
            self.rows.append((self._said["h2"], self._said["th"], self._said["strong"]))

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._said[self._inside] += data
