"""Counting legal periods in 日 and 工作日, with the State Council's holidays and make-up working days as data.

Rules (Civil Code 201-203): the first day does not count; a period in calendar days, months or years that ends on a day
off runs to the next working day; a period in working days counts those only, make-up Saturdays and Sundays included.
Holidays of a year are published in the November before. A period that runs into a year without them is counted with
plain weekends and marked provisional, to be counted again once the calendar is there: never silently.
"""

import calendar as months
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "日"
    WORKING_DAY = "工作日"
    MONTH = "月"
    YEAR = "年"


class CalendarMissingError(LookupError):
    """Whether a day is a working day was asked for a year whose holidays are not loaded."""


@dataclass(frozen=True)
class Calendar:
    """Days off and make-up working days of the years that are published.

    `version` names the data it was built from; a deadline keeps the version it was counted by.
    """

    version: str
    years: frozenset[int]
    days_off: frozenset[date]
    make_up_days: frozenset[date]

    def is_working_day(self, day: date) -> bool:
        """Tell whether people work on `day`.

        Raises:
            CalendarMissingError: the holidays of its year are not loaded.
        """
        if day.year not in self.years:
            raise CalendarMissingError(f"没有 {day.year} 年的节假日安排，请先导入。")
        return self.presumes_working_day(day)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`.

        Raises:
            CalendarMissingError: the search runs into a year that is not loaded.
        """
        day += ONE_DAY
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def working_days(self, after: date, through: date) -> int:
        """Count the working days later than `after`, up to and including `through`.

        Raises:
            CalendarMissingError: the interval touches a year that is not loaded.
        """
        days = (after + timedelta(days=offset) for offset in range(1, (through - after).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def presumes_working_day(self, day: date) -> bool:
        """Tell whether people work on `day`, taking plain weekends where the year is not loaded: good for estimates."""
        if day in self.make_up_days:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off


@dataclass(frozen=True)
class Pause:
    """The clock stands still from `paused_on` up to the day before `resumed_on`, which counts again.

    While `resumed_on` is None the clock still stands, and no due date can be told.
    """

    paused_on: date
    resumed_on: date | None

    def covers(self, day: date) -> bool:
        """Tell whether `day` does not count."""
        return self.paused_on <= day and (self.resumed_on is None or day < self.resumed_on)


@dataclass(frozen=True, kw_only=True)
class Due:
    """The last day of a period. `nominal` is where plain counting ended, before a day off moved it to `date`."""

    nominal: date
    date: date
    provisional: bool
    calendar_version: str


class StillPausedError(ValueError):
    """The clock stands still and nobody knows until when, so there is no due date yet."""


def due(start: date, amount: int, unit: Unit, calendar: Calendar, pauses: Sequence[Pause] = ()) -> Due:
    """Return the last day of a period.

    Args:
        start: the day of the event that starts the clock; it does not count (Civil Code 201).
        amount: how many units, at least 1.
        unit: calendar days, working days, months or years.
        calendar: the holidays.
        pauses: intervals that do not count; only for days and working days.

    Raises:
        ValueError: `amount` is less than 1, or months or years are paused, for which the law has no count.
        StillPausedError: a pause has no end.
    """
    if amount < 1:
        raise ValueError(f"A period has at least one {unit}, not {amount}")
    if any(pause.resumed_on is None for pause in pauses):
        raise StillPausedError("计时仍在暂停，恢复后才能算出到期日。")
    if unit in {Unit.MONTH, Unit.YEAR}:
        if pauses:
            raise ValueError("A period in months or years cannot be paused")
        nominal = _months_later(start, amount * (12 if unit is Unit.YEAR else 1))
    else:
        nominal = _count(start, amount, unit, calendar, pauses)
    last = nominal
    while not calendar.presumes_working_day(last):
        last += ONE_DAY
    provisional = any(year not in calendar.years for year in range(start.year, last.year + 1))
    return Due(date=last, provisional=provisional, calendar_version=calendar.version, nominal=nominal)


def _count(start: date, amount: int, unit: Unit, calendar: Calendar, pauses: Sequence[Pause]) -> date:
    day, left = start, amount
    while left:
        day += ONE_DAY
        stands_still = any(pause.covers(day) for pause in pauses)
        if not stands_still and (unit is Unit.DAY or calendar.presumes_working_day(day)):
            left -= 1
    return day


def _months_later(start: date, amount: int) -> date:
    # Civil Code 202: the corresponding day ends the period; where the month has none, its last day does.
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def calendar_of(years: Iterable[Mapping[str, Any]]) -> Calendar:
    """Build a calendar from one mapping a year.

    Each has `year`, `basis` (the notice that published it), `off` (days off: a date, or first and last of a run) and
    `make_up` (weekend days worked), dates as ISO text.

    Raises:
        ValueError: a year is given twice, a make-up day is not on a weekend, or a date belongs to another year.
    """
    versions, covered, off, made_up = [], set[int](), set[date](), set[date]()
    for entry in sorted(years, key=lambda entry: int(entry["year"])):
        year = int(entry["year"])
        days_off = {day for run in entry["off"] for day in _run(run)}
        make_up = {date.fromisoformat(day) for day in entry["make_up"]}
        if year in covered:
            raise ValueError(f"{year} is given twice")
        if any(day.year != year for day in days_off | make_up):
            raise ValueError(f"The calendar of {year} has a date of another year")
        if any(day.weekday() < SATURDAY for day in make_up):
            raise ValueError(f"The calendar of {year} has a make-up day that is no weekend day")
        covered.add(year)
        off |= days_off
        made_up |= make_up
        versions.append(f"{year}:{entry['basis']}")
    return Calendar("; ".join(versions), frozenset(covered), frozenset(off), frozenset(made_up))


def _run(run: str | Sequence[str]) -> list[date]:
    first, last = (run, run) if isinstance(run, str) else run
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
