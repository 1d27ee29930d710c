"""What the steps ask of the engine over REST: uploaded files, names, messages."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from records.outbox import CloudEvent
from records.sinks import DeliveryError
from workers.failures import Unavailable
from workers.rest import EngineDocuments, EngineMessages, EnginePeople
from workers.settings import Settings

pytestmark = pytest.mark.engine


def settings_for(server: Any, folder: Path, **changes: Any) -> Settings:
    known = {
        "data": folder,
        "database_url": "",
        "grpc_address": server.grpc_address,
        "rest_address": server.rest_address,
        "user": "worker",
        "password": server.password("worker"),
        "outbox": "",
    }
    return Settings(**(known | changes))


@pytest.fixture
def settings(engine_server: Any, tmp_path: Path) -> Settings:
    return settings_for(engine_server, tmp_path)


def test_an_uploaded_file_is_fetched_up_to_the_limit_and_gone_once_deleted(
    engine_server: Any, settings: Settings
) -> None:
    uploaded = engine_server.rest("wang_fang").post("documents", files={"file": ("a.xlsx", b"0123456789")}).json()
    documents = EngineDocuments(settings)
    assert documents.fetch(uploaded, 100) == b"0123456789"
    assert documents.fetch(uploaded, 4) == b"01234"
    documents.delete(uploaded)
    assert documents.fetch(uploaded, 100) is None
    documents.delete(uploaded)
    documents.close()


def test_an_engine_that_refuses_is_not_a_file_that_is_gone(engine_server: Any, tmp_path: Path) -> None:
    documents = EngineDocuments(settings_for(engine_server, tmp_path, password="wrong"))  # noqa: S106 - the test's own
    with pytest.raises(Unavailable, match="状态 401"):
        documents.fetch({"documentId": "x"}, 1)
    documents.close()


@pytest.mark.parametrize("wrong", [{"contentHash": None}, {"contentHash": "0" * 64}, {"storeId": "elsewhere"}])
def test_a_reference_that_fits_no_file_is_no_file(
    engine_server: Any, settings: Settings, wrong: dict[str, Any]
) -> None:
    uploaded = engine_server.rest("wang_fang").post("documents", files={"file": ("a.xlsx", b"0123456789")}).json()
    documents = EngineDocuments(settings)
    assert documents.fetch(uploaded | wrong, 100) is None
    documents.close()


def test_a_group_has_a_name_and_one_that_is_not_there_has_none(settings: Settings) -> None:
    people = EnginePeople(settings)
    assert people.group_name("pu_csyx_operator") == "沈阳市城市运行服务中心 经办"
    assert people.group_name("pu_nobody_operator") is None
    people.close()


def test_a_person_has_a_name_and_a_stranger_only_a_user_name(settings: Settings) -> None:
    people = EnginePeople(settings)
    assert people.name("li_qiang") == "李强"
    assert people.name("no/body") == "no/body"
    people.close()


def test_an_event_becomes_a_message_and_a_second_delivery_is_none(settings: Settings) -> None:
    messages = EngineMessages(settings)
    event = CloudEvent(
        id=f"parameter_review.transferred:{time.time_ns()}",
        source="zhengjian",
        type="parameter_review.transferred",
        subject="parameter_review:1",
        time=datetime.now(UTC),
        data={"project_code": "2026-210100-01"},
    )
    assert messages.deliver(event).isdigit()
    assert messages.deliver(event) == "already published"
    messages.close()


def test_a_message_the_engine_does_not_take_is_tried_again_later(engine_server: Any, tmp_path: Path) -> None:
    messages = EngineMessages(settings_for(engine_server, tmp_path, password="wrong"))  # noqa: S106 - the test's own
    event = CloudEvent("1", "zhengjian", "a.b", "s", datetime.now(UTC), {"project_code": "1"})
    with pytest.raises(DeliveryError, match="状态 401"):
        messages.deliver(event)
    messages.close()
