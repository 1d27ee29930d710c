"""How a step can end: which error means what, how long to wait, and that no value is told."""

import logging
from datetime import timedelta

import httpx
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from workers.failures import RETRIES, Outcome, Unavailable, describe, is_transient, log_bug, pause

QUOTED = "金额 1,234 万元"


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("引擎没有完成请求"),
        httpx.ConnectError("no route"),
        httpx.ReadTimeout("late"),
        OperationalError("select", {}, Exception("locked")),
        OSError(28, "No space left on device"),
        ExceptionGroup("both", [Unavailable("a"), OSError(28, "full")]),
    ],
)
def test_what_may_work_later_is_transient(error: Exception) -> None:
    assert is_transient(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(QUOTED),
        Outcome("document_refused", "请更正", {}),
        IntegrityError("insert", {}, Exception("unique")),
        ExceptionGroup("both", [Unavailable("a"), ValueError(QUOTED)]),
    ],
)
def test_everything_else_is_not(error: Exception) -> None:
    assert not is_transient(error)


def test_each_try_waits_twice_as_long_up_to_a_minute() -> None:
    waits = [pause(left, jitter=0.5).total_seconds() for left in range(RETRIES, 0, -1)]
    assert waits == [1, 2, 4, 8, 16, 32, 60]


def test_waits_are_spread_by_a_fifth_either_way() -> None:
    assert (pause(RETRIES, jitter=0.0), pause(RETRIES, jitter=1.0)) == (
        timedelta(seconds=0.8),
        timedelta(seconds=1.2),
    )
    assert timedelta(seconds=0.8) <= pause(RETRIES) <= timedelta(seconds=1.2)


def raised(error: Exception) -> Exception:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        fail()
    return caught.value


def test_a_foreign_error_is_told_by_type_and_place_only() -> None:
    told = describe(raised(ValueError(QUOTED)))
    assert told.startswith("程序出错：ValueError，位置 test_failures.py:")
    assert QUOTED not in told


def test_an_error_that_speaks_of_code_is_told_whole() -> None:
    assert "missing 1 required argument" in describe(raised(TypeError("missing 1 required argument")))


def test_our_own_errors_speak_for_themselves() -> None:
    assert describe(Unavailable("引擎没有完成请求")) == "引擎没有完成请求"


def test_a_bug_is_logged_with_its_traceback_and_without_its_values(caplog: pytest.LogCaptureFixture) -> None:
    log_bug(logging.getLogger("test"), "parameter_review.parse_documents", raised(ValueError(QUOTED)))
    assert "parameter_review.parse_documents: ValueError" in caplog.text
    assert "in fail" in caplog.text
    assert QUOTED not in caplog.text
