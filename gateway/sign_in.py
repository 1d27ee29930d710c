"""Sign-in with the engine's own users, and the sessions that survive a restart.

The cookie is 256 random bits; the records keep only its hash and the credentials encrypted (`Vault`). A session ends
when idle, when old, at sign-out, and when the engine no longer takes the credentials.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from sqlalchemy.orm import Session

from gateway.engine_api import CallersEngine, Credentials, EngineApi
from gateway.engine_errors import SignInRefusedError
from gateway.people import Person
from gateway.security import Vault, new_cookie_value
from gateway.settings import Settings
from records import audit
from records.database import Database
from records.models import WebSession
from records.sessions import WebSessions

TOUCH_EVERY = timedelta(minutes=1)
MOST_REMEMBERED = 10_000
LONGEST_NAME = 64


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in person, and the engine as they may use it."""

    person: Person
    engine: CallersEngine


class SignIns:
    """Opens, resumes and ends sessions; shared by all requests."""

    def __init__(
        self, database: Database, vault: Vault, api: EngineApi, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self._database, self._vault, self._api, self._settings, self._now = database, vault, api, settings, now
        self._lock = threading.Lock()
        self._people: OrderedDict[str, tuple[Person, datetime]] = OrderedDict()

    def open(self, credentials: Credentials, previous_cookie: str | None, origin: str) -> str:
        """Sign in and return the new session's cookie; a session the browser still had is ended.

        Both outcomes are in the audit trail, with `origin`, the address the request came from.

        Raises:
            SignInRefusedError: the engine does not know these credentials.
        """
        try:
            person = Person.from_engine(self._api.for_caller(credentials).me())
        except SignInRefusedError:
            with self._database.session() as session:
                _note(session, "sign_in.refused", credentials.username[:LONGEST_NAME], origin, self._now())
            raise
        cookie, now = new_cookie_value(), self._now()
        sealed = self._vault.seal(json.dumps([credentials.username, credentials.password]))
        with self._database.session() as session:
            sessions = WebSessions(session)
            sessions.end_over(now, self._settings.session_idle)
            if previous_cookie:
                sessions.end(_hash(previous_cookie), now)
            sessions.open(_hash(cookie), person.username, sealed, now, now + self._settings.session_absolute)
            _note(session, "sign_in.succeeded", person.username, origin, now)
        self._remember(_hash(cookie), person)
        return cookie

    def resume(self, cookie: str) -> Visit | None:
        """Return the visit that a cookie stands for, or None when its session is over."""
        id_hash, now = _hash(cookie), self._now()
        with self._database.reading() as session:
            found = WebSessions(session).with_hash(id_hash)
        if found is None or not self._is_alive(found, now):
            return None
        credentials = self._credentials(found)
        if credentials is None:
            return None
        engine = self._api.for_caller(credentials)
        try:
            person = self._remembered(id_hash, now) or self._remember(id_hash, Person.from_engine(engine.me()))
        except SignInRefusedError:
            self.close(cookie)
            return None
        if now - found.last_seen_at >= TOUCH_EVERY:
            with self._database.session() as session:
                WebSessions(session).touch(id_hash, now)
        return Visit(person, engine)

    def close(self, cookie: str) -> None:
        """End a session; its credentials are erased."""
        with self._database.session() as session:
            WebSessions(session).end(_hash(cookie), self._now())
        with self._lock:
            self._people.pop(_hash(cookie), None)

    def end_what_is_over(self) -> None:
        """End sessions that ran out or that nobody used, so that their credentials do not lie about any longer."""
        with self._database.session() as session:
            WebSessions(session).end_over(self._now(), self._settings.session_idle)

    def _is_alive(self, found: WebSession, now: datetime) -> bool:
        return (
            found.ended_at is None and now < found.expires_at and now - found.last_seen_at < self._settings.session_idle
        )

    def _credentials(self, found: WebSession) -> Credentials | None:
        if found.credential is None:
            return None
        try:
            return Credentials(*json.loads(self._vault.unseal(found.credential)))
        except InvalidToken:
            return None  # The key in the secrets folder was renewed: everybody signs in again.

    def _remembered(self, id_hash: str, now: datetime) -> Person | None:
        with self._lock:
            person, asked_at = self._people.get(id_hash, (None, now))
        return person if now - asked_at < self._settings.identity_refresh else None

    def _remember(self, id_hash: str, person: Person) -> Person:
        with self._lock:
            self._people[id_hash] = person, self._now()
            if len(self._people) > MOST_REMEMBERED:
                self._people.popitem(last=False)
        return person


def _note(session: Session, action: str, username: str, origin: str, at: datetime) -> None:
    audit.append(session, username or "unknown", action, f"user:{username}", {"from": origin}, at)


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
