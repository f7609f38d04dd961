"""The numbers of the look: colours, spaces, sizes. Everything painted takes them from here.

The colours were measured: text on every surface it sits on reaches WCAG 2.2 AA (4.5), control borders
and the focus ring reach 3; tests/ui/test_theme.py measures them again.
"""

from types import MappingProxyType

SPACE = MappingProxyType({"xxs": 2, "xs": 4, "sm": 8, "md": 12, "lg": 16, "xl": 24, "xxl": 32, "xxxl": 48})
"""Distances in logical pixels."""

PAGE_MARGIN = 20
RADIUS = MappingProxyType({"control": 6, "card": 10, "chip": 12})

TYPE = MappingProxyType({"caption": 0.87, "body": 1.0, "lead": 1.13, "h3": 1.27, "h2": 1.53, "h1": 1.93})
"""Sizes of text, as multiples of the body."""

BODY_POINTS = 10.0
"""The smallest body text, whatever the system asks for."""

CONTROL_HEIGHT = MappingProxyType({"compact": 30, "comfortable": 36, "touch": 44})
"""Height of a button or a field in logical pixels, by density."""

LIGHT = MappingProxyType(
    {
        "window": "#F5F6F8",
        "surface": "#FFFFFF",
        "sidebar": "#ECEFF3",
        "hover": "#E2E7ED",
        "border": "#D3D9E0",
        "border_strong": "#7A8490",
        "text": "#1A232E",
        "muted": "#525D6A",
        "disabled": "#8B949F",
        "accent": "#0B6670",
        "accent_hover": "#095660",
        "on_accent": "#FFFFFF",
        "accent_soft": "#D6ECEE",
        "focus": "#0A58CA",
        "link": "#0B5AA8",
        "danger": "#B3261E",
        "danger_soft": "#FBE9E7",
        "warning": "#7A4F00",
        "warning_soft": "#FFF1D6",
        "success": "#1B6B3A",
        "success_soft": "#E3F4E8",
        "plan": "#1F7AE0",
        "plan_soft": "#E2EEFB",
        "visit": "#B5620A",
        "visit_soft": "#F5EBDF",
        "debrief": "#54207A",
        "debrief_soft": "#E9E2EE",
        "other": "#5F6873",
        "other_soft": "#EAEBED",
    }
)

DARK = MappingProxyType(
    {
        "window": "#13171C",
        "surface": "#1B2128",
        "sidebar": "#171C22",
        "hover": "#262E37",
        "border": "#333C47",
        "border_strong": "#7F8A97",
        "text": "#E7EBF0",
        "muted": "#A8B3BF",
        "disabled": "#6E7884",
        "accent": "#5CC6CF",
        "accent_hover": "#7AD3DB",
        "on_accent": "#052528",
        "accent_soft": "#143A3F",
        "focus": "#8ABEFF",
        "link": "#7FB8FF",
        "danger": "#FF9A8F",
        "danger_soft": "#3F1A17",
        "warning": "#F0B95A",
        "warning_soft": "#3A2A0A",
        "success": "#76D39A",
        "success_soft": "#133522",
        "plan": "#78A5FF",
        "plan_soft": "#2A3547",
        "visit": "#FFC35A",
        "visit_soft": "#3F3A30",
        "debrief": "#F2649B",
        "debrief_soft": "#3D2C3A",
        "other": "#C4CCD6",
        "other_soft": "#363C44",
    }
)

SCHEMES = MappingProxyType({"light": LIGHT, "dark": DARK})
