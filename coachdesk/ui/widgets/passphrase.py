"""A field for the passphrase, and how strong a new one is."""

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.ui import caps_lock, theme
from coachdesk.ui.background import Background
from coachdesk.ui.widgets.edit_with_button import EditWithButton
from coachdesk.ui.widgets.text import Text

SHORTEST = 8  # characters; below that no key derivation helps
CAPS_LOCK_BIT = {"windows": 0x100, "cocoa": 0x10000}
"""Where the system's own modifiers say Caps Lock; X11, Wayland and the rest use 0x2."""


class PassphraseEdit(EditWithButton):
    """Shows dots, or the words while its eye is pressed; tells when Caps Lock is on."""

    caps_lock = Signal(bool)

    def __init__(self, name: str, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = Eye(self.tr("Show {field}").format(field=name.lower()), f"{object_name}_show")
        self.eye.toggled.connect(self._show_words)
        self.seat(self.eye)
        self._settled = False

    def settle(self) -> None:
        """After the first paint: have input methods keep out, and point at the eye with an arrow."""
        hint = QtCore.Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        )
        self.eye.setCursor(QtCore.Qt.CursorShape.ArrowCursor)
        self._settled = True
        if self.hasFocus():
            self._ask_about_caps_lock()

    def _show_words(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Before the first paint there is no time to ask."""
        super().focusInEvent(event)
        if self._settled:
            self._ask_about_caps_lock()

    def _ask_about_caps_lock(self) -> None:
        on = caps_lock.is_on(QGuiApplication.platformName())
        if on is not None:
            self.caps_lock.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_at_caps_lock(event, pressed=True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._look_at_caps_lock(event, pressed=False)
        super().keyReleaseEvent(event)

    def _look_at_caps_lock(self, event: QKeyEvent, *, pressed: bool) -> None:
        bit = CAPS_LOCK_BIT.get(QGuiApplication.platformName(), 0x2)
        on = bool(event.nativeModifiers() & bit)
        if event.key() == QtCore.Qt.Key.Key_CapsLock:
            if not pressed:  # the state sent with it is the one before; the next key tells
                return
            on = not on
        self.caps_lock.emit(on)


class Eye(QToolButton):
    """Pressed, it shows the words. It draws its picture itself: an icon would delay the first paint."""

    SIDE = 18

    def __init__(self, says: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAccessibleName(says)
        self.setToolTip(says)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        role = "text" if self.isEnabled() else "disabled"
        drawing = "eye-off" if self.isChecked() else "eye"
        drawn = theme.picture(drawing, role, self.SIDE, self.devicePixelRatioF())
        with QPainter(self) as painter:
            painter.drawPixmap((self.width() - self.SIDE) // 2, (self.height() - self.SIDE) // 2, drawn)


class CapsLock(Text):
    """ "Caps Lock is on", while it is; it keeps its room, so nothing jumps."""

    def __init__(self, edit: PassphraseEdit) -> None:
        super().__init__("", "caption", "warning", wrap=False)
        self.setObjectName("caps_lock")
        edit.caps_lock.connect(self._say)

    def _say(self, on: bool) -> None:
        self.setText(self.tr("Caps Lock is on") if on else "")


class Strength(QWidget):
    """Four steps and a word about what is typed in `edit`, found out by `background` in the pauses."""

    STEPS = 4
    PAUSE_MS = 150

    def __init__(self, edit: PassphraseEdit, background: Background) -> None:
        super().__init__()
        self._edit, self._background = edit, background
        pause = QTimer(self, singleShot=True, interval=self.PAUSE_MS)
        pause.timeout.connect(self.weigh)
        edit.textEdited.connect(pause.start)
        self.setObjectName("strength")
        self._bar = _Steps()
        self.says = Text("", "caption", "muted")
        self.says.setObjectName("strength_text")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(self._bar)
        column.addWidget(self.says)
        self.show_score(None)

    def weigh(self) -> None:
        """Look at what stands in the field now."""
        typed = self._edit.text()
        if typed:
            self._background.run(lambda: score(typed), self._on_weighed)
        else:
            self.show_score(None)

    def _on_weighed(self, found: int) -> None:
        if isValid(self):  # else another page is there already
            self.show_score(found if self._edit.text() else None)

    def show_score(self, score: int | None) -> None:
        """Say how hard the passphrase is to guess: 0 (at once) to 4 (not in a lifetime)."""
        self._bar.fill(0 if score is None else max(1, score))
        advice = self.tr("5+ words. No rules, just length.")
        if score is None:
            self.says.setText(advice)
            return
        word = (
            self.tr("very easy to guess"),
            self.tr("easy to guess"),
            self.tr("fair"),
            self.tr("good"),
            self.tr("very good"),
        )[score]
        self.says.setText(self.tr("{word}: {advice}").format(word=word, advice=advice))


class _Steps(QWidget):
    """Four short bars."""

    COLOURS = ("border", "danger", "warning", "success", "success")

    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def fill(self, steps: int) -> None:
        self._filled = steps
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        gap, steps = 4, Strength.STEPS
        wide = (self.width() - gap * (steps - 1)) / steps
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QtCore.Qt.PenStyle.NoPen)
            for step in range(steps):
                colour = self.COLOURS[self._filled] if step < self._filled else "border"
                painter.setBrush(theme.token(colour))
                painter.drawRoundedRect(QRectF(step * (wide + gap), 0, wide, self.height()), 3, 3)


def score(passphrase: str) -> int:
    """How hard it is to guess, 0 to 4, by zxcvbn. Slow the first time: call it off the screen's thread."""
    from zxcvbn import zxcvbn

    longest = 72  # zxcvbn's time grows with the square of the length, and longer is strong anyhow
    return int(zxcvbn(passphrase[:longest])["score"]) if passphrase else 0
