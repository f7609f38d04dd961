"""Caps Lock, asked of a real X server before anything is typed."""

import pytest
from desktop import until

from coachdesk.ui import caps_lock


@pytest.mark.desktop
def test_the_lamp_of_the_keyboard_is_seen(a_desktop):
    desktop, _bus = a_desktop
    server = desktop.environment["DISPLAY"]
    assert caps_lock.is_on("xcb", server) is False
    desktop.press("Caps_Lock")
    try:
        until(lambda: caps_lock.is_on("xcb", server), "the lamp of Caps Lock")
    finally:
        desktop.press("Caps_Lock")
    until(lambda: caps_lock.is_on("xcb", server) is False, "the lamp going out")


@pytest.mark.parametrize(("platform", "server"), [("wayland", ""), ("offscreen", ""), ("xcb", "nowhere:99")])
def test_where_nobody_can_tell_nothing_is_said(platform, server):
    assert caps_lock.is_on(platform, server) is None
