"""What may be changed on a user task, whether by an update or by a listener's corrections."""

from typing import Final

from engine.rest.checks import TEXTS, moment, nullable, whole

TASK_ATTRIBUTES: Final = {
    "dueDate": nullable(moment),
    "followUpDate": nullable(moment),
    "candidateUsers": nullable(TEXTS),
    "candidateGroups": nullable(TEXTS),
    "priority": nullable(whole(bits=32, least=0, most=100)),
}
