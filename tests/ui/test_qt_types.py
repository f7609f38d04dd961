"""Which of Qt's types are made on the screen's thread, and that none is forgotten."""

import ast
from pathlib import Path

import coachdesk
from coachdesk.ui import qt_types


def imported(path):
    """The names a module takes from Qt, each with the part of Qt it comes from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
            yield from ((node.module, alias.name) for alias in node.names)


def test_every_type_that_the_program_names_is_made_on_the_screens_thread():
    modules = Path(coachdesk.__file__).parent.rglob("*.py")
    used = {found for path in modules for found in imported(path)}
    made = {(part.__name__, name) for part, names in qt_types.NAMES.items() for name in names.split()}
    assert used - made == set()


def test_all_of_them_exist():
    qt_types.make()
