"""The review and the two tables that a round is about."""

from domain.documents import ParameterTable
from domain.parameters.rules import Rules, shipped
from records.models import BaselineTable, Document, ParameterReview, ReviewKind
from workers.registry import Books
from workers.step import Occasion


def review_of(books: Books, at: Occasion) -> ParameterReview:
    """Return the review of the process instance."""
    return books.reviews.of_instance(at.process_instance_key)


def tables_of(books: Books, at: Occasion, review_round: int) -> tuple[ParameterTable, ParameterTable]:
    """Return the approved table and the tender of a round, as they were read."""
    review = review_of(books, at)
    return books.tables.baseline_content(_baseline(books, review).id), books.tables.tender_content(
        review.id, review_round
    )


def replaced_tender(books: Books, at: Occasion) -> ParameterTable | None:
    """Return the tender that was agreed last, when the review is about a model that replaces one of it."""
    change = books.changes.of_review(review_of(books, at).id)
    if change is None or change.kind != ReviewKind.REPLACEMENT:
        return None
    return books.tables.tender_content(change.agreed_review_id, change.agreed_round)


def rules_of(books: Books, review: ParameterReview, review_round: int) -> Rules:
    """Return the rules a round is judged by: the shipped ones with the dictionary as it was pinned for the round."""
    return books.dictionary.rules_of(review.id, review_round, shipped())


def documents_of(books: Books, review: ParameterReview, review_round: int) -> tuple[Document, Document]:
    """Return the files of a round: the approved table's and the tender's."""
    tender = books.tables.tender(review.id, review_round)
    wanted = (_baseline(books, review).document_id, tender.document_id if tender else 0)
    found = [document for document in map(books.documents.with_id, wanted) if document is not None]
    if len(found) != len(wanted):
        raise LookupError(f"Review {review.id} lacks a document in round {review_round}")
    return found[0], found[1]


def _baseline(books: Books, review: ParameterReview) -> BaselineTable:
    if review.baseline_table_id is None:
        raise LookupError(f"Review {review.id} has no approved table")
    return books.tables.baseline(review.baseline_table_id)
