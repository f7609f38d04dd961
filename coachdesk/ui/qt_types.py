"""Qt's types, made on the screen's thread before any other thread names one.

PySide makes a type when it is first named, and two threads that each make one can bring the process down
(seen: 19 of 40 processes). What lies behind the lock is imported on a thread while the coach types, so all
that it will name is made here first, and what Qt names on its behalf (QGradient, when painting). A test
holds the list against the imports of the program.
"""

from PySide6 import QtCore, QtGui, QtSvg, QtWidgets

QT_CORE = """
    QAbstractListModel QAbstractTableModel QByteArray QCoreApplication QDate QDeadlineTimer QDir
    QEvent QEventLoop qInstallMessageHandler QLocale QMessageLogContext QMimeData QModelIndex QObject
    QPersistentModelIndex QPoint QPointF QRect QRectF QSignalBlocker QSize QSizeF QSocketNotifier
    QStandardPaths Qt QTime QTimer QTimeZone QtMsgType QUrl Signal SignalInstance Slot
"""
QT_GUI = """
    QAccessible QAccessibleAnnouncementEvent QAction QBrush QCloseEvent QColor QContextMenuEvent
    QDesktopServices QDragEnterEvent QDropEvent QEnterEvent QFocusEvent QFont QFontDatabase QFontMetrics
    QFontMetricsF QGradient QGuiApplication QHideEvent QInputMethodEvent QKeyEvent QKeySequence QMouseEvent
    QPainter QPaintEvent QPalette QPen QPixmap QResizeEvent QShortcut QShowEvent QTextBlock QTextBlockFormat
    QTextCursor QTextDocument QTextFormat QWheelEvent QWindow
"""
QT_SVG = """
    QSvgRenderer
"""
QT_WIDGETS = """
    QAbstractButton QAbstractItemView QApplication QBoxLayout QButtonGroup QCalendarWidget QCheckBox
    QComboBox QFileDialog QFrame QGridLayout QHBoxLayout QHeaderView QLabel QLayout QLayoutItem
    QLineEdit QListView QListWidget QListWidgetItem QMenu QMenuBar QPlainTextEdit QProgressBar
    QPushButton QRadioButton QScrollArea QSizePolicy QSpacerItem QSpinBox QStackedWidget QStyle
    QStyleOptionViewItem QStyledItemDelegate QTabBar QTableView QTextEdit QToolButton QVBoxLayout QWidget
    QWidgetAction
"""
NAMES = {QtCore: QT_CORE, QtGui: QT_GUI, QtSvg: QT_SVG, QtWidgets: QT_WIDGETS}


def make() -> None:
    """Make them all. Takes some 20 ms, so it waits until the first page is painted."""
    for module, names in NAMES.items():
        for name in names.split():
            getattr(module, name)
