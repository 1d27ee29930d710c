"""What a unit hands in, looked at as a whole before anything is written: every problem is told at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from domain.documents import DocumentRefused, ParameterTable
from domain.parameters import Finding
from workers.parameter_review._agreed import Agreed
from workers.parameter_review._change import CHANGE_FIELDS, ChangeRequest
from workers.parameter_review._request import FIELDS, Problem, ReviewRequest, read_request, valid_unit_code
from workers.parameter_review._uploads import Refusal, media_type_of, name_of, only_file
from workers.parts import Documents, People, Uploads
from workers.words import writable

SECRET = "secrecy_marking"  # noqa: S105 - the reader's code for a marked file
UNKNOWN_UNIT = "unknown_unit"

BUREAU = "bdb_tech"
"""Corrects a request whose unit nobody knows: the office that reviews (Article 18)."""

SIDES = {
    "approved_document": ("approved_table", "审批后方案参数价格表"),
    "tender_document": ("tender", "招标文件"),
}
"""Of each file's variable: its kind in the registry, and what it is to the unit."""

WANTED = frozenset({*FIELDS, *SIDES, *CHANGE_FIELDS, "submitted_by"})

Read = TypeVar("Read")


@dataclass(frozen=True)
class Upload:
    """A file that was read, and the table in it."""

    kind: str
    content: bytes
    file_name: str
    media_type: str
    table: ParameterTable


@dataclass(frozen=True)
class Change:
    """The change of a submission: what it goes on from, and findings for a person on what had no certain place."""

    request: ChangeRequest
    agreed: Agreed
    doubts: tuple[Finding, ...]


@dataclass(frozen=True)
class Submission:
    """The request and the files as far as they are good, what must be corrected, and by which group.

    `references` are the two variables of the files as they may stay: a marked file's is emptied. A change has one
    file; its upload's table is the whole tender as it stands after the change.
    """

    request: ReviewRequest | None
    uploads: Mapping[str, Upload]
    references: Mapping[str, Any]
    problems: Sequence[Problem]
    corrected_by: str
    submitted_by: str
    change: Change | None = None


def look_at(given: Mapping[str, Any], uploads: Uploads, people: People, documents: Documents) -> Submission:
    """Check the request's fields (`WANTED`, each may be anything or None) and read both files."""
    request, wrong = read_request(given)
    problems = [Problem("request", message) for message in wrong]
    corrected_by, name, unknown = who_corrects(given, people)
    problems += unknown
    read, references = {}, {side: given[side] for side in SIDES}
    for side in SIDES:
        try:
            read[side] = _read(given[side], side, uploads, documents)
        except Refusal as refusal:
            problems.append(Problem(refusal.code, str(refusal)))
            references[side] = None if refusal.code == SECRET else given[side]
    # The people's directory says what the unit is called; one slip of the pen in a form must not rename it.
    request = replace(request, unit_name=name) if request and name else request
    return Submission(request, read, references, problems, corrected_by, writable(given["submitted_by"]))


def who_corrects(given: Mapping[str, Any], people: People) -> tuple[str, str, list[Problem]]:
    """Return the group that corrects the request, its unit's name as the directory has it ("" unknown), problems."""
    code = valid_unit_code(given["unit_code"])
    if not code:
        return BUREAU, "", []
    group = f"pu_{code}_operator"
    group_name = people.group_name(group)
    if group_name is None:
        return BUREAU, "", [Problem(UNKNOWN_UNIT, f"系统中没有单位代码为“{code}”的单位，请核对单位代码。")]
    return group, group_name.rsplit(" ", 1)[0], []  # A unit's group is named 单位 + space + duty.


def take(
    given: Any, label: str, uploads: Uploads, largest: int, read: Callable[[bytes, str], Read]
) -> tuple[bytes, str, str, Read]:
    """Return the content, name and media type of the file in a variable, and what `read` makes of it.

    Raises:
        Refusal: there is not exactly one file, or it cannot be taken in; a marked one is deleted.
    """
    reference = only_file(given, label)
    name = name_of(reference)
    content = uploads.fetch(reference, largest)
    if content is None:
        raise Refusal("gone", f"文件库中没有{label}《{name}》，或它与上传时不符，请重新上传。")
    try:
        made = read(content, name)
    except DocumentRefused as refusal:
        if refusal.code == SECRET:
            # Neither the content nor the name of a marked file may stay anywhere.
            uploads.delete(reference)
            name = "名称不予显示"
        raise Refusal(refusal.code, f"{label}《{name}》：{refusal.message}") from None
    return content, name, media_type_of(reference), made


def _read(given: Any, side: str, uploads: Uploads, documents: Documents) -> Upload:
    kind, label = SIDES[side]
    return Upload(kind, *take(given, label, uploads, documents.limits.file_bytes, documents.read))
