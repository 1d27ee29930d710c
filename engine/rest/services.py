"""What the REST room is built from: one place that names every part a handler may reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.rest.task_access import TaskLocks

if TYPE_CHECKING:
    from engine.core.host import Engine
    from engine.documents import DocumentStore
    from engine.identity.signin import SignIn
    from engine.readmodel import ReadModel
    from engine.rest.job_bell import JobBell
    from engine.settings import EngineSettings


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of a running engine program."""

    engine: Engine
    read_model: ReadModel
    sign_in: SignIn
    documents: DocumentStore
    job_bell: JobBell
    settings: EngineSettings
    task_locks: TaskLocks = field(default_factory=TaskLocks)
