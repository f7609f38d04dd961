"""Where one thing's panel sits: beside its page, or on a page of its own."""

from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QHBoxLayout, QStackedWidget, QWidget

from coachdesk.ui import tokens

BESIDE = 1100  # width of the window from which a panel has room beside its page
_PAGE, _ALONE = range(2)
_ALL = 100  # of the room, up to the panel's greatest width


class Seat:
    """Beside the page where there is room, else on a page of its own while it is open.

    `pages` holds the page that has the room `beside`, first; the panel's own page is added second.
    """

    def __init__(self, pages: QStackedWidget, beside: QBoxLayout) -> None:
        self._pages, self._beside = pages, beside
        self._held: tuple[QWidget, QAbstractButton] | None = None
        alone = QWidget(pages)
        self._alone = QHBoxLayout(alone)
        self._alone.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        self._alone.addStretch(1)
        self._alone.addStretch(1)
        pages.insertWidget(_ALONE, alone)

    @property
    def is_beside(self) -> bool:
        return self._pages.window().width() >= BESIDE

    def hold(self, panel: QWidget, back: QAbstractButton) -> None:
        """Seat this panel from now on; `back` is the button that leads from its own page."""
        self._held = (panel, back)

    def take(self, opened: bool) -> None:
        """Sit where the window has room now; any third page that is shown stays."""
        if self._held:
            self._seat(*self._held)
        if self._pages.currentIndex() <= _ALONE:
            self._pages.setCurrentIndex(_ALONE if opened and not self.is_beside else _PAGE)

    def _seat(self, panel: QWidget, back: QAbstractButton) -> None:
        if self.is_beside and self._beside.indexOf(panel) < 0:
            self._beside.addWidget(panel, _ALL)
        elif not self.is_beside and self._alone.indexOf(panel) < 0:
            self._alone.insertWidget(1, panel, _ALL)
        back.setVisible(not self.is_beside)
