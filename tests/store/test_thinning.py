"""Which backups stay: over years of use, whatever the clock does."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.store.thinning import ALL, DAYS, MONTHS, WEEKS, Copy, has_fallen, spare

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 8, 17, 13, tzinfo=UTC)
MOST = DAYS + WEEKS + MONTHS


def kept(copies, now=START, **how):
    gone = {copy.name for copy in spare(copies, now, zone=ZONE, **how)}
    return [copy for copy in copies if copy.name not in gone]


def ago(rows=100, **back):
    return Copy(str(back), START - timedelta(**back), rows)


def test_all_of_two_days_stay():
    copies = [ago(minutes=30 * number) for number in range(96)]
    assert kept(copies) == copies


def test_then_the_last_of_each_day_week_and_month():
    left = kept([ago(hours=6 * number) for number in range(4 * 400)])
    older = [copy for copy in left if copy.made <= START - ALL]
    days, weeks, months = older[:DAYS], older[DAYS : DAYS + WEEKS], older[DAYS + WEEKS :]
    assert len(months) == MONTHS
    assert {copy.made.astimezone(ZONE).hour for copy in days[1:]} <= {20, 21, 22, 23}
    assert {copy.made.astimezone(ZONE).isoweekday() for copy in weeks[1:]} == {7}
    assert {(copy.made.astimezone(ZONE) + timedelta(days=1)).day for copy in months[1:]} == {1}


def test_a_summer_without_backups_costs_none():
    weekly = [ago(weeks=number) for number in range(20)]
    later = START + timedelta(days=80)
    assert kept(weekly, later)[:DAYS] == weekly[:DAYS]


def test_nothing_goes_while_hold_is_on():
    copies = [ago(hours=number) for number in range(2_000)]
    assert spare(copies, START, hold=True) == []
    assert spare(copies, START)


def test_nothing_goes_after_a_fifth_of_the_rows_went():
    before = [ago(rows=100, hours=number) for number in range(1, 500)]
    assert spare([ago(rows=79, hours=0), *before], START) == []
    assert spare([ago(rows=80, hours=0), *before], START)
    assert not has_fallen([ago(rows=79, hours=0)])


def test_the_pause_lasts_until_there_were_thirty_days_of_backups():
    before = [ago(rows=100, days=number) for number in range(40, 80)]
    since = [ago(rows=10, days=number) for number in range(29)]
    assert has_fallen([*since, *before])
    assert not has_fallen([*since, ago(rows=10, days=29), *before])


def test_a_backup_under_another_key_says_nothing_of_rows():
    assert not has_fallen([ago(rows=10, hours=0), ago(rows=None, hours=1)])


def test_a_backup_from_the_future_stays_and_is_not_taken_for_the_newest():
    """The clock stood wrong: the one that was just verified has the earlier name."""
    copies = [ago(days=-3650, rows=100), Copy("now", START - timedelta(days=700), 100, verified=True)]
    assert kept([*copies, *[ago(days=number) for number in range(800)]])[:2] == copies


def _use():
    """Backups of one stretch: how many, how far apart, whether rows come or go, and what the clock does."""
    jumps = st.sampled_from([0, 0, 0, 0, -1, 1, -3650, 3650])
    return st.tuples(st.integers(1, 25), st.integers(5, 3_000), st.integers(-30, 30), jumps)


@settings(max_examples=60, deadline=None)
@given(st.lists(_use(), min_size=1, max_size=40))
def test_the_newest_verified_one_is_never_deleted_whatever_the_clock_does(stretches):
    there, now, rows, number = [], START, 1_000, 0
    for times, minutes, more, jump in stretches:
        now += timedelta(days=jump)
        for _ in range(times):
            now += timedelta(minutes=minutes)
            rows, number = max(0, rows + more), number + 1
            there.append(Copy(str(number), now, rows, verified=True))
            gone = spare(there, now, zone=ZONE)
            assert str(number) not in {copy.name for copy in gone}
            there = [Copy(copy.name, copy.made, copy.rows) for copy in there if copy not in gone]
            assert all(copy.made <= now - ALL for copy in gone)
    assert there


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 20_000), min_size=1, max_size=300), st.integers(0, 10_000))
def test_few_are_kept_and_thinning_twice_takes_no_more(apart, begun):
    now, there = START + timedelta(minutes=begun), []
    for minutes in apart:
        now += timedelta(minutes=minutes)
        there.append(Copy(now.isoformat(), now, 100, verified=True))
    left = kept(there, now)
    assert len([copy for copy in left if copy.made <= now - ALL]) <= MOST
    assert kept(left, now) == left
