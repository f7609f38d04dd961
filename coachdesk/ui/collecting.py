"""Python's collector, on the screen's thread only.

Left alone it runs on whichever thread happens to make the next object; a widget it finds there is destroyed
on that thread, with its timers still running on the screen's, and the program dies of it.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collecting(QObject):
    """From now on garbage is collected once a second, here."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()


def keep_for_good() -> None:
    """What is there now will stay: looking through it each time would take a tenth of a second."""
    gc.freeze()
