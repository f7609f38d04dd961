"""Commands: declared once; menus, shortcuts and the written reference come from them."""

import pytest
from PySide6.QtGui import QKeySequence

from coachdesk.paths import resource
from coachdesk.ui import screens, workspace
from coachdesk.ui.commands import COMMANDS, MENUS, command, reference

DECLARE = (workspace, screens)
DOCS = resource("..", "docs", "shortcuts.md")


def test_no_two_commands_share_keys():
    """But for two that work in different panes only, as Del does in a list and on the week."""
    keys = [(known.keys, known.pane) for known in COMMANDS.values() if known.keys]
    assert len(keys) == len(set(keys))
    anywhere = [known.keys for known in COMMANDS.values() if known.keys and not known.pane]
    assert not {keys for keys, pane in keys if pane} & set(anywhere)


def test_every_command_has_keys_that_exist_and_a_sentence_of_help():
    for known in COMMANDS.values():
        assert known.menu in MENUS
        assert known.help.endswith(".")
        if known.keys:
            assert not QKeySequence(known.keys).isEmpty(), known.name


def test_no_command_takes_the_keys_of_the_pages():
    taken = {f"Ctrl+{number}" for number in range(1, 10)}
    assert taken.isdisjoint(known.keys for known in COMMANDS.values())


def test_a_command_without_help_is_refused():
    def silent(_place): ...

    with pytest.raises(ValueError, match="docstring"):
        command("Silent", menu="Edit")(silent)
    assert "silent" not in COMMANDS


def test_the_written_reference_is_the_one_the_commands_give():
    said = DOCS.read_text(encoding="utf-8")
    assert said == reference(), "write it again: python -m coachdesk.ui.shortcuts > docs/shortcuts.md"
