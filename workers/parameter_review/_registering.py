"""Entering what a unit handed in: the review, its approved table, and what stands against it in the registry."""

from records.changes import NewChange, plain_change
from records.documents import NewDocument
from records.models import Document, ParameterReview, ReviewKind
from records.projects import NewProject
from records.reviews import Request
from workers.failures import Unavailable
from workers.parameter_review._agreed import CONFLICT, find_agreed
from workers.parameter_review._change_words import change_note
from workers.parameter_review._findings import Findings
from workers.parameter_review._request import Problem, ReviewRequest
from workers.parameter_review._submission import Change, Submission, Upload
from workers.registry import Books, Variables
from workers.step import Occasion


def conflicts(books: Books, at: Occasion, request: ReviewRequest, change: Change | None) -> list[Problem]:
    """Return what a good request has against it in the registry.

    Raises:
        Unavailable: what a change goes on from has changed since it was looked up; it is looked up again.
    """
    project = books.projects.with_code(request.project_code)
    is_others = project is not None and project.organisation.code != request.unit_code
    if project is not None and is_others and books.projects.is_settled(project):
        other = f"项目代码 {request.project_code} 已由其他单位登记，请核对项目代码和单位代码。"
        return [Problem(CONFLICT, other)]
    review = books.reviews.find_instance(at.process_instance_key)
    if review is not None and review.baseline_table_id is not None:
        return _unlike(review, request, change)
    if change is None:
        return []
    books.changes.hold(change.agreed.project_id)
    named = request.unit_code, request.project_code, request.package_name, change.request.opinion
    found = find_agreed(books, at.process_instance_key, *named)
    if isinstance(found, Problem):
        return [found]
    if found != change.agreed:
        raise Unavailable("原审查刚刚有新的结论，系统将重新读取后再办理。")
    return []


def open_review(books: Books, at: Occasion, request: ReviewRequest, change: Change | None) -> ParameterReview:
    """Open the review of the process instance, with its change when it is about one."""
    project = NewProject(request.project_code, request.project_name, request.unit_code, request.unit_name)
    opened = Request(
        process_instance_key=at.process_instance_key,
        project_id=books.projects.register(project, at.now).id,
        package=request.package_name,
        approval_number=request.approval_number,
        approval_date=request.approval_date,
        submitted_by=request.unit_name,
    )
    review = books.reviews.open(opened, at.now)
    if change is not None and review.baseline_table_id is None:
        stated = change.request
        new = NewChange(
            kind=stated.kind,
            scope=stated.scope,
            reason=stated.reason,
            notice_number=stated.notice_number,
            notice_date=stated.notice_date,
            agreed_review_id=change.agreed.review_id,
            agreed_round=change.agreed.round,
        )
        books.changes.record(review, new)
    return review


def take_baseline(books: Books, review: ParameterReview, at: Occasion, submission: Submission) -> tuple[Document, int]:
    """Set the review's approved table, a change's to the one that was approved before; return its file and its rows."""
    if submission.change is not None:
        review.baseline_table_id = submission.change.agreed.baseline_id
        document = books.documents.with_id(books.tables.baseline(review.baseline_table_id).document_id)
        if document is None:
            raise LookupError(f"Review {review.id} lacks the document of its approved table")
        return document, len(books.tables.baseline_content(review.baseline_table_id).items)
    approved = submission.uploads["approved_document"]
    table = _same_as_before(books, review, approved) or books.documents.add(new_document(approved, review, at))
    review.baseline_table_id = books.tables.store_baseline(review.project_id, table, approved.table, at.now).id
    return table, len(approved.table.items)


def told_of(books: Books, review: ParameterReview, change: Change | None) -> Variables:
    """Return what the forms say about a change; of a review before procurement only that it is one.

    What had no certain place is kept for the step that joins the findings.
    """
    if change is None:
        return {"review_kind": ReviewKind.TENDER.value, "change_note": "", "doubts_sha256": None}
    stored = books.changes.of_review(review.id)
    if stored is None:
        raise LookupError(f"Review {review.id} has no change")
    if review.round == 1:
        books.note("change.registered", plain_change(stored))
    return {
        "review_kind": stored.kind,
        "change_note": change_note(books, stored),
        "doubts_sha256": books.keep_paper("doubts", Findings(change.doubts)),
        "project_name": review.project.name,
        "unit_name": review.project.organisation.name,
        "approval_number": review.approval_number,
        "approval_date": review.approval_date.isoformat() if review.approval_date else None,
    }


def new_document(upload: Upload, review: ParameterReview, at: Occasion) -> NewDocument:
    """Return an upload on its way into the registry."""
    return NewDocument(
        content=upload.content,
        kind=upload.kind,
        file_name=upload.file_name,
        media_type=upload.media_type,
        created_by=review.submitted_by,
        created_at=at.now,
    )


def _unlike(review: ParameterReview, request: ReviewRequest, change: Change | None) -> list[Problem]:
    """Return what a further round states otherwise than the review was registered."""
    kind = change.request.kind if change else ReviewKind.TENDER
    if (review.project.code, review.package, review.kind) == (request.project_code, request.package_name, kind):
        return []
    registered = f"项目代码 {review.project.code}、采购包“{review.package}”"
    told = registered if review.kind is kind else f"{registered}、{review.kind.value}"
    fixed = f"本次审查登记的是{told}，审查开始后不能更改；审查其他项目或采购包请另行申请。"
    return [Problem(CONFLICT, fixed)]


def _same_as_before(books: Books, review: ParameterReview, approved: Upload) -> Document | None:
    """Return the approved table's document when this round brings the very same file again."""
    if review.baseline_table_id is None:
        return None
    earlier = books.documents.with_id(books.tables.baseline(review.baseline_table_id).document_id)
    return earlier if earlier is not None and earlier.sha256 == approved.table.sha256 else None
