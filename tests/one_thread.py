"""Windows are collected on the screen's thread, as in the program."""

import gc

import pytest


@pytest.fixture(autouse=True)
def collected_on_this_thread():
    """As the program does: a widget that the collector finds on another thread is destroyed there.

    A window is a ring of references, and the windows of eight hundred tests take two gigabytes. So the one of
    the test before goes first; what outlives it (modules, caches) is not looked through again.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
