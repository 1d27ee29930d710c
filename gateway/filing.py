"""The files of a project as a clerk would file them: by review and round, the newest first."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from records.models import AuditEvent, Document, ParameterReview
from records.projects import Projects

RENDERED = "opinion.rendered"


@dataclass(frozen=True)
class Folder:
    """The files of one round of one review; those that belong to none are in a folder without a review.

    Attributes:
        review: whose files they are, or None.
        round: which round they were handed in for, or 0.
        documents: the files, in the order in which the round brings them forth.
    """

    review: ParameterReview | None
    round: int
    documents: Sequence[Document]


def file_documents(
    session: Session, project_id: int, reviews: Sequence[ParameterReview], history: Iterable[AuditEvent]
) -> list[Folder]:
    """Return a project's files in folders; every file is in exactly one of them.

    Args:
        session: of the records.
        project_id: the project.
        reviews: its reviews, newest first.
        history: its audit trail, which names the opinions of earlier rounds.
    """
    projects = Projects(session)
    issued = _issued(history)
    known = {document.id: document for document in projects.documents(project_id)}
    known |= {document.id: document for document in projects.opinions([digest for digest, _ in issued])}
    tenders, baselines = projects.tender_documents(project_id), projects.baseline_documents(project_id)
    folders = []
    for review in reviews:
        baseline = baselines.get(review.baseline_table_id) if review.baseline_table_id else None
        for number in range(review.round, 0, -1):
            ids = [
                # A change is reviewed against the approved table of an earlier review, which keeps the file.
                baseline if number == 1 and review.change is None else None,
                tenders.get((review.id, number)),
                *(key for key, document in known.items() if (document.sha256, (review.subject, number)) in issued),
                review.opinion_document_id if number == review.round else None,
                review.published_document_id if number == review.round else None,
            ]
            found = [known.pop(key) for key in dict.fromkeys(ids) if key in known]
            folders += [Folder(review, number, found)] if found else []
    return [*folders, Folder(None, 0, list(known.values()))] if known else folders


def _issued(history: Iterable[AuditEvent]) -> set[tuple[str, tuple[str, int]]]:
    """Return which opinion, by its hash, was issued for which review and round."""
    told = [(event.subject, json.loads(event.payload)) for event in history if event.action == RENDERED]
    return {(payload["sha256"], (subject, payload["round"])) for subject, payload in told}
