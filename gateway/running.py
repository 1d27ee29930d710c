"""What a running gateway is made of; `gateway.main` puts it together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gateway.engine_api import EngineApi
from gateway.people import NameBook
from gateway.security import Vault
from gateway.settings import Settings
from gateway.sign_in import SignIns
from gateway.static_files import StaticFiles
from records.database import Database
from records.documents import DocumentStore


@dataclass(frozen=True)
class Gateway:
    """The parts all requests share. `now` gives the current time, aware."""

    settings: Settings
    database: Database
    documents: DocumentStore
    api: EngineApi
    vault: Vault
    sign_ins: SignIns
    names: NameBook
    static: StaticFiles
    now: Callable[[], datetime]

    def close(self) -> None:
        """Give back the connections to the engine and to the records."""
        self.api.close()
        self.database.close()
