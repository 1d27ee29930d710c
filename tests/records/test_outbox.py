import contextlib
import json
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from records.database import Database
from records.delivery import Delivery, Outcome, Policy
from records.models import AuditEvent, OutboxEvent, OutboxState
from records.outbox import CloudEvent, Outbox
from records.sinks import DeliveryError, FileSink, HttpSink

POLICY = Policy(first_wait=timedelta(seconds=2), longest_wait=timedelta(seconds=10), alarm_after=3)


def an_event(now: datetime, number: int = 1, subject: str = "parameter_review:1") -> CloudEvent:
    return CloudEvent(
        id=f"{subject}:concluded:{number}",
        source="/zhengjian",
        type="parameter_review.concluded",
        subject=subject,
        time=now,
        data={"conclusion": "同意", "round": number},
    )


def put(database: Database, now: datetime, *events: CloudEvent, target: str = "platform") -> None:
    with database.session() as session:
        for event in events:
            Outbox(session).add(target, event, now)


class Receiver:
    """A sink that refuses as often as told, and remembers what it took."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals, self.taken = refusals, list[CloudEvent]()
        self._lock = threading.Lock()

    def deliver(self, event: CloudEvent) -> str:
        with self._lock:
            if self.refusals:
                self.refusals -= 1
                raise DeliveryError("平台维护中")
            self.taken.append(event)
            return f"receipt {len(self.taken)}"


def read_events(database: Database) -> list[OutboxEvent]:
    with database.reading() as session:
        return list(Outbox(session).of_subject("parameter_review:1"))


def test_an_event_reaches_its_receiver_and_the_receipt_is_kept(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    receiver, later = Receiver(), now + timedelta(seconds=1)
    assert Delivery(database, {"platform": receiver}, POLICY).deliver(later) == Outcome(1, 0)
    assert receiver.taken == [an_event(now)]
    (row,) = read_events(database)
    assert (row.state, row.receipt, row.attempts, row.delivered_at) == ("delivered", "receipt 1", 1, later)
    assert (row.last_error, row.alarmed_at) == (None, None)
    assert Delivery(database, {"platform": receiver}, POLICY).deliver(later) == Outcome(0, 0)


def test_an_event_exists_only_if_the_fact_it_tells_was_committed(database: Database, now: datetime) -> None:
    with contextlib.suppress(KeyError), database.session() as session:
        Outbox(session).add("platform", an_event(now), now)
        raise KeyError
    receiver = Receiver()
    assert Delivery(database, {"platform": receiver}, POLICY).deliver(now) == Outcome(0, 0)
    assert receiver.taken == []


def test_the_same_id_is_put_up_once(database: Database, now: datetime) -> None:
    with database.session() as session:
        Outbox(session).add("platform", an_event(now), now)
        Outbox(session).add("platform", an_event(now), now)
    put(database, now, an_event(now))
    assert len(read_events(database)) == 1


def test_failed_attempts_wait_twice_as_long_each_time_up_to_a_limit(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    delivery, waits, moment = Delivery(database, {"platform": Receiver(refusals=99)}, POLICY), [], now
    for _ in range(5):
        assert delivery.deliver(moment) == Outcome(0, 1)
        (row,) = read_events(database)
        waits.append((row.next_attempt_at - moment).total_seconds())
        assert delivery.deliver(row.next_attempt_at - timedelta(milliseconds=1)) == Outcome(0, 0)
        moment = row.next_attempt_at
    assert waits == [2, 4, 8, 10, 10]
    assert (row.attempts, row.last_error, row.state) == (5, "平台维护中", OutboxState.PENDING)


def test_after_some_failures_somebody_is_told_once_and_attempts_go_on(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    delivery = Delivery(database, {"platform": Receiver(refusals=5)}, POLICY)
    outcomes = [delivery.deliver(now + timedelta(minutes=minute)) for minute in range(6)]
    assert outcomes == [Outcome(0, 1)] * 5 + [Outcome(1, 0)]
    with database.reading() as session:
        (alarm,) = session.query(AuditEvent).all()
        assert Outbox(session).alarming() == []
    assert (alarm.actor, alarm.action, alarm.subject) == ("outbox", "outbox.delivery_failing", "parameter_review:1")
    assert json.loads(alarm.payload) == {
        "id": "parameter_review:1:concluded:1",
        "target": "platform",
        "attempts": 3,
        "error": "平台维护中",
    }
    assert alarm.at == now + timedelta(minutes=2)


def test_a_bug_in_a_sink_fails_the_event_and_lets_the_others_through(
    database: Database, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(Receiver):
        def deliver(self, event: CloudEvent) -> str:
            if event.subject.endswith(":1"):
                raise KeyError("receipt")
            return super().deliver(event)

    put(database, now, an_event(now), an_event(now, subject="parameter_review:2"))
    receiver = Faulty()
    assert Delivery(database, {"platform": receiver}, POLICY).deliver(now) == Outcome(1, 1)
    assert [event.subject for event in receiver.taken] == ["parameter_review:2"]
    (row,) = read_events(database)
    assert (row.last_error, row.next_attempt_at) == ("推送程序出错：KeyError", now + timedelta(seconds=2))
    assert "could not be handed over" in caplog.text


def test_a_delivery_for_one_target_leaves_the_others_alone(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    put(database, now, an_event(now, 2), target="engine")
    receiver = Receiver()
    Delivery(database, {"engine": receiver}, POLICY, OutboxEvent.target == "engine").deliver(now)
    assert [event.id for event in receiver.taken] == ["parameter_review:1:concluded:2"]
    assert [(row.target, row.attempts) for row in read_events(database)] == [("platform", 0), ("engine", 1)]


def test_what_needs_looking_after_is_listed_until_it_is_delivered(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    delivery = Delivery(database, {}, POLICY)
    for minute in range(3):
        delivery.deliver(now + timedelta(minutes=minute))
    with database.reading() as session:
        (row,) = Outbox(session).alarming()
    assert (row.last_error, row.alarmed_at) == ("没有配置推送目标 platform", now + timedelta(minutes=2))


def test_events_of_a_subject_keep_their_order_and_do_not_hold_up_others(database: Database, now: datetime) -> None:
    put(database, now, an_event(now, 1), an_event(now, 2), an_event(now, 1, "parameter_review:2"))
    receiver = Receiver(refusals=1)
    delivery = Delivery(database, {"platform": receiver}, POLICY)
    delivery.deliver(now)
    assert [event.id for event in receiver.taken] == ["parameter_review:2:concluded:1"]
    delivery.deliver(now + timedelta(seconds=2))
    assert [event.id for event in receiver.taken][1:] == [
        "parameter_review:1:concluded:1",
        "parameter_review:1:concluded:2",
    ]


def test_a_lease_left_by_a_crash_runs_out_and_the_event_is_tried_again(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    with database.session() as session:
        assert len(Outbox(session).lease(now, POLICY.lease, 10)) == 1
    delivery = Delivery(database, {"platform": Receiver()}, POLICY)
    assert delivery.deliver(now + POLICY.lease - timedelta(seconds=1)) == Outcome(0, 0)
    assert delivery.deliver(now + POLICY.lease) == Outcome(1, 0)


def test_a_late_failure_does_not_undo_what_another_delivered(database: Database, now: datetime) -> None:
    put(database, now, an_event(now))
    delivery = Delivery(database, {"platform": Receiver()}, POLICY)
    delivery.deliver(now)
    delivery._note_failure(read_events(database)[0].id, "too late", now)
    (row,) = read_events(database)
    assert (row.state, row.last_error) == (OutboxState.DELIVERED, None)


def test_several_deliveries_at_once_hand_over_each_event_once(database: Database, now: datetime) -> None:
    put(database, now, *(an_event(now, 1, f"parameter_review:{number}") for number in range(40)))
    receiver = Receiver()
    deliveries = [
        threading.Thread(
            target=Delivery(database, {"platform": receiver}, replace(POLICY, batch=3)).deliver, args=(now,)
        )
        for _ in range(4)
    ]
    for delivery in deliveries:
        delivery.start()
    for delivery in deliveries:
        delivery.join()
    assert sorted(event.subject for event in receiver.taken) == sorted(f"parameter_review:{n}" for n in range(40))


def test_a_receipt_lost_by_a_crash_leads_to_a_second_send_that_changes_nothing(
    database: Database, now: datetime, tmp_path: Path
) -> None:
    put(database, now, an_event(now))
    path = tmp_path / "pushed.jsonl"
    with database.session() as session:
        Outbox(session).lease(now, POLICY.lease, 10)
    FileSink(path).deliver(an_event(now))  # Sent, and then the program died before noting the receipt.
    assert Delivery(database, {"platform": FileSink(path)}, POLICY).deliver(now + POLICY.lease) == Outcome(1, 0)
    assert len(path.read_text().splitlines()) == 1
    assert read_events(database)[0].receipt == "line 1"


def test_the_file_has_one_cloud_event_a_line(tmp_path: Path, now: datetime) -> None:
    sink = FileSink(tmp_path / "new" / "pushed.jsonl")
    assert [sink.deliver(an_event(now, 1)), sink.deliver(an_event(now, 2)), sink.deliver(an_event(now, 1))] == [
        "line 1",
        "line 2",
        "line 1",
    ]
    lines = [json.loads(line) for line in sink.path.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {
        "specversion": "1.0",
        "id": "parameter_review:1:concluded:1",
        "source": "/zhengjian",
        "type": "parameter_review.concluded",
        "subject": "parameter_review:1",
        "time": "2026-11-23T01:30:00Z",
        "datacontenttype": "application/json",
        "data": {"conclusion": "同意", "round": 1},
    }
    assert len(lines) == 2


def test_a_torn_last_line_is_cut_and_written_again(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "pushed.jsonl"
    FileSink(path).deliver(an_event(now, 1))
    whole = path.read_bytes()
    for kept in range(1, len(whole)):
        path.write_bytes(whole + whole.replace(b":1", b":2")[:kept])
        sink = FileSink(path)
        assert sink.deliver(an_event(now, 3)) == "line 2"
        ids = [json.loads(line)["id"] for line in path.read_bytes().splitlines()]
        assert ids == ["parameter_review:1:concluded:1", "parameter_review:1:concluded:3"]


def test_several_writers_share_the_file(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "pushed.jsonl"
    one, other = FileSink(path), FileSink(path)
    one.deliver(an_event(now, 1))
    assert other.deliver(an_event(now, 1)) == "line 1"
    assert other.deliver(an_event(now, 2)) == "line 2"
    assert one.deliver(an_event(now, 2)) == "line 2"
    path.write_bytes(b"")
    assert one.deliver(an_event(now, 2)) == "line 1"


def test_a_file_that_cannot_be_written_is_a_failed_attempt(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(DeliveryError, match="Is a directory"):
        FileSink(tmp_path).deliver(an_event(now))


WRITES_UNTIL_KILLED = """
    import sys
    from datetime import UTC, datetime
    from pathlib import Path
    from records.outbox import CloudEvent
    from records.sinks import FileSink

    sink = FileSink(Path(sys.argv[1]))
    print("started", flush=True)
    for number in range(100_000):
        event = CloudEvent(f"e{number}", "/z", "a.b", "a:1", datetime(2026, 11, 23, tzinfo=UTC), {"填充": "x" * 5000})
        print(sink.deliver(event), flush=True)
"""


def test_every_receipt_given_before_kill_9_stands_in_the_file(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "pushed.jsonl"
    command = [sys.executable, "-c", textwrap.dedent(WRITES_UNTIL_KILLED), str(path)]
    for life in range(3):
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        receipts = [program.stdout.readline() for _ in range(20 + life * 30)]
        os.kill(program.pid, 9)
        receipts += program.stdout.readlines()
        program.wait()
        program.stdout.close()
        lines = path.read_bytes().splitlines(keepends=True)
        whole = [json.loads(line)["id"] for line in lines if line.endswith(b"\n")]
        assert whole == [f"e{number}" for number in range(len(whole))]
        assert len(whole) >= len(receipts) - 1
    assert FileSink(path).deliver(an_event(now)) == f"line {len(whole) + 1}"


class Platform(ThreadingHTTPServer):
    """A receiving platform on the loopback interface: remembers requests and answers as told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answer: tuple[int, str, bytes] = (202, "text/plain", b"")


class Endpoint(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(({name.lower(): value for name, value in self.headers.items()}, body))
        status, media_type, content = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        if status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Keep the test output quiet."""


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform()
    serving = threading.Thread(target=platform.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield platform
    platform.shutdown()
    serving.join()
    platform.server_close()


@pytest.fixture
def http_sink(platform: Platform) -> Iterator[HttpSink]:
    with httpx.Client(timeout=5) as client:
        yield HttpSink(f"http://127.0.0.1:{platform.server_address[1]}/events", client)


def test_a_platform_gets_the_event_with_cloud_events_headers(
    platform: Platform, http_sink: HttpSink, now: datetime
) -> None:
    platform.answer = (200, "application/json", '{"receipt": "回执-17"}'.encode())
    assert http_sink.deliver(an_event(now, 1, "项目 1%")) == "回执-17"
    ((headers, body),) = platform.requests
    expected = {
        "content-type": "application/json",
        "idempotency-key": "%E9%A1%B9%E7%9B%AE%201%25:concluded:1",
        "ce-specversion": "1.0",
        "ce-id": "%E9%A1%B9%E7%9B%AE%201%25:concluded:1",
        "ce-source": "/zhengjian",
        "ce-type": "parameter_review.concluded",
        "ce-subject": "%E9%A1%B9%E7%9B%AE%201%25",
        "ce-time": "2026-11-23T01:30:00Z",
    }
    assert {name: headers[name] for name in expected} == expected
    assert json.loads(body) == {"conclusion": "同意", "round": 1}


@pytest.mark.parametrize(
    ("answer", "receipt"),
    [
        ((204, "text/plain", b""), "HTTP 204"),
        ((201, "application/json", b'{"id": 1}'), "HTTP 201"),
        ((201, "application/json", b"[1]"), "HTTP 201"),
        ((200, "application/json; charset=utf-8", b'{"receipt": "r-1"}'), "r-1"),
    ],
)
def test_any_success_is_a_receipt(
    platform: Platform, http_sink: HttpSink, now: datetime, answer: tuple[int, str, bytes], receipt: str
) -> None:
    platform.answer = answer
    assert http_sink.deliver(an_event(now)) == receipt


@pytest.mark.parametrize("status", [302, 400, 409, 429, 500, 503])
def test_any_other_answer_is_a_failed_attempt(
    platform: Platform, http_sink: HttpSink, now: datetime, status: int
) -> None:
    platform.answer = (status, "text/plain", b"")
    with pytest.raises(DeliveryError, match=f"HTTP {status}"):
        http_sink.deliver(an_event(now))


def test_a_platform_that_cannot_be_reached_is_a_failed_attempt(now: datetime) -> None:
    with httpx.Client() as client, pytest.raises(DeliveryError, match="ConnectError"):
        HttpSink("http://127.0.0.1:1/events", client).deliver(an_event(now))
