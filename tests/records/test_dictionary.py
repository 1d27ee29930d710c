"""The dictionary of synonyms: suggestions, versions, days, and two administrators at once."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.parameters.dictionary import Pair
from domain.parameters.rules import shipped
from domain.parameters.verdicts import Verdict
from records.chain import verify
from records.database import Database
from records.dictionary import Dictionary
from records.dictionary_changes import Acceptance, DictionaryChanges, DictionaryRefusedError, Hand, Withdrawal
from records.models import AuditEvent, SuggestionState, SynonymEntry, SynonymSuggestion
from records.reviews import Reviews
from records.suggestions import Seen, Suggestions, SuggestionSearch, as_pair
from tests.records.test_reviews import a_finding, open_review

DAY = date(2026, 11, 23)
BALANCER = Pair("items", "负载均衡", "链路优化设备")
SEATS = Pair("names", "在线席位", "同时坐席数")


def hand(now: datetime, person: str = "admin") -> Hand:
    return Hand(person, now, DAY)


def seen(session: Session, now: datetime, finding: str = "a1", key: int = 2251799813685249) -> Seen:
    review = open_review(session, now, key)
    if not Reviews(session).findings(review.id, 1):
        Reviews(session).add_findings(review, [a_finding("a1"), a_finding("b2", Verdict.MANUAL)], {})
    return Seen(review.id, 1, finding, "li_qiang")


def suggest(database: Database, now: datetime, *pairs: Pair) -> list[int]:
    with database.session() as session:
        place = seen(session, now)
        for pair in pairs:
            Suggestions(session).confirm(pair, place, now)
        return list(session.scalars(select(SynonymSuggestion.id).order_by(SynonymSuggestion.id)))


def accept(database: Database, suggestion: int, now: datetime, **changes: object) -> SynonymEntry:
    wanted = replace(Acceptance(suggestion, swapped=False, effective_from=DAY), **changes)  # type: ignore[arg-type]
    with database.session() as session:
        return DictionaryChanges(session).accept(wanted, shipped(), hand(now))


def test_a_pair_is_one_suggestion_whichever_side_wrote_which_and_each_finding_counts_once(
    database: Database, now: datetime
) -> None:
    later = now + timedelta(hours=2)
    swapped = Pair("items", "链路优化 设备", "负载均衡")
    with database.session() as session:
        suggestions, place = Suggestions(session), seen(session, now)
        assert suggestions.confirm(BALANCER, place, now) is True
        assert suggestions.confirm(swapped, replace(place, round=2, person="zhao_min"), later) is False
        assert suggestions.confirm(swapped, replace(place, finding_id="b2", person="zhao_min"), later) is True
    with database.reading() as session:
        row = session.scalars(select(SynonymSuggestion)).one()
        assert as_pair(row) == BALANCER
        assert (row.state, row.confirmations, row.first_seen_at, row.last_seen_at) == ("待处理", 2, now, later)
        found = Suggestions(session).evidence(row.id)
        told = [(each.sighting.person, each.finding.finding_id, each.review.project.code) for each in found]
        code = "2412-210100-18-01-140662"
        assert told == [("zhao_min", "b2", code), ("li_qiang", "a1", code)]
        assert len(Suggestions(session).evidence(row.id, most=1)) == 1


def test_suggestions_are_listed_by_state_and_words_the_most_confirmed_first(database: Database, now: datetime) -> None:
    first, second = suggest(database, now, BALANCER, SEATS)
    with database.session() as session:
        Suggestions(session).confirm(SEATS, seen(session, now, "b2"), now)
        DictionaryChanges(session).reject(first, "两种设备", hand(now))
    with database.reading() as session:
        suggestions = Suggestions(session)
        assert [row.id for row in suggestions.page(SuggestionSearch()).items] == [second]
        assert [row.id for row in suggestions.page(SuggestionSearch(SuggestionState.REJECTED)).items] == [first]
        assert suggestions.page(SuggestionSearch(words="坐席 在线")).total == 1
        assert suggestions.page(SuggestionSearch(words="100%")).total == 0
        assert suggestions.counts() == {SuggestionState.OPEN: 1, SuggestionState.REJECTED: 1}


def test_each_acceptance_and_each_end_is_a_version_that_can_be_laid_open_again(
    database: Database, now: datetime
) -> None:
    first, second = suggest(database, now, BALANCER, SEATS)
    entry = accept(database, first, now)
    accept(database, second, now, swapped=True, effective_from=DAY + timedelta(days=7))
    with database.session() as session:
        DictionaryChanges(session).withdraw(Withdrawal(entry.id, DAY + timedelta(days=9), "两种设备"), hand(now))
    with database.reading() as session:
        dictionary = Dictionary(session)
        versions = dictionary.versions().items
        assert [(row.number, row.change) for row in versions] == [
            (3, "停用：链路优化设备 = 负载均衡"),
            (2, "收入：在线席位 = 同时坐席数"),
            (1, "收入：链路优化设备 = 负载均衡"),
            (0, "出厂词典，没有收入的词条"),
        ]
        assert len({row.digest for row in versions}) == 4

        def counting(version: int, days: int) -> list[str]:
            return [one.pair.alias for one in dictionary.counting_on(version, DAY + timedelta(days=days))]

        assert [counting(version, 0) for version in range(4)] == [
            [],
            ["链路优化设备"],
            ["链路优化设备"],
            ["链路优化设备"],
        ]
        assert [counting(version, 8) for version in (2, 3)] == [["链路优化设备", "在线席位"]] * 2
        assert [counting(version, 9) for version in (2, 3)] == [["链路优化设备", "在线席位"], ["在线席位"]]
        assert counting(2, -1) == []


def test_a_round_keeps_the_dictionary_it_began_with(database: Database, now: datetime) -> None:
    (suggestion,) = suggest(database, now, BALANCER)
    with database.session() as session:
        review = open_review(session, now)
        before = Dictionary(session).pin(review, shipped(), DAY, now)
        assert (before.dictionary_version, before.rules_version) == (0, shipped().version)
    accept(database, suggestion, now)
    with database.session() as session:
        dictionary, review = Dictionary(session), open_review(session, now)
        assert dictionary.pin(review, shipped(), DAY + timedelta(days=1), now).dictionary_version == 0
        assert dictionary.rules_of(review.id, 1, shipped()) is shipped()
        Reviews(session).start_round(review, 2, now)
        after = dictionary.pin(review, shipped(), DAY, now)
        rules = dictionary.rules_of(review.id, 2, shipped())
        assert rules.dictionary.items["链路优化设备"] == rules.dictionary.items["负载均衡"]
        current = dictionary.current()
        assert (after.dictionary_version, after.dictionary_digest, after.day) == (1, current.digest, DAY)
        assert after.rules_version == rules.version != shipped().version
        assert dictionary.pinned(review.id, 3) is None
        assert dictionary.rules_of(review.id, 3, shipped()) is shipped()


def test_an_entry_of_the_future_counts_from_its_day(database: Database, now: datetime) -> None:
    (suggestion,) = suggest(database, now, BALANCER)
    accept(database, suggestion, now, effective_from=DAY + timedelta(days=1))
    with database.session() as session:
        dictionary, review = Dictionary(session), open_review(session, now)
        dictionary.pin(review, shipped(), DAY, now)
        Reviews(session).start_round(review, 2, now)
        dictionary.pin(review, shipped(), DAY + timedelta(days=1), now)
        assert dictionary.rules_of(review.id, 1, shipped()) is shipped()
        assert "链路优化设备" in dictionary.rules_of(review.id, 2, shipped()).dictionary.items


@pytest.mark.parametrize(
    ("pair", "why_not"),
    [
        (Pair("items", "负载均衡器", "链路优化设备"), "在词典中已是同一名称"),
        (Pair("items", "堡垒机", "链路优化设备"), "在词典中已指"),
        (Pair("items", "链路优化设备", "出口优化网关"), ""),
    ],
)
def test_entries_accepted_before_are_looked_at(database: Database, now: datetime, pair: Pair, why_not: str) -> None:
    first, second = suggest(database, now, BALANCER, pair)
    accept(database, first, now, effective_from=DAY + timedelta(days=3))
    if not why_not:
        accept(database, second, now)
        return
    with pytest.raises(DictionaryRefusedError) as refused:
        accept(database, second, now)
    assert why_not in refused.value.detail
    assert refused.value.detail.endswith("没有改动词典。")
    with database.reading() as session:
        assert Dictionary(session).current().number == 1


def test_an_ended_entry_stands_in_nobodys_way(database: Database, now: datetime) -> None:
    first, second = suggest(database, now, BALANCER, Pair("items", "堡垒机", "链路优化设备"))
    entry = accept(database, first, now)
    with database.session() as session:
        DictionaryChanges(session).withdraw(Withdrawal(entry.id, DAY + timedelta(days=1), "写错"), hand(now))
    with pytest.raises(DictionaryRefusedError):
        accept(database, second, now)
    accept(database, second, now, effective_from=DAY + timedelta(days=1))


def race(work: Callable[[int], None], times: int) -> list[str]:
    """Do something at the same moment in several threads; return what each came to."""
    together, ended = threading.Barrier(times), []

    def run(number: int) -> None:
        together.wait()
        try:
            work(number)
            ended.append("done")
        except DictionaryRefusedError as refused:
            ended.append(refused.detail)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_of_administrators_who_accept_at_once_one_is_first(database: Database, now: datetime) -> None:
    (suggestion,) = suggest(database, now, BALANCER)

    def decide(number: int) -> None:
        wanted = Acceptance(suggestion, swapped=False, effective_from=DAY)
        with database.session() as session:
            DictionaryChanges(session).accept(wanted, shipped(), hand(now, f"admin{number}"))

    ended = race(decide, 6)
    assert ended == ["done"] + ["这条建议已经收入词典（第 1 版）。没有改动词典。"] * 5
    with database.reading() as session:
        assert len(session.scalars(select(SynonymEntry)).all()) == 1
        assert Dictionary(session).current().number == 1


def test_conflicting_suggestions_accepted_at_once_do_not_both_come_in(database: Database, now: datetime) -> None:
    suggestions = suggest(database, now, BALANCER, Pair("items", "堡垒机", "链路优化设备"))

    def decide(number: int) -> None:
        wanted = Acceptance(suggestions[number], swapped=False, effective_from=DAY)
        with database.session() as session:
            DictionaryChanges(session).accept(wanted, shipped(), hand(now))

    ended = race(decide, 2)
    assert ended[0] == "done"
    assert "链路优化设备" in ended[1]


def test_different_suggestions_accepted_at_once_become_versions_one_after_another(
    database: Database, now: datetime
) -> None:
    suggestions = suggest(database, now, *(Pair("items", f"甲类平台{n}", f"乙类系统{n}") for n in range(5)))

    def decide(number: int) -> None:
        wanted = Acceptance(suggestions[number], swapped=False, effective_from=DAY)
        with database.session() as session:
            DictionaryChanges(session).accept(wanted, shipped(), hand(now))

    assert race(decide, 5) == ["done"] * 5
    with database.reading() as session:
        versions = Dictionary(session).versions().items
        assert [row.number for row in versions] == [5, 4, 3, 2, 1, 0]
        assert len({row.digest for row in versions}) == 6
        assert all(len(row.digest) == 64 for row in versions)
        told = session.scalars(select(AuditEvent).where(AuditEvent.subject == "dictionary")).all()
        assert [event.action for event in told] == ["synonym.accepted"] * 5
        assert verify(session, []).broken is None


def test_a_confirmation_that_waits_for_nobody_is_counted_once_for_each_finding(
    database: Database, now: datetime
) -> None:
    with database.session() as session:
        place = seen(session, now)

    def confirm(number: int) -> None:
        with database.session() as session:
            Suggestions(session).confirm(BALANCER, replace(place, finding_id="ab"[number % 2] + "12"[number % 2]), now)

    race(confirm, 6)
    with database.reading() as session:
        assert session.scalars(select(SynonymSuggestion.confirmations)).all() == [2]
