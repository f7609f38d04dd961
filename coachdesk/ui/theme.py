"""The look, applied: one palette and one style sheet from the tokens, icons and type in their colours."""

import sys
from collections.abc import Mapping
from functools import cache, partial
from string import Template

from PySide6.QtCore import QByteArray, QDir, QRectF, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QWidget,
)

from coachdesk import paths
from coachdesk.ui import tokens

SPACE = tokens.SPACE

Drawing = tuple[str, str, int, int]  # name, role, size, air

_now: dict[str, str] = dict(tokens.LIGHT)
_icons: dict[Drawing, QIcon] = {}
_drawn_as: dict[int, Drawing] = {}  # which icon a button wears, by QIcon.cacheKey

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


class Style(QProxyStyle):
    """Fusion with a focus ring that is always 2 px and always seen."""

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if element == QStyle.PrimitiveElement.PE_FrameFocusRect:
            ring(painter, QRectF(option.rect))
        else:
            super().drawPrimitive(element, option, painter, widget)


def ring(painter: QPainter, around: QRectF, radius: float = 5) -> None:
    """Paint the focus ring inside `around`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(token("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(around.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def dress(app: QApplication, scheme: str = "system", density: str = "comfortable") -> None:
    """Give `app` the look, and with the scheme "system" keep following the desktop's light or dark."""
    if not app.property("dressed"):
        app.setStyle(Style("Fusion"))
        app.setFont(_body(app.font()))
        app.setWindowIcon(QIcon(str(paths.resource("icons", "coachdesk.svg"))))
        app.setProperty("dressed", True)
    follow(app, scheme, density)


def follow(app: QApplication, scheme: str, density: str = "comfortable") -> None:
    """Apply `scheme` ("system", "light" or "dark") now, and whenever the desktop changes its mind."""
    hints = QGuiApplication.styleHints()
    if app.property("follows_desktop"):
        hints.colorSchemeChanged.disconnect()
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    hints.setColorScheme(wanted.get(scheme, Qt.ColorScheme.Unknown))
    apply(app, scheme, density)
    hints.colorSchemeChanged.connect(partial(_desktop_changed, app, scheme, density))
    app.setProperty("follows_desktop", True)


def _desktop_changed(app: QApplication, scheme: str, density: str, _new: Qt.ColorScheme) -> None:
    apply(app, scheme, density)


def apply(app: QApplication, scheme: str, density: str = "comfortable") -> None:
    """Paint everything in `scheme`; "system" asks the desktop, and a desktop that does not say gets light."""
    name = scheme if scheme in tokens.SCHEMES else desktop_scheme()
    _now.clear()
    _now.update(_contrasted(tokens.SCHEMES[name]))
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet(name, tokens.CONTROL_HEIGHT[density]))
    _redraw_icons(app)


def desktop_scheme() -> str:
    """What the desktop prefers now: "light" or "dark"."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def token(name: str) -> QColor:
    """A colour of the scheme that is on: see `tokens`."""
    return QColor(_now[name])


def font(role: str = "body", bold: bool = False) -> QFont:
    """The type for `role` (caption, body, lead, h3, h2, h1), as a multiple of the body's size."""
    made = QFont(QApplication.font())
    made.setPointSizeF(made.pointSizeF() * tokens.TYPE[role])
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def icon(name: str, role: str = "text", size: int = 20, air: int = 0) -> QIcon:
    """The icon of that name in the colour of `role`, `size` logical pixels, with `air` to its right.

    A button that wears it is redrawn when the scheme changes; who paints it asks for it at each painting.
    """
    key = (name, role, size, air)
    if key not in _icons:
        made = QIcon()
        for mode, colour in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "disabled")):
            for scale in sorted({1.0, 2.0, QApplication.primaryScreen().devicePixelRatio()}):
                made.addPixmap(_pixmap(name, _now[colour], size, scale, air), mode)
        _icons[key] = made
        _drawn_as[made.cacheKey()] = key
    return _icons[key]


def picture(name: str, role: str = "text", size: int = 20, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap for a screen of `scale` physical to one logical pixel."""
    return _pixmap(name, _now[role], size, scale)


def _pixmap(name: str, colour: str, size: int, scale: float, air: int = 0) -> QPixmap:
    side = round(size * scale)
    drawn = QPixmap(side + round(air * scale), side)
    drawn.fill(Qt.GlobalColor.transparent)
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
    _icons.clear()
    _drawn_as.clear()
    for widget in app.allWidgets():
        wearers: list[QAction | QAbstractButton] = list(widget.actions())
        if isinstance(widget, QAbstractButton):
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


def _contrasted(colours: Mapping[str, str]) -> dict[str, str]:
    """Where the desktop asks for more contrast, borders are drawn like text."""
    hints = QGuiApplication.styleHints()  # held, or its part is gone before it can be asked
    if hints.accessibility().contrastPreference() != Qt.ContrastPreference.HighContrast:
        return dict(colours)
    return {**colours, "border": colours["text"], "border_strong": colours["text"]}


def _palette() -> QPalette:
    palette = QPalette()
    for role, name in _PALETTE:
        palette.setColor(role, token(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, token("disabled"))
    return palette


def _style_sheet(scheme: str, height: int) -> str:
    QDir.setSearchPaths("controls", [str(paths.resource("controls"))])
    sizes = {
        "inner": height - 2,
        "inner_focus": height - 4,
        "inner_narrow": height - 14,
        "chip": height - 10,
        "chip_focus": height - 12,
    }
    sheet = paths.resource("themes", "coachdesk.qss").read_text(encoding="utf-8")
    return Template(sheet).substitute(_now, scheme=scheme, **sizes)
