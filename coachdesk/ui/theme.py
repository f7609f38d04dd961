"""The look, applied: one palette and one style sheet from the tokens, icons and type in their colours."""

import sys
from collections.abc import Mapping
from functools import cache
from string import Template

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QByteArray, QDir, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from coachdesk import paths
from coachdesk.ui import tokens

# Names that cost the first paint many milliseconds (Qt, QIcon, QStyle) are looked up where they are used.

SPACE = tokens.SPACE

Drawing = tuple[str, str, int, int]  # name, role, size, air

_now: dict[str, str] = dict(tokens.LIGHT)
_icons: "dict[Drawing, QtGui.QIcon]" = {}
_drawn_as: dict[int, Drawing] = {}  # which icon a button wears, by QIcon.cacheKey
_pictures: dict[tuple[str, str, int, float, int], QPixmap] = {}  # by name, colour, size, scale and air

_PALETTE = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "window"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "danger"),
    (QPalette.ColorRole.ToolTipBase, "text"),
    (QPalette.ColorRole.ToolTipText, "surface"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on_accent"),
    (QPalette.ColorRole.Link, "link"),
    (QPalette.ColorRole.LinkVisited, "link"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "border"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Dark, "border_strong"),
    (QPalette.ColorRole.Shadow, "border"),
)


def ring(painter: QPainter, around: QRectF, radius: float = 5) -> None:
    """Paint the focus ring inside `around`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(token("focus"), 2))
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def dress(app: QApplication, scheme: str = "system", density: str = "comfortable") -> None:
    """Give `app` the look. It is as quick as can be, for the first paint waits for it: see `follow`."""
    if app.property("dressed"):
        follow(app, scheme, density)
        return
    if not app.property("fusion"):
        app.setStyle("Fusion")
    app.setFont(_body(app.font()))
    app.setProperty("dressed", True)
    dark = app.palette().window().color().lightness() < 128  # what the desktop wants, before ours is set
    _paint(app, scheme if scheme in tokens.SCHEMES else ("dark" if dark else "light"), density)


def follow(app: QApplication, scheme: str, density: str = "comfortable") -> None:
    """Paint all in `scheme` ("system", "light" or "dark"), and again as the desktop changes its mind."""
    hints = QGuiApplication.styleHints()
    if app.property("follows_desktop"):
        hints.colorSchemeChanged.disconnect()
    schemes = QtCore.Qt.ColorScheme
    hints.setColorScheme({"light": schemes.Light, "dark": schemes.Dark}.get(scheme, schemes.Unknown))
    apply(app, scheme, density)
    hints.colorSchemeChanged.connect(lambda _new: apply(app, scheme, density))
    app.setProperty("follows_desktop", True)
    app.setWindowIcon(QtGui.QIcon(str(paths.resource("icons", "coachdesk.svg"))))


def apply(app: QApplication, scheme: str, density: str = "comfortable") -> None:
    """Paint everything in `scheme`; "system" asks the desktop, and a desktop that does not say gets light."""
    hints = QGuiApplication.styleHints()  # held, or its part is gone before it can be asked
    name = scheme if scheme in tokens.SCHEMES else desktop_scheme()
    more = hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast
    _paint(app, name, density, more_contrast=more)


def desktop_scheme() -> str:
    """What the desktop prefers now: "light" or "dark"."""
    dark = QGuiApplication.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def _paint(app: QApplication, name: str, density: str, *, more_contrast: bool = False) -> None:
    """Where the desktop asks for more contrast, borders are drawn like text."""
    colours = dict(tokens.SCHEMES[name])
    if more_contrast:
        colours |= {"border": colours["text"], "border_strong": colours["text"]}
    sheet = _style_sheet(colours, name, tokens.CONTROL_HEIGHT[density])
    if sheet == app.styleSheet():
        return
    _now.clear()
    _now.update(colours)
    app.setPalette(_palette())
    app.setStyleSheet(sheet)
    _redraw_icons(app)


def token(name: str) -> QColor:
    """A colour of the scheme that is on: see `tokens`."""
    return QColor(_now[name])


def font(role: str = "body", bold: bool = False) -> QFont:
    """The type for `role` (caption, body, lead, h3, h2, h1), as a multiple of the body's size."""
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * tokens.TYPE[role])
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def icon(name: str, role: str = "text", size: int = 20, air: int = 0) -> "QtGui.QIcon":
    """The icon of that name in the colour of `role`, `size` logical pixels, with `air` to its right.

    A button that wears it is redrawn when the scheme changes; who paints it asks for it at each painting.
    """
    key = (name, role, size, air)
    if key not in _icons:
        made = QtGui.QIcon()
        for mode, colour in ((QtGui.QIcon.Mode.Normal, role), (QtGui.QIcon.Mode.Disabled, "disabled")):
            for scale in sorted({1.0, 2.0, QApplication.primaryScreen().devicePixelRatio()}):
                made.addPixmap(_pixmap(name, _now[colour], size, scale, air), mode)
        _icons[key] = made
        _drawn_as[made.cacheKey()] = key
    return _icons[key]


def picture(name: str, role: str = "text", size: int = 20, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap for a screen of `scale` physical to one logical pixel."""
    return _pixmap(name, _now[role], size, scale)


def _pixmap(name: str, colour: str, size: int, scale: float, air: int = 0) -> QPixmap:
    """Drawn once: drawing takes a hundred times as long as painting what is drawn."""
    key = (name, colour, size, scale, air)
    if key not in _pictures:
        _pictures[key] = _draw(*key)
    return _pictures[key]


def _draw(name: str, colour: str, size: int, scale: float, air: int) -> QPixmap:
    side = round(size * scale)
    drawn = QPixmap(side + round(air * scale), side)
    drawn.fill(QColor(0, 0, 0, 0))
    painter = QPainter(drawn)
    svg = _svg(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    drawn.setDevicePixelRatio(scale)
    return drawn


@cache
def _svg(name: str) -> str:
    drawing = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return drawing.replace('stroke-width="2"', 'stroke-width="1.75"')


def _redraw_icons(app: QApplication) -> None:
    """Every button that wears one of our icons wears it in the new colours."""
    worn = dict(_drawn_as)
    for kept in (_icons, _drawn_as, _pictures):
        kept.clear()
    for widget in app.allWidgets():
        wearers: list[QtGui.QAction | QtWidgets.QAbstractButton] = list(widget.actions())
        if isinstance(widget, QtWidgets.QAbstractButton):
            wearers.append(widget)
        for wearer in wearers:
            key = worn.get(wearer.icon().cacheKey())
            if key:
                wearer.setIcon(icon(*key))


def _body(system: QFont) -> QFont:
    """The system's face, but Inter on Linux, where there is none to rely on; never below the floor."""
    body = QFont(system)
    if sys.platform == "linux":
        for weight in ("Regular", "Medium", "SemiBold", "Bold"):
            QFontDatabase.addApplicationFont(str(paths.resource("fonts", f"Inter-{weight}.otf")))
        body.setFamilies(["Inter"])
    body.setPointSizeF(max(tokens.BODY_POINTS, body.pointSizeF()))
    return body


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE:
        palette.setColor(role, token(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, token("disabled"))
    return palette


def _style_sheet(colours: Mapping[str, str], scheme: str, height: int) -> str:
    QDir.setSearchPaths("controls", [str(paths.resource("controls"))])
    sizes = {
        "inner": height - 2,
        "inner_focus": height - 4,
        "inner_narrow": height - 14,
        "chip": height - 10,
        "chip_focus": height - 12,
    }
    sheet = paths.resource("themes", "coachdesk.qss").read_text(encoding="utf-8")
    return Template(sheet).substitute(colours, scheme=scheme, **sizes)
