"""Where events go: a file of JSON lines, or a platform that takes CloudEvents over HTTP. Both may be sent to twice."""

import fcntl
import json
import os
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import quote

import httpx

from records.canonical import canonical_json
from records.outbox import CloudEvent

PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')
"""What the CloudEvents HTTP binding leaves as it is in a header value; everything else is percent-encoded."""

LONGEST_RECEIPT = 500


class DeliveryError(Exception):
    """The receiver did not take the event this time; it will be tried again."""


class Sink(Protocol):
    """A receiver of events."""

    def deliver(self, event: CloudEvent) -> str:
        """Hand over an event and return the receipt; handing over the same id again changes nothing.

        Raises:
            DeliveryError: it was not taken.
        """


class FileSink:
    """Appends events to a file, one JSON line each; the receipt is `line <number>`.

    A line is on disk before the receipt is given. A line torn by a crash was never receipted and is cut. Several
    processes may share the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: dict[str, int] = {}
        self._read_to = 0

    def deliver(self, event: CloudEvent) -> str:
        """Append the event unless its id is in the file."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                self._catch_up(file)
                if event.id not in self._lines:
                    self._append(file, event)
        except OSError as error:
            raise DeliveryError(f"{self.path}: {error.strerror}") from error
        return f"line {self._lines[event.id]}"

    def _catch_up(self, file: IO[bytes]) -> None:
        if file.seek(0, os.SEEK_END) < self._read_to:
            self._lines, self._read_to = {}, 0  # The file was replaced by a shorter one.
        file.seek(self._read_to)
        for line in file.readlines():
            if not line.endswith(b"\n"):
                file.truncate(self._read_to)
                break
            self._read_to += len(line)
            self._lines[json.loads(line)["id"]] = len(self._lines) + 1

    def _append(self, file: IO[bytes], event: CloudEvent) -> None:
        line = canonical_json({**event.attributes(), "data": event.data}).encode() + b"\n"
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
        self._read_to += len(line)
        self._lines[event.id] = len(self._lines) + 1


class HttpSink:
    """Posts events in the binary mode of the CloudEvents HTTP binding, with the id as `Idempotency-Key` too.

    Any 2xx answer is a receipt: the `receipt` of its JSON body if it has one, otherwise its status. Everything else,
    redirects included, is a failure.
    """

    def __init__(self, url: str, client: httpx.Client) -> None:
        self.url = url
        self.client = client

    def deliver(self, event: CloudEvent) -> str:
        """Post the event once."""
        attributes = event.attributes()
        headers = {"Content-Type": attributes.pop("datacontenttype"), "Idempotency-Key": quote(event.id, PRINTABLE)}
        headers |= {f"ce-{name}": quote(value, PRINTABLE) for name, value in attributes.items()}
        try:
            response = self.client.post(self.url, headers=headers, content=canonical_json(event.data).encode())
        except httpx.HTTPError as error:
            raise DeliveryError(f"{self.url}: {type(error).__name__}: {error}") from error
        if not response.is_success:
            raise DeliveryError(f"{self.url}: HTTP {response.status_code}")
        return _receipt(response)


def _receipt(response: httpx.Response) -> str:
    if response.headers.get("Content-Type", "").startswith("application/json"):
        try:
            body = response.json()
        except ValueError:
            body = None  # The receiver took the event; only its receipt is unreadable.
        if isinstance(body, dict) and body.get("receipt"):
            return str(body["receipt"])[:LONGEST_RECEIPT]
    return f"HTTP {response.status_code}"
