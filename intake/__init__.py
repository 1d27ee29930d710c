"""Documents from outside, made readable at a price that is known: converted where needed, read apart where trust ends.

`domain.documents` reads bytes and does no I/O. What needs a program or a process of its own stands here: LibreOffice
for formats that only an office program reads, and a child with bounded time and memory for libraries that cannot be
bounded from inside (see docs/adr/0012-documents-are-read-apart.md).
"""

from intake.desk import Intake
from intake.settings import IntakeSettings, IntakeSettingsError

__all__ = ["Intake", "IntakeSettings", "IntakeSettingsError"]
