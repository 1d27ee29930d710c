from datetime import date, datetime, timedelta

from domain.calendars import published
from domain.workdays import Unit, calendar_of
from records.database import Database
from records.deadlines import Deadlines, NewDeadline
from records.models import Deadline
from records.projects import NewProject, Projects
from records.reviews import Request, Reviews

SUBJECT = "parameter_review:1"
CALENDAR = published()
YEAR_2027 = {"year": 2027, "basis": "试", "off": [["2027-01-01", "2027-01-08"]], "make_up": ["2027-01-09"]}
YEAR_2026 = {"year": 2026, "basis": "试", "off": [], "make_up": []}


def a_period(name: str = "初审", start: date = date(2026, 11, 23), amount: int = 5) -> NewDeadline:
    return NewDeadline(
        subject=SUBJECT,
        name=name,
        article="第十八条",
        basis="内部时限(配置)",
        start=start,
        amount=amount,
        unit=Unit.WORKING_DAY,
    )


def test_a_deadline_is_counted_and_keeps_what_it_was_counted_from(database: Database, now: datetime) -> None:
    with database.session() as session:
        Deadlines(session).set(a_period(), CALENDAR, now)
    with database.reading() as session:
        (row,) = Deadlines(session).of_subject(SUBJECT)
    assert (row.subject, row.name, row.article, row.basis) == (SUBJECT, "初审", "第十八条", "内部时限(配置)")
    assert (row.start, row.amount, row.unit, row.due) == (date(2026, 11, 23), 5, "工作日", date(2026, 11, 30))
    assert (row.provisional, row.calendar_version, row.created_at) == (False, CALENDAR.version, now)
    assert (row.met_at, row.superseded_at, row.pauses) == (None, None, [])


def test_set_again_it_supersedes_and_the_old_row_stays(database: Database, now: datetime) -> None:
    with database.session() as session:
        deadlines = Deadlines(session)
        old = deadlines.set(a_period(), CALENDAR, now)
        other = deadlines.set(a_period("复核", amount=1), CALENDAR, now)
        new = deadlines.set(a_period(amount=7), CALENDAR, now + timedelta(days=1))
        assert deadlines.of_subject(SUBJECT) == [other, new]
        assert old.superseded_at == now + timedelta(days=1)
        assert session.get(Deadline, old.id) is old


def test_what_is_due_is_listed_until_it_is_met(database: Database, now: datetime) -> None:
    with database.session() as session:
        deadlines = Deadlines(session)
        row = deadlines.set(a_period(), CALENDAR, now)
        assert deadlines.due_through(date(2026, 11, 29)) == []
        assert deadlines.due_through(date(2026, 11, 30)) == [row]
        deadlines.meet(SUBJECT, "初审", now)
        deadlines.meet(SUBJECT, "初审", now + timedelta(days=9))
        assert row.met_at == now
        assert deadlines.due_through(date(2026, 11, 30)) == []


def test_a_pause_stops_the_clock_and_resuming_counts_again_without_the_paused_days(
    database: Database, now: datetime
) -> None:
    with database.session() as session:
        deadlines = Deadlines(session)
        row = deadlines.set(a_period(), CALENDAR, now)
        deadlines.pause(row, "补正", date(2026, 11, 24))
        session.flush()
        assert deadlines.due_through(date(2026, 12, 31)) == []
        assert deadlines.recount(CALENDAR, now) == []
        resumed = deadlines.resume(row, date(2026, 11, 26), CALENDAR, now + timedelta(days=3))
        assert (resumed.due, row.due) == (date(2026, 12, 2), date(2026, 11, 30))
        assert row.superseded_at == now + timedelta(days=3)
        kept = [(p.reason, p.paused_on, p.resumed_on) for p in resumed.pauses]
        assert kept == [("补正", date(2026, 11, 24), date(2026, 11, 26))]
        assert deadlines.of_subject(SUBJECT) == [resumed]


def test_a_provisional_deadline_is_counted_again_when_the_calendar_comes(database: Database, now: datetime) -> None:
    with database.session() as session:
        deadlines = Deadlines(session)
        settled = deadlines.set(a_period("复核", amount=1), CALENDAR, now)
        guess = deadlines.set(a_period(start=date(2026, 12, 30), amount=3), CALENDAR, now)
        assert (guess.due, guess.provisional) == (date(2027, 1, 4), True)
        assert deadlines.provisional() == [guess]
        complete = calendar_of([YEAR_2026, YEAR_2027])
        (counted,) = deadlines.recount(complete, now)
        assert (counted.due, counted.provisional) == (date(2027, 1, 11), False)
        assert counted.calendar_version == complete.version
        assert deadlines.recount(complete, now) == []
        assert deadlines.provisional() == []
        assert deadlines.of_subject(SUBJECT) == [settled, counted]


def test_the_dossier_lists_the_deadlines_of_all_reviews_of_a_project(database: Database, now: datetime) -> None:
    with database.session() as session:
        project = Projects(session).register(NewProject("P", "p", "u", "U"), now)
        Reviews(session).open(Request(1, project.id, "第1包", "批", None, "w"), now)
        row = Deadlines(session).set(a_period(), CALENDAR, now)
        assert Projects(session).deadlines(project.id) == [row]
