"""What every test of the whole program finds."""

import pytest
from desktop import desktop
from one_thread import collected_on_this_thread  # noqa: F401 - for every test of the program
from reader import accessibility_bus


@pytest.fixture(scope="session")
def a_desktop(tmp_path_factory):
    """A desktop, with its accessibility bus."""
    with desktop(tmp_path_factory.mktemp("desktop")) as found:
        bus = accessibility_bus(found.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield found, bus
        bus.close()
