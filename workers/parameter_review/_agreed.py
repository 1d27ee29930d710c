"""The agreed review that a change goes on from: its approved table is the baseline, its tender is what is changed.

The unit uploads neither. What is missing or not certain is told to it, and nothing is begun.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.documents import ParameterTable
from records.changes import last_of, latest_agreed, opinion_number, running_change
from records.models import ENDED, ParameterReview
from workers.parameter_review._change import serial_of
from workers.parameter_review._request import Problem
from workers.registry import Books

CONFLICT = "conflict"
NO_AGREED_REVIEW = "no_agreed_review"
SEVERAL_AGREED = "several_agreed_reviews"
CHANGE_RUNNING = "change_running"
UNREGISTERED = frozenset({NO_AGREED_REVIEW, SEVERAL_AGREED, CHANGE_RUNNING})
"""Problems with which a change is not registered: there is nothing yet that it could belong to."""


@dataclass(frozen=True)
class Agreed:
    """What a change goes on from, and what the records know of its project."""

    review_id: int
    round: int
    baseline_id: int
    project_id: int
    project_name: str
    unit_code: str
    unit_name: str
    approval_number: str
    approval_date: date | None
    tender: ParameterTable = field(repr=False, compare=False)


def find_agreed(  # noqa: PLR0913, PLR0917 - what names a package, each by its name
    books: Books, process_instance_key: int, unit_code: str, project_code: str, package: str, opinion: str
) -> Agreed | Problem:
    """Return the agreed review that a change of a package goes on from, or what the unit has to be told.

    Args:
        books: the records.
        process_instance_key: of the change.
        unit_code: of the unit that asks.
        project_code: of the project.
        package: as the earlier review has it.
        opinion: the number of that review's opinion, "" when the unit left it out.
    """
    project = books.projects.with_code(project_code)
    if project is None:
        told = f"系统中没有项目代码为 {project_code} 的项目，变更审查须以已通过的技术参数审查为依据，请核对项目代码。"
        return Problem(NO_AGREED_REVIEW, told)
    if project.organisation.code != unit_code:
        return Problem(CONFLICT, f"项目代码 {project_code} 已由其他单位登记，请核对项目代码和单位代码。")
    reviews = books.changes.of_package(project.id, package)
    mine = next((one for one in reviews if one.process_instance_key == process_instance_key), None)
    if mine is not None and mine.change is not None and mine.baseline_table_id is not None:
        before = next(one for one in reviews if one.id == mine.change.agreed_review_id)
        return _agreed(books, before, mine.change.agreed_round)
    running = running_change(reviews, process_instance_key)
    if running is not None:
        told = (
            f"本采购包另有一件变更审查正在办理（审查编号 {running.id}，{running.state.value}），"
            "请等它办结后再申请；两件变更不能同时审查。"
        )
        return Problem(CHANGE_RUNNING, told)
    found = _choose(reviews, package, opinion)
    return found if isinstance(found, Problem) else _agreed(books, found, found.round)


def others_fen(books: Books, review: ParameterReview) -> int:
    """Return what the agreed tenders of the project's other packages come to, in fen, by the same approved table."""
    others: dict[str, list[ParameterReview]] = {}
    for one in books.reviews.of_project(review.project_id):
        if one.package != review.package and one.baseline_table_id == review.baseline_table_id:
            others.setdefault(one.package, []).append(one)
    latest = [one for reviews in others.values() for one in latest_agreed(reviews)]
    tenders = [books.tables.tender(one.id, one.round) for one in latest]
    return sum(tender.total_fen for tender in tenders if tender is not None)


def _choose(reviews: Sequence[ParameterReview], package: str, opinion: str) -> ParameterReview | Problem:
    latest = latest_agreed(reviews)
    if not latest:
        return _none_agreed(reviews, package)
    if opinion:
        serial = serial_of(opinion)
        agreed = [one for one in (last_of(reviews, named) for named in reviews if named.id == serial) if one in latest]
        if agreed:
            return agreed[0]
        told = f"采购包“{package}”已通过的审查中没有意见书文号为“{opinion}”的，已通过的有：{_listed(latest)}，请核对。"
        return Problem(NO_AGREED_REVIEW, told)
    if len(latest) > 1:
        told = (
            f"采购包“{package}”有 {len(latest)} 件已通过的审查：{_listed(latest)}，请填写本次变更所依据的意见书文号。"
        )
        return Problem(SEVERAL_AGREED, told)
    return latest[0]


def _none_agreed(reviews: Sequence[ParameterReview], package: str) -> Problem:
    under_way = [one for one in reviews if one.change is None and one.state not in ENDED and one.baseline_table_id]
    if under_way:
        states = "、".join(f"审查编号 {one.id}，{one.state.value}" for one in under_way)
        told = f"采购包“{package}”的采购前审查还没有办结（{states}），办结同意后才能申请变更审查。"
    else:
        told = (
            f"采购包“{package}”没有已通过的技术参数审查，变更审查缺少依据（审定的招标文件和批复参数价格表）。"
            "请核对项目代码和采购包名称；尚未审查的，请先申请采购前审查。"
        )
    return Problem(NO_AGREED_REVIEW, told)


def _listed(reviews: Sequence[ParameterReview]) -> str:
    return "、".join(opinion_number(one) for one in reviews)


def _agreed(books: Books, review: ParameterReview, review_round: int) -> Agreed:
    if review.baseline_table_id is None:
        raise LookupError(f"Agreed review {review.id} has no approved table")
    project = review.project
    return Agreed(
        review_id=review.id,
        round=review_round,
        baseline_id=review.baseline_table_id,
        project_id=project.id,
        project_name=project.name,
        unit_code=project.organisation.code,
        unit_name=project.organisation.name,
        approval_number=review.approval_number,
        approval_date=review.approval_date,
        tender=books.tables.tender_content(review.id, review_round),
    )
