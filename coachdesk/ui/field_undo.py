"""Whose Ctrl+Z it is: the field's own while it has something to take back, else the desk's."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

Field = QLineEdit | QPlainTextEdit | QTextEdit
KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FieldUndo(QObject):
    """Watches the field that has the focus, and no other: a filter sees every event of what it is put on.

    A field takes Ctrl+Z even where nothing was typed in it. Then the coach means what they did last. One in
    which words were taken back keeps the key, for there it is the words they mean.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, left: QWidget | None, entered: QWidget | None) -> None:
        if isinstance(left, Field):
            left.removeEventFilter(self)
        if isinstance(entered, Field):
            entered.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)  # first, for most are none, and to ask one's type takes longer
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, Field)
            and any(event.matches(key) for key in KEYS)
            and not _has_history(watched)
        ):
            event.ignore()
            return True
        return False


def _has_history(field: Field) -> bool:
    """Whether something was typed there that can be taken back, or done again."""
    kept = field if isinstance(field, QLineEdit) else field.document()
    return kept.isUndoAvailable() or kept.isRedoAvailable()
