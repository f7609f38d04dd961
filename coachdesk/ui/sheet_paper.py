"""The recovery sheet on paper: a page for the printer, a PDF, or plain text. No name of anybody is on it."""

from collections.abc import Callable
from html import escape

from PySide6 import QtCore, QtGui  # what is named at a click need not be made before (`qt_types`)
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from coachdesk.services.keys import Sheet
from coachdesk.ui import dates

NAME = "coachdesk-recovery-sheet"
ACROSS = 4  # groups in a line
RESOLUTION = 300  # dots an inch
MARGIN = 36  # points around what is printed

Print = Callable[[QWidget, QTextDocument], bool]


def text(sheet: Sheet) -> str:
    """The sheet as lines of text."""
    title, made, uses = _words(sheet)
    numbered = [f"{number}  {group}" for number, group in enumerate(sheet.key.groups, start=1)]
    lines = ["    ".join(numbered[at : at + ACROSS]) for at in range(0, len(numbered), ACROSS)]
    return "\n\n".join((title, made, "\n".join(lines), *uses)) + "\n"


def document(sheet: Sheet) -> QTextDocument:
    """The sheet as a page."""
    title, made, uses = _words(sheet)
    cells = [
        f"<td style='padding:10px'><small>{number}</small><br><tt><b>{group}</b></tt></td>"
        for number, group in enumerate(sheet.key.groups, start=1)
    ]
    rows = ["".join(cells[at : at + ACROSS]) for at in range(0, len(cells), ACROSS)]
    table = "".join(f"<tr>{row}</tr>" for row in rows)
    words = "".join(f"<p>{escape(use)}</p>" for use in uses)
    page = QTextDocument()
    page.setDocumentMargin(MARGIN)
    page.setHtml(
        f"<h1>{escape(title)}</h1><p>{escape(made)}</p>"
        f"<table border='1' cellspacing='0' style='font-size:16pt'>{table}</table>{words}"
    )
    return page


def pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one page."""
    kept = QtCore.QBuffer()
    kept.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
    writer = QtGui.QPdfWriter(kept)
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QtGui.QPageSize(QtGui.QPageSize.PageSizeId.Letter))
    writer.setTitle(NAME)
    put_on(writer, document(sheet))
    kept.close()
    return bytes(kept.data().data())


def put_on(device: "QtGui.QPagedPaintDevice", page: QTextDocument) -> None:
    """Paint the page; with a size of its own it is given no page number."""
    page.setPageSize(device.pageLayout().paintRectPoints().size().toSizeF())
    page.print_(device)


def ask_printer(parent: QWidget, page: QTextDocument) -> bool | None:
    """Have the coach choose a printer; False if they change their mind, None where there is no printer."""
    from PySide6 import QtPrintSupport  # only who prints needs it

    if not QtPrintSupport.QPrinterInfo.availablePrinterNames():
        return None
    printer = QtPrintSupport.QPrinter(QtPrintSupport.QPrinter.PrinterMode.HighResolution)
    printer.setDocName(NAME)
    dialog = QtPrintSupport.QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    # A file has a button of its own, which says where the key lies then and writes it down.
    dialog.setOption(QtPrintSupport.QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    wanted = bool(dialog.exec())
    if wanted:
        put_on(printer, page)
    dialog.deleteLater()
    return wanted


def _words(sheet: Sheet) -> tuple[str, str, tuple[str, ...]]:
    say = QCoreApplication.translate
    made = say("sheet_paper", "Made on {day}. A newer sheet takes the place of this one.")
    return (
        say("sheet_paper", "Recovery sheet for coachdesk"),
        made.format(day=dates.with_year(sheet.made)),
        (
            say(
                "sheet_paper",
                "If the passphrase is forgotten: start coachdesk, choose “I lost my passphrase”, and type "
                "all eight groups. Large or small letters, spaces and dashes do not matter.",
            ),
            say(
                "sheet_paper",
                "Whoever has this sheet and the laptop, or a backup, can read the notes. Keep it where you "
                "keep what must not get lost, and away from the laptop.",
            ),
        ),
    )
