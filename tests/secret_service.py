"""A computer with a real key store: gnome-keyring, on a bus of the test's own, its keyring unlocked."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import HeaderFields, MatchRule
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME = "org.freedesktop.secrets"
DAEMON = ("gnome-keyring-daemon", "--foreground", "--components=secrets")
PATIENCE = 20.0  # seconds


NOBODY = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""
"""A bus on which nothing is started by being asked for."""


@contextmanager
def bus(folder: Path) -> Iterator[str]:
    """The address of a session bus on which there is nobody yet."""
    config = folder / "bus.conf"
    config.write_text(NOBODY, encoding="utf-8")
    words = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def key_store(folder: Path) -> Iterator[str]:
    """The address of a bus with a key store that is open, as after the coach logged in."""
    with bus(folder) as address, _daemon(folder, address):
        yield address


@contextmanager
def _daemon(folder: Path, address: str) -> Iterator[None]:
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "share"),
        "XDG_RUNTIME_DIR": str(folder),
        "DBUS_SESSION_BUS_ADDRESS": address,
    }
    with open_dbus_connection(address) as connection:
        rule = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
        connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
        with subprocess.Popen(
            [*DAEMON, "--unlock"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                process.stdin.write(b"the keyring's own password")
                process.stdin.close()
                _wait_for_name(connection, rule)
                yield
            finally:
                process.kill()


def _wait_for_name(connection: DBusConnection, rule: MatchRule) -> None:
    with connection.filter(rule) as changes:
        has_owner = connection.send_and_get_reply(message_bus.NameHasOwner(NAME), timeout=PATIENCE)
        while not has_owner.body[0]:
            change = connection.recv_until_filtered(changes, timeout=PATIENCE)
            assert change.header.fields[HeaderFields.member] == "NameOwnerChanged"
            if change.body[0] == NAME:
                return
