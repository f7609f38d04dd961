"""What every test of the whole program finds."""

import gc

import pytest
from desktop import desktop
from reader import accessibility_bus


@pytest.fixture(autouse=True)
def _collected_on_this_thread(qapp):
    """As the program does: a widget that the collector finds on another thread is destroyed there."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture(scope="session")
def a_desktop(tmp_path_factory):
    """A desktop, with its accessibility bus."""
    with desktop(tmp_path_factory.mktemp("desktop")) as found:
        bus = accessibility_bus(found.environment["DBUS_SESSION_BUS_ADDRESS"])
        yield found, bus
        bus.close()
