"""Who builds what: organisations, projects, and the documents they hand in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.base import Base


class Organisation(Base, kw_only=True):
    """A project unit or bureau under one of its names.

    A renamed organisation gets a new row and the old one is superseded, so issued documents keep the name of their day.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        Index(
            "uq_organisation_code_current",
            "code",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str]
    name: Mapped[str]
    created_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)


class Project(Base, kw_only=True):
    """A project of the registry, with the versions of regulation and configuration it was started under (design D9).

    `last_worked_at` moves with every review of the project, so that the list of projects is sorted by an index.
    """

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("code"), Index("ix_project_last_worked_at_id", "last_worked_at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    code: Mapped[str]
    name: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    regulation_version: Mapped[str]
    configuration_version: Mapped[str]
    created_at: Mapped[datetime]
    last_worked_at: Mapped[datetime]

    organisation: Mapped[Organisation] = relationship(lazy="raise", init=False)


class Document(Base, kw_only=True):
    """A file of the document store: its SHA-256 names the content, the row says what it is and who brought it.

    `secrecy` is 公开 or 内部; files marked 秘密, 机密 or 绝密 are refused before they get here.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256_is_hex"),
        CheckConstraint("secrecy IN ('公开', '内部')", name="secrecy_is_open"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    sha256: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    secrecy: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
