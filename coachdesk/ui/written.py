"""One record on a page of several: its form under a heading, and beside it whether it is saved."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.kinds import Record
from coachdesk.services.desk import Desk
from coachdesk.ui import theme
from coachdesk.ui.form import Form
from coachdesk.ui.saving import SaveState, Saving
from coachdesk.ui.widgets.text import heading


class Written(QWidget):
    """A form that saves itself, under its heading, with its state at the heading's end.

    Without a heading the state stands at the end of the first field's label.
    """

    kept = Signal(object)
    failed = Signal(str)  # what was typed about a record shown before could not be kept

    def __init__(
        self, desk: Desk, title: str, form: Form, command: Callable[..., Any], record: type[Record]
    ) -> None:
        super().__init__()
        state = SaveState()
        self.form = form
        self._fixed: Mapping[str, Any] = {}
        self.saving = Saving(desk, form, command, record, state)
        self.saving.kept.connect(self.kept)
        self.saving.failed.connect(self.failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        if title:
            head = QHBoxLayout()
            head.addWidget(heading(title, 3))
            head.addWidget(state, 1)
            column.addLayout(head)
        else:
            form.beside_label(form.keys()[0], state)
        column.addWidget(form)

    def show_record(self, record: Any, fixed: Mapping[str, Any], blank: Mapping[str, Any]) -> None:
        """Show `record`, or ask for a new one that begins with `blank` and keeps `fixed`."""
        same, self._fixed = self._fixed == fixed, fixed
        if record is None:
            if not (same and self.saving.is_new and self.saving.busy):
                self.saving.take(fixed, blank)
        elif self.saving.record_id != record.id:
            self.saving.take({"id": record.id, "rev": record.rev}, record.model_dump())
        elif not self.saving.busy:
            self.saving.refresh(record.rev, record.model_dump())
