"""The type that the week is written in."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetrics

from coachdesk.ui import theme


@dataclass(frozen=True)
class Type:
    """The two faces that events are written in, and how wide their words are."""

    plain: QFont
    bold: QFont
    struck: QFont
    plain_size: QFontMetrics
    bold_size: QFontMetrics

    @staticmethod
    def of_now() -> "Type":
        plain, bold, struck = theme.font("caption"), theme.font("caption", True), theme.font("caption", True)
        struck.setStrikeOut(True)
        return Type(plain, bold, struck, QFontMetrics(plain), QFontMetrics(bold))
