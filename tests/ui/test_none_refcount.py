"""Painting must not eat references to None: PySide6 6.12.0 aborts Python 3.11 after some thousand calls."""

import sys

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

CALLS = 1_000


def references_lost_per_call() -> float:
    """How many references to None one painting call costs. From Python 3.12 on None is immortal: none."""
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    square = QRectF(1, 1, 3, 3)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.drawRect(square)
    after = sys.getrefcount(None)
    painter.end()
    return (before - after) / CALLS


def test_painting_keeps_the_references_to_none(qtbot: QtBot) -> None:
    assert references_lost_per_call() < 0.5
