"""The screens, in the order of the sidebar.

What a page imports that no other does is in memory from its first visit on: so Reports, with all that checks
and writes what leaves the desk, and Settings, with all that is kept there.
"""

from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.later import Kind, Later
from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.screens.visits import VisitsScreen
from coachdesk.ui.wishes import OpenSettings


def _reports() -> type[Screen]:
    from coachdesk.ui.screens.reports import ReportsScreen

    return ReportsScreen


def _settings() -> type[Screen]:
    from coachdesk.ui.screens.settings import SettingsScreen

    return SettingsScreen


SCREENS: tuple[Kind, ...] = (
    TodayScreen,
    TeachersScreen,
    TeacherScreen,
    CalendarScreen,
    VisitsScreen,
    VisitScreen,
    SchoolsScreen,
    PlanScreen,
    Later(QT_TRANSLATE_NOOP("Screen", "Reports"), "file-chart-column", _reports),
    Later(QT_TRANSLATE_NOOP("Screen", "Settings"), "settings", _settings, shows=frozenset({OpenSettings})),
)
