"""The steps of the first run, by name."""

from PySide6.QtCore import QCoreApplication


def step_names() -> tuple[str, ...]:
    """What the coach goes through before the desk, in order."""
    say = QCoreApplication.translate
    return (
        say("steps", "Passphrase"),
        say("steps", "Recovery key"),
        say("steps", "Your school year"),
        say("steps", "Teachers"),
    )


def archive_step_names() -> tuple[str, ...]:
    """What the coach goes through from an archive to the desk, in order."""
    say = QCoreApplication.translate
    return (
        say("steps", "Archive"),
        say("steps", "Passphrase"),
        say("steps", "Recovery key"),
    )
