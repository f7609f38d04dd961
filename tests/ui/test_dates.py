"""Days and times are written as the desktop's locale has it, and everywhere alike."""

from datetime import date, datetime, time

import pytest
from PySide6.QtCore import QLocale

from coachdesk.ui import dates, labels
from coachdesk.ui.fields import DateEdit, TimeEdit

MONDAY = date(2027, 2, 1)
LOCALES = ("C", "en_US", "en_GB", "de_DE", "sv_SE", "es_MX", "en_AU", "ko_KR", "fr_CA")


@pytest.fixture
def spoken():
    """Sets the desktop's locale, until the test is over."""
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


def written():
    return {
        "short": dates.short(date(2027, 2, 2), MONDAY),
        "another year": dates.short(date(2025, 11, 20), MONDAY),
        "day": dates.day(date(2027, 2, 2)),
        "day of week": dates.day_of_week(date(2027, 2, 2)),
        "days": dates.days(MONDAY, date(2027, 2, 5)),
        "two months": dates.days(date(2027, 3, 29), date(2027, 4, 2)),
        "clock": dates.clock(time(13, 5)),
        "stamp": dates.stamp(datetime(2027, 2, 1, 9, 5, 7)),
        "times": dates.times(time(9, 50), time(10, 10)),
        "afternoon": dates.times(time(14, 10), time(14, 40)),
        "over noon": dates.times(time(11, 50), time(12, 10)),
        "hour": dates.hour(13),
        "soon": labels.moment(datetime(2027, 2, 2, 9, 50), MONDAY),
        "later": labels.moment(datetime(2027, 2, 12, 9, 50), MONDAY),
        "today": labels.moment(datetime(2027, 2, 1, 9, 50), MONDAY),
    }


DAY_FIRST = {
    "short": "2 Feb",
    "another year": "20 Nov 2025",
    "day": "Tuesday 2 February",
    "day of week": "Tue 2 Feb",
    "days": "1–5 February",
    "two months": "29 March–2 April",
    "clock": "13:05",
    "stamp": "9:05:07",
    "times": "9:50–10:10",
    "afternoon": "14:10–14:40",
    "over noon": "11:50–12:10",
    "hour": "13:00",
    "soon": "Tue 9:50",
    "later": "12 Feb, 9:50",
    "today": "Today 9:50",
}
AMERICAN = {
    "short": "Feb 2",
    "another year": "Nov 20, 2025",
    "day": "Tuesday, February 2",
    "day of week": "Tue Feb 2",
    "days": "February 1–5",
    "two months": "March 29–April 2",
    "clock": "1:05 PM",
    "stamp": "9:05:07 AM",
    "times": "9:50–10:10 AM",
    "afternoon": "2:10–2:40 PM",
    "over noon": "11:50 AM–12:10 PM",
    "hour": "1 PM",
    "soon": "Tue 9:50 AM",
    "later": "Feb 12, 9:50 AM",
    "today": "Today 9:50 AM",
}


@pytest.mark.parametrize(
    ("locale", "says"), [("en_GB", DAY_FIRST), ("C", DAY_FIRST), ("en_US", AMERICAN)], ids=str
)
def test_days_and_times_are_written_one_way(spoken, locale, says):
    spoken(locale)
    assert written() == says


@pytest.mark.parametrize("locale", ["sv_SE", "de_DE", "fr_CA", "es_MX", "en_AU"])
def test_the_day_comes_first_where_long_dates_have_it_so_whatever_short_ones_do(spoken, locale):
    spoken(locale)
    assert dates.short(date(2027, 2, 2), MONDAY).startswith("2 ")


@pytest.mark.parametrize("locale", ["en_US", "en_CA", "ko_KR"])
def test_the_month_comes_first_where_long_dates_have_it_so(spoken, locale):
    spoken(locale)
    assert dates.short(date(2027, 12, 2), MONDAY).endswith(" 2, 2027")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_field_understands_what_it_shows(qtbot, spoken, locale):
    spoken(locale)
    day, clock = DateEdit("Day"), TimeEdit()
    qtbot.addWidget(day)
    qtbot.addWidget(clock)
    for shown in (date(2027, 2, 3), date(2027, 12, 31)):
        day.show_day(shown)
        assert day.answer() == shown
        day.setText(dates.with_year(shown))
        assert day.answer() == shown
    for at in (time(0, 5), time(9, 50), time(12, 0), time(13, 5), time(23, 59)):
        clock.show_time(at)
        assert clock.answer() == at
