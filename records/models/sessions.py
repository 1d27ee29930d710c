"""Sign-ins of the pages."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base


class WebSession(Base, kw_only=True):
    """A sign-in. Only its id's hash is kept; the engine credential is encrypted, and erased when the session ends."""

    __tablename__ = "web_session"

    id_hash: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(index=True)
    credential: Mapped[bytes | None]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
