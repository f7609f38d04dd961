"""No import hides an arrow from the contracts."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT, modules

ALLOWED = {
    ("coachdesk/cli.py", "coachdesk.app"),  # only for commands that paint: `check` needs no libGL
    ("coachdesk/cli.py", "coachdesk.ui.tour"),  # likewise
    ("coachdesk/cli.py", "coachdesk.terminal"),  # only for commands without a window: it waits for no service
    ("coachdesk/app.py", "coachdesk.ui.inside"),  # on a thread, once the lock screen is painted
    *(
        ("coachdesk/ui/inside.py", f"coachdesk.{name}")  # what few coaches come to on a day, when they do
        for name in (
            "services.sample",
            "services.sample.book.Shape",
            "ui.first_steps.FirstSteps",
            "ui.from_archive.flow.FromArchive",
            "ui.from_archive.flow.Ways",
            "ui.gate.sheet.SheetStep",
            "ui.restoring.flow.Restoring",
            "ui.restoring.flow.Ways",
            "ui.restoring.page.Here",
        )
    ),
    ("coachdesk/ui/screens/teachers.py", "coachdesk.ui.bringing.page.BringInPage"),  # when first wanted
    ("coachdesk/ui/screens/__init__.py", "coachdesk.ui.screens.reports.ReportsScreen"),  # when first visited
    ("coachdesk/ui/screens/__init__.py", "coachdesk.ui.screens.settings.SettingsScreen"),  # likewise
}


def hidden(tree: ast.Module) -> Iterator[str]:
    """Modules of ours that are imported inside a function, by statement or by a call."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for node in ast.walk(function):
                yield from (name for name in imported(node) if name.split(".")[0] == "coachdesk")


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = "coachdesk" if node.level else node.module or ""
        yield from (f"{module}.{alias.name}" for alias in node.names)
    elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
        yield from (part.value for part in node.args if isinstance(part, ast.Constant))


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_of_ours_stand_at_the_top_with_named_exceptions() -> None:
    found = {
        (named(path), name)
        for path in modules()
        for name in hidden(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == ALLOWED


@pytest.mark.parametrize(
    "planted",
    [
        "def later():\n    from coachdesk.services import desk",
        "def later():\n    import coachdesk.store",
        "def later():\n    from . import shell",
        "later = lambda: importlib.import_module('coachdesk.app')",
        "def later():\n    return __import__('coachdesk')",
    ],
)
def test_a_hidden_import_is_found(planted: str) -> None:
    assert list(hidden(ast.parse(planted)))


def test_an_import_at_the_top_or_of_another_library_is_not_hidden() -> None:
    assert not list(hidden(ast.parse("import coachdesk\ndef later():\n    import typst")))


def test_no_arrow_is_hidden_from_running() -> None:
    hiding = [named(path) for path in modules() if "TYPE_" + "CHECKING" in path.read_text(encoding="utf-8")]
    assert hiding == []
