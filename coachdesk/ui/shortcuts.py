"""Prints docs/shortcuts.md: `python -m coachdesk.ui.shortcuts > docs/shortcuts.md`."""

from coachdesk.ui import commands, screens, workspace

DECLARE = (workspace, screens)  # the modules whose commands make the page

if __name__ == "__main__":
    print(commands.reference(), end="")
