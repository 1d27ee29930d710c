"""How the engine says no, as exceptions.

EngineError
├── EngineUnreachableError   no connection, or no answer in time: nothing is known about the command
├── EngineBusyError          503, back-pressure: the command was not taken, trying again is right
└── EngineRefusalError       any other 4xx/5xx, with the engine's own title and detail
    ├── SignInRefusedError   401
    └── DeniedError          a task listener said no; its own reason is the detail
"""

import re

import httpx

DENIAL = re.compile(r"Reason to deny: '(.*)'", re.DOTALL)
"""How the engine quotes a task listener's reason in its rejection."""


class EngineError(Exception):
    """The engine did not do what it was asked."""


class EngineUnreachableError(EngineError):
    """No connection to the engine, or no answer within the time-out."""


class EngineBusyError(EngineError):
    """The engine takes no commands at the moment (back-pressure)."""


class EngineRefusalError(EngineError):
    """The engine refused.

    Attributes:
        status: HTTP status of the spec (400, 403, 404, 409, 504, …).
        title, detail: the engine's own words.
    """

    def __init__(self, status: int, title: str, detail: str) -> None:
        super().__init__(f"{status} {title}: {detail}")
        self.status, self.title, self.detail = status, title, detail


class DeniedError(EngineRefusalError):
    """A task listener of the process denied the step; `detail` is its reason, written for people."""


class SignInRefusedError(EngineRefusalError):
    """User name and password are not (or no longer) those of a user of the engine."""


def refusal(answer: httpx.Response) -> EngineError:
    """Return the exception that an answer with an error status stands for."""
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    title, detail = str(problem.get("title", answer.reason_phrase)), str(problem.get("detail", ""))
    if denial := DENIAL.search(detail):
        return DeniedError(answer.status_code, title, denial[1])
    if answer.status_code == httpx.codes.UNAUTHORIZED:
        return SignInRefusedError(answer.status_code, title, detail)
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return EngineBusyError(detail)
    return EngineRefusalError(answer.status_code, title, detail)
