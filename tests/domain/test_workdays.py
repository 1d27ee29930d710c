from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import published
from domain.workdays import CalendarMissingError, Due, Pause, StillPausedError, Unit, calendar_of, due

CALENDAR = published()
MONTHS_AND_DAYS_OFF = {"year": 2026, "basis": "试", "off": ["2026-01-01"], "make_up": []}


def last_day(start: str, amount: int, unit: Unit) -> str:
    return due(date.fromisoformat(start), amount, unit, CALENDAR).date.isoformat()


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_published_year_has_248_working_days(year: int) -> None:
    assert CALENDAR.working_days(date(year - 1, 12, 31), date(year, 12, 31)) == 248


@pytest.mark.parametrize(
    ("what", "start", "amount", "unit", "last"),
    [
        ("合同公告: 签订后 2 个工作日，跨春节", "2026-02-13", 2, Unit.WORKING_DAY, "2026-02-24"),
        ("合同备案: 7 个工作日,2月28日补班", "2026-02-13", 7, Unit.WORKING_DAY, "2026-03-02"),
        ("签订合同: 30 日到期为周日，顺延到周一", "2026-02-06", 30, Unit.DAY, "2026-03-09"),
        ("投标截止: 20 日到期恰为节后首日", "2026-09-18", 20, Unit.DAY, "2026-10-08"),
        ("质疑: 7 个工作日,10月10日周六补班", "2026-09-23", 7, Unit.WORKING_DAY, "2026-10-10"),
        ("验收材料: 5 个工作日,9月20日周日补班", "2026-09-14", 5, Unit.WORKING_DAY, "2026-09-20"),
        ("中小企业付款: 30 日到期为周六，顺延", "2026-04-30", 30, Unit.DAY, "2026-06-01"),
        ("到期日为补班的周六，不顺延", "2026-09-10", 30, Unit.DAY, "2026-10-10"),
        ("2025年国庆中秋连休", "2025-09-30", 1, Unit.WORKING_DAY, "2025-10-09"),
        ("2025年10月11日补班", "2025-10-09", 2, Unit.WORKING_DAY, "2025-10-11"),
        ("竣工财务决算: 3 个月的对应日", "2026-01-15", 3, Unit.MONTH, "2026-04-15"),
        ("没有对应日的取月末日，周六顺延", "2026-01-31", 1, Unit.MONTH, "2026-02-28"),
        ("对应日在国庆假期，顺延", "2025-10-03", 1, Unit.YEAR, "2026-10-08"),
    ],
)  # fmt: skip
def test_statutory_periods_end_on_the_right_day(what: str, start: str, amount: int, unit: Unit, last: str) -> None:
    assert last_day(start, amount, unit) == last, what


def test_documents_sent_five_working_days_before_make_the_meeting_a_monday() -> None:
    assert CALENDAR.next_working_day(date(2026, 9, 20)) == date(2026, 9, 21)


def test_a_due_date_tells_where_plain_counting_ended_and_what_it_was_counted_by() -> None:
    assert due(date(2026, 2, 6), 30, Unit.DAY, CALENDAR) == Due(
        date=date(2026, 3, 9),
        provisional=False,
        calendar_version="2025:国办发明电〔2024〕12号; 2026:国务院办公厅2025年11月4日通知",
        nominal=date(2026, 3, 8),
    )


def test_a_period_into_a_year_without_calendar_is_provisional() -> None:
    counted = due(date(2026, 12, 30), 3, Unit.WORKING_DAY, CALENDAR)
    assert counted.provisional
    assert counted.date == date(2027, 1, 4)
    assert not due(date(2026, 12, 28), 3, Unit.WORKING_DAY, CALENDAR).provisional


def test_a_period_that_starts_before_the_first_calendar_is_provisional_too() -> None:
    assert due(date(2024, 12, 31), 1, Unit.WORKING_DAY, CALENDAR).provisional


def test_a_plain_question_about_a_missing_year_fails_loudly() -> None:
    with pytest.raises(CalendarMissingError, match="没有 2027 年的节假日安排"):
        CALENDAR.is_working_day(date(2027, 1, 4))
    with pytest.raises(CalendarMissingError, match="2027"):
        CALENDAR.working_days(date(2026, 12, 30), date(2027, 1, 5))


def test_paused_days_do_not_count_and_the_day_of_resumption_does() -> None:
    pause = Pause(date(2026, 11, 24), date(2026, 11, 26))
    assert due(date(2026, 11, 23), 2, Unit.WORKING_DAY, CALENDAR, [pause]).date == date(2026, 11, 27)
    assert due(date(2026, 11, 23), 2, Unit.DAY, CALENDAR, [pause]).date == date(2026, 11, 27)


def test_overlapping_pauses_count_once() -> None:
    pauses = [Pause(date(2026, 11, 24), date(2026, 11, 26)), Pause(date(2026, 11, 25), date(2026, 11, 27))]
    assert due(date(2026, 11, 23), 1, Unit.DAY, CALENDAR, pauses).date == date(2026, 11, 27)


def test_there_is_no_due_date_while_the_clock_stands_still() -> None:
    with pytest.raises(StillPausedError, match="计时仍在暂停"):
        due(date(2026, 11, 23), 2, Unit.DAY, CALENDAR, [Pause(date(2026, 11, 24), None)])


def test_periods_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one 日, not 0"):
        due(date(2026, 11, 23), 0, Unit.DAY, CALENDAR)
    with pytest.raises(ValueError, match="months or years cannot be paused"):
        due(date(2026, 11, 23), 1, Unit.MONTH, CALENDAR, [Pause(date(2026, 11, 24), date(2026, 11, 25))])


@pytest.mark.parametrize(
    ("years", "complaint"),
    [
        ([MONTHS_AND_DAYS_OFF, MONTHS_AND_DAYS_OFF], "given twice"),
        ([MONTHS_AND_DAYS_OFF | {"off": ["2027-01-01"]}], "date of another year"),
        ([MONTHS_AND_DAYS_OFF | {"make_up": ["2026-11-23"]}], "no weekend day"),
    ],
)
def test_calendar_data_with_a_slip_of_the_pen_is_refused(years: list[dict[str, object]], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        calendar_of(years)


@given(st.dates(date(2025, 1, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_counting_back_what_was_counted_gives_the_amount(start: date, amount: int) -> None:
    last = due(start, amount, Unit.WORKING_DAY, CALENDAR).date
    assert CALENDAR.is_working_day(last)
    assert CALENDAR.working_days(start, last) == amount


@given(st.dates(date(2025, 1, 1), date(2026, 9, 30)), st.integers(1, 60))
def test_a_period_in_days_moves_only_forward_and_only_over_days_off(start: date, amount: int) -> None:
    counted = due(start, amount, Unit.DAY, CALENDAR)
    assert counted.nominal == start + timedelta(days=amount)
    assert CALENDAR.is_working_day(counted.date)
    skipped = (counted.nominal + timedelta(days=offset) for offset in range((counted.date - counted.nominal).days))
    assert not any(CALENDAR.is_working_day(day) for day in skipped)
