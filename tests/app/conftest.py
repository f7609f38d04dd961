"""What every test of the whole program finds."""

import gc

import pytest


@pytest.fixture(autouse=True)
def _collected_on_this_thread(qapp):
    """As the program does: a widget that the collector finds on another thread is destroyed there."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()
