# ruff: noqa: N818 (an exception is named for what has happened)
"""What can go wrong between us and the engine.

EngineError               the engine cannot serve (text for the operator, in Chinese)
├── JarsUnavailable       the engine's files could not be fetched or are not what was expected
├── DataDirectoryBusy     another engine holds the data directory
├── LogDamaged            the log holds something else than was written to it
└── Overloaded            a command was not written: nothing happened, try later
CommandError              one command came to nothing
├── Rejected              the engine refused it, in its own words
└── Unanswered            no answer in time: it may still happen
"""


class EngineError(Exception):
    """The engine cannot serve; the text says what happened, whether anything was lost, and what to do."""


class JarsUnavailable(EngineError):
    """The engine's jar files could not be fetched, or a file is not the one that was locked."""


class DataDirectoryBusy(EngineError):
    """Another engine holds the data directory."""


class LogDamaged(EngineError):
    """The engine's log holds something else than was written to it; nothing was changed."""


class Overloaded(EngineError):
    """The command was not written to the log: nothing happened, and the same command may be sent again."""


class CommandError(Exception):
    """One command came to nothing."""


class Rejected(CommandError):
    """The engine refused a command.

    Attributes:
        kind: the engine's rejection type: NOT_FOUND, INVALID_ARGUMENT, INVALID_STATE, ALREADY_EXISTS, …
        reason: the engine's own words, in English.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.reason = reason


class Unanswered(CommandError):
    """The engine has not answered in time. The command stands in the log and may still be carried out."""
