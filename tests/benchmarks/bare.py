"""The least a PySide6 program can be: an application and a window with a word in it."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("coachdesk"))
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
