"""Whether Caps Lock is on before a key is pressed, where the system can be asked.

While keys are typed each key says it (see `widgets.passphrase`). X11 can be asked at any time; Wayland tells
nobody but the window that is typed into, and the way of another system would go here.
"""

LIBRARY = "libX11.so.6"
CORE_KEYBOARD = 0x100
CAPS_LOCK = 1  # the first of the keyboard's lamps


def is_on(platform: str, display: str = "") -> bool | None:
    """Whether its lamp is lit; None where nobody can tell. `platform` is Qt's name for it.

    `display` is another X server than that of the environment.
    """
    if platform != "xcb":
        return None
    import ctypes  # not before the first paint

    try:
        x11 = ctypes.CDLL(LIBRARY)
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode() or None))
    if not server:
        return None
    lamps = ctypes.c_uint()
    failed = x11.XkbGetIndicatorState(server, CORE_KEYBOARD, ctypes.byref(lamps))
    x11.XCloseDisplay(server)
    return None if failed else bool(lamps.value & CAPS_LOCK)
