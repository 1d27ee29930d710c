"""Sign-ins of the pages, kept so that they outlive a restart."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from records.models import WebSession


class WebSessions:
    """The sign-ins. Whether one is still good is the gateway's to judge."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def open(self, id_hash: str, username: str, credential: bytes, at: datetime, expires_at: datetime) -> WebSession:
        """Record a sign-in; `credential` is already encrypted."""
        opened = WebSession(
            id_hash=id_hash,
            username=username,
            credential=credential,
            created_at=at,
            last_seen_at=at,
            expires_at=expires_at,
        )
        self.session.add(opened)
        return opened

    def with_hash(self, id_hash: str) -> WebSession | None:
        """Return the sign-in whose id has this hash, ended ones included."""
        return self.session.get(WebSession, id_hash)

    def touch(self, id_hash: str, at: datetime) -> None:
        """Note that the person was here."""
        self.session.execute(update(WebSession).where(WebSession.id_hash == id_hash).values(last_seen_at=at))

    def end(self, id_hash: str, at: datetime) -> None:
        """End a sign-in and erase its credential; the row stays."""
        is_open = (WebSession.id_hash == id_hash) & WebSession.ended_at.is_(None)
        self.session.execute(update(WebSession).where(is_open).values(ended_at=at, credential=None))

    def end_all_of(self, username: str, at: datetime) -> None:
        """End every sign-in of a person."""
        is_open = (WebSession.username == username) & WebSession.ended_at.is_(None)
        self.session.execute(update(WebSession).where(is_open).values(ended_at=at, credential=None))

    def end_over(self, at: datetime, idle: timedelta) -> None:
        """End what has run out or was not used for `idle`, so that no credential outlives its sign-in."""
        is_over = (WebSession.expires_at <= at) | (WebSession.last_seen_at <= at - idle)
        over = update(WebSession).where(WebSession.ended_at.is_(None), is_over)
        self.session.execute(over.values(ended_at=at, credential=None))
