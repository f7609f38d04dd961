"""The screens, in the order of the sidebar."""

from coachdesk.ui.screen import Screen
from coachdesk.ui.screens.plan import PlanScreen
from coachdesk.ui.screens.reports import ReportsScreen
from coachdesk.ui.screens.schools import SchoolsScreen
from coachdesk.ui.screens.teachers import TeachersScreen

SCREENS: tuple[type[Screen], ...] = (TeachersScreen, SchoolsScreen, PlanScreen, ReportsScreen)
