"""解析送审文件."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from domain.formats import CHINA
from domain.parameters.dictionary import rules_with
from domain.parameters.rules import Rules, shipped
from records.models import ParameterReview, ReviewKind, ReviewState
from workers.failures import Outcome
from workers.parameter_review._agreed import CONFLICT, UNREGISTERED, Agreed, find_agreed
from workers.parameter_review._change import read_kind
from workers.parameter_review._change_submission import ChangeLook, Find
from workers.parameter_review._periods import Periods
from workers.parameter_review._registering import conflicts, new_document, open_review, take_baseline, told_of
from workers.parameter_review._request import Problem
from workers.parameter_review._submission import UNKNOWN_UNIT, WANTED, Submission, look_at
from workers.parts import Documents, People, Uploads
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type

NOT_REGISTERED = frozenset({CONFLICT, UNKNOWN_UNIT, *UNREGISTERED})
"""Problems with which a request is not entered into the registry at all."""


class ParseDocuments:
    """Read the approved table and the tender and keep both, or send the request back with every reason (Article 18).

    Files and rows are written in one transaction under the element instance key: a second run finds its result there.
    """

    def __init__(
        self, registry: Registry, uploads: Uploads, people: People, periods: Periods, documents: Documents
    ) -> None:
        self._registry = registry
        self._uploads = uploads
        self._people = people
        self._periods = periods
        self._documents = documents

    def handle(  # noqa: PLR0913, PLR0917 - the fields of the start form, each by its name; a client may leave any out
        self,
        at: Occasion,
        project_code: Any = None,
        project_name: Any = None,
        unit_code: Any = None,
        unit_name: Any = None,
        approval_number: Any = None,
        approval_date: Any = None,
        package_name: Any = None,
        approved_document: Any = None,
        tender_document: Any = None,
        submitted_by: Any = None,
        review_kind: Any = None,
        change_scope: Any = None,
        change_reason: Any = None,
        change_notice_number: Any = None,
        change_notice_date: Any = None,
        earlier_opinion: Any = None,
    ) -> Variables:
        """Return the round and the tender under review; raise `document_refused` when something must be corrected."""
        given = {name: value for name, value in locals().items() if name in WANTED}
        done = self._registry.finished(at, job_type(self))
        if done is None:
            submission = self._look_at(at, given)
            done = self._registry.once(at, job_type(self), lambda books: self._take_in(books, at, submission))
        if "refusal_message" in done:
            raise Outcome("document_refused", done["refusal_message"], done)
        return done

    def _look_at(self, at: Occasion, given: Mapping[str, Any]) -> Submission:
        kind = read_kind(given)
        if kind is not None and kind is not ReviewKind.TENDER:
            look = ChangeLook(self._finder(at), self._uploads, self._people, self._documents, self._rules(at))
            return look.look_at(kind, given)
        submission = look_at(given, self._uploads, self._people, self._documents)
        if kind is not None:
            return submission
        unknown = Problem("request", f"请选择审查类型（{'、'.join(ReviewKind)}）。")
        return replace(submission, problems=[unknown, *submission.problems])

    def _finder(self, at: Occasion) -> Find:
        def find(unit_code: str, project_code: str, package: str, opinion: str) -> Agreed | Problem:
            with self._registry.reading(at, job_type(self)) as books:
                return find_agreed(books, at.process_instance_key, unit_code, project_code, package, opinion)

        return find

    def _rules(self, at: Occasion) -> Rules:
        with self._registry.reading(at, job_type(self)) as books:
            day = at.now.astimezone(CHINA).date()
            return rules_with(books.dictionary.counting_on(books.dictionary.current().number, day), shipped())

    def _take_in(self, books: Books, at: Occasion, submission: Submission) -> Variables:
        request, problems = submission.request, list(submission.problems)
        if request is not None:
            problems += conflicts(books, at, request, submission.change)
        if problems or request is None:
            return self._refuse(books, at, submission, problems)
        return self._keep(books, open_review(books, at, request, submission.change), at, submission)

    def _keep(self, books: Books, review: ParameterReview, at: Occasion, submission: Submission) -> Variables:
        tender = submission.uploads["tender_document"]
        for period in (self._periods.correction, self._periods.revision, self._periods.publication):
            books.close_period(period)
        if books.tables.tender(review.id, review.round) is None:
            books.reviews.move(review, ReviewState.CHECKING, at.now)
        else:
            books.reviews.start_round(review, review.round + 1, at.now)
        approved, approved_rows = take_baseline(books, review, at, submission)
        document = books.documents.add(new_document(tender, review, at))
        books.tables.store_tender(review.id, review.round, document, tender.table, at.now)
        pinned = books.dictionary.pin(review, shipped(), at.now.astimezone(CHINA).date(), at.now)
        counts = {"approved_rows": approved_rows, "tender_rows": len(tender.table.items)}
        hashes = {"approved_sha256": approved.sha256, "tender_sha256": document.sha256}
        rules = {"rules": pinned.rules_version, "dictionary": pinned.dictionary_version}
        told = {"round": review.round, **counts, **hashes, **rules, "submitted_by": submission.submitted_by}
        books.note("documents.parsed", told)
        change = told_of(books, review, submission.change)
        return {"review_round": review.round, "reviewed_file_name": document.file_name, **change}

    def _refuse(self, books: Books, at: Occasion, submission: Submission, problems: Sequence[Problem]) -> Variables:
        codes = [problem.code for problem in problems]
        review = books.reviews.find_instance(at.process_instance_key)
        if submission.request and NOT_REGISTERED.isdisjoint(codes):
            review = open_review(books, at, submission.request, submission.change)
        if review is not None:
            books.reviews.move(review, ReviewState.CORRECTING, at.now)
        books.note("documents.refused", {"codes": codes, "submitted_by": submission.submitted_by})
        return {
            "refusal_message": _listed([problem.message for problem in problems]),
            "correction_due": books.open_period(self._periods.correction),
            "correction_group": submission.corrected_by,
            **submission.references,
        }


def _listed(messages: Sequence[str]) -> str:
    if len(messages) == 1:
        return messages[0]
    return "\n\n".join(f"（{number}）{message}" for number, message in enumerate(messages, 1))
