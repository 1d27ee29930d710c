"""The engine's REST API, as far as the steps need it: uploaded documents, people's names, messages."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx

from records.outbox import CloudEvent
from records.sinks import DeliveryError
from workers.failures import Unavailable
from workers.settings import Settings

MESSAGE_LIFE = timedelta(days=7)
"""How long a message waits in the engine for a process that takes it."""


def client_options(settings: Settings, timeout: float) -> dict[str, Any]:
    """Return what every HTTP client of the engine has in common; `timeout` in seconds."""
    # The engine is near; a proxy set for the office's way into the internet must not catch these calls.
    return {
        "base_url": f"{settings.rest_address}/v2",
        "auth": (settings.user, settings.password),
        "timeout": timeout,
        "trust_env": False,
    }


class EngineDocuments:
    """Files that users uploaded: the engine keeps them, variables carry references to them."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(**client_options(settings, 60))

    def fetch(self, reference: Mapping[str, Any], limit: int) -> bytes | None:
        """Return a file's content, at most `limit` + 1 bytes of it, or None when the engine has no such file.

        400 is its word for a reference that fits no file: hash or store missing or wrong.

        Raises:
            Unavailable: the engine cannot give it now.
        """
        with self._client.stream("GET", _document_path(reference), params=_document_query(reference)) as answer:
            if answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.BAD_REQUEST}:
                return None
            require_success(answer)
            content = bytearray()
            for part in answer.iter_bytes():
                content += part
                if len(content) > limit:
                    break
            return bytes(content[: limit + 1])

    def delete(self, reference: Mapping[str, Any]) -> None:
        """Remove a file from the engine; one that is gone already is no matter.

        Raises:
            Unavailable: the engine cannot do it now.
        """
        query = {"storeId": reference["storeId"]} if reference.get("storeId") else {}
        answer = self._client.delete(_document_path(reference), params=query)
        if answer.status_code != httpx.codes.NOT_FOUND:
            require_success(answer)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class EnginePeople:
    """The people the engine knows."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(**client_options(settings, 30))

    def name(self, username: str) -> str:
        """Return a person's name; the user name itself where people are kept by an identity provider, not the engine.

        Raises:
            Unavailable: the engine cannot tell now.
        """
        answer = self._client.get(f"/users/{quote(username, safe='')}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return username
        require_success(answer)
        return str(answer.json().get("name") or username)

    def group_name(self, group: str) -> str | None:
        """Return a group's name, None when there is no such group.

        "" where groups are kept by an identity provider: the engine then lists none, or does not let workers look.

        Raises:
            Unavailable: the engine cannot tell now.
        """
        found = self._groups({"groupId": group})
        if found:
            return str(found[0].get("name") or "")
        return None if found is not None and self._groups({}) else ""

    def _groups(self, wanted: Mapping[str, str]) -> list[dict[str, Any]] | None:
        answer = self._client.post("/groups/search", json={"filter": wanted, "page": {"limit": 1}})
        if answer.status_code in {httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND}:
            return None
        require_success(answer)
        return list(answer.json()["items"])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class EngineInstances:
    """The engine's process instances."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(**client_options(settings, 30))

    def terminated(self, keys: Iterable[int]) -> set[int]:
        """Return which of these process instances were cancelled; ask for at most a few hundred.

        Raises:
            Unavailable: the engine cannot tell now.
        """
        asked = [str(key) for key in keys]
        wanted = {"processInstanceKey": {"$in": asked}, "state": "TERMINATED"}
        body = {"filter": wanted, "page": {"limit": len(asked)}}
        answer = self._client.post("/process-instances/search", json=body)
        require_success(answer)
        return {int(each["processInstanceKey"]) for each in answer.json()["items"]}

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class EngineMessages:
    """Outbox sink that starts or continues processes: an event becomes a message, correlated by project code (D3)."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(**client_options(settings, 30))

    def deliver(self, event: CloudEvent) -> str:
        """Publish the message and return its key; the engine drops a second one with the same id.

        Raises:
            records.sinks.DeliveryError: the engine did not take it.
        """
        body = {
            "name": event.type,
            "correlationKey": str(event.data["project_code"]),
            "messageId": event.id,
            "timeToLive": int(MESSAGE_LIFE.total_seconds() * 1000),
            "variables": event.data,
        }
        try:
            answer = self._client.post("/messages/publication", json=body)
        except httpx.HTTPError as error:
            raise DeliveryError(f"引擎没有收下消息 {event.type}：{type(error).__name__}") from error
        if answer.status_code == httpx.codes.CONFLICT:
            return "already published"
        if not answer.is_success:
            raise DeliveryError(f"引擎没有收下消息 {event.type}：状态 {answer.status_code}")
        return str(answer.json()["messageKey"])

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _document_path(reference: Mapping[str, Any]) -> str:
    return f"/documents/{quote(str(reference['documentId']), safe='')}"


def _document_query(reference: Mapping[str, Any]) -> dict[str, Any]:
    return {name: reference[name] for name in ("storeId", "contentHash") if reference.get(name)}


def require_success(answer: httpx.Response) -> None:
    """Raise `Unavailable` unless the engine did what it was asked."""
    if not answer.is_success:
        raise Unavailable(f"引擎没有完成请求（{answer.request.url.path}，状态 {answer.status_code}）")
