"""Windows are collected on the screen's thread, as in the program."""

import gc

import pytest


@pytest.fixture(autouse=True)
def collected_on_this_thread():
    """As the program does: a widget that the collector finds on another thread is destroyed there.

    A window is a ring of references, and the windows of eight hundred tests take two gigabytes. So the one of
    the test before goes first; what outlives it (modules, caches) is not looked through again.

    The collector stays off afterwards: pytest lets go of a window when the next test begins. Where that is
    none of a window, `collect_what_is_left` goes first.
    """
    gc.collect()
    gc.freeze()
    gc.disable()


def collect_what_is_left(item):
    """Before a test that may have threads of its own: what the windows before it left goes on this one."""
    if not gc.isenabled() and collected_on_this_thread.__name__ not in item.fixturenames:
        gc.collect()
        gc.enable()
