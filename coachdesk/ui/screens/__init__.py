"""The screens, in the order of the sidebar."""

from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.reports import ReportsScreen
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.settings import SettingsScreen
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.screens.today import TodayScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.screens.visits import VisitsScreen

SCREENS: tuple[type[Screen], ...] = (
    TodayScreen,
    TeachersScreen,
    TeacherScreen,
    CalendarScreen,
    VisitsScreen,
    VisitScreen,
    SchoolsScreen,
    PlanScreen,
    ReportsScreen,
    SettingsScreen,
)
