"""The dossier's folders: every file of every round in its place, also the opinions that later rounds replaced."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from gateway.dossier import read_project
from gateway.filing import Folder
from gateway.people import Names, Person
from gateway.trail import days, submission, tell
from records import audit
from records.database import Database
from records.documents import Documents, DocumentStore, NewDocument
from records.models import Document
from records.reviews import Reviews
from records.tables import Tables
from tests.gateway.recorded import NOW, Recorder, a_table

LATER = NOW + timedelta(days=1)
ADMIN = Person("admin", "管理员", (), ("admin",))


def add(session: Session, store: DocumentStore, kind: str, name: str) -> Document:
    return Documents(session, store).add(NewDocument(name.encode(), kind, name, "x", "wang_fang", LATER))


def filed(folders: Sequence[Folder]) -> list[tuple[int, list[str]]]:
    return [(folder.round, [document.file_name for document in folder.documents]) for folder in folders]


def test_each_round_has_its_tender_and_its_opinion_and_the_last_one_the_published_file(
    database: Database, record_review: Recorder
) -> None:
    recorded, store = record_review(), record_review.store
    with database.session() as session:
        review = Reviews(session).with_id(recorded.review_id)
        assert review is not None
        first = session.get_one(Document, recorded.opinion_id)
        told = {"round": 1, "number": "沈数技审〔2026〕1号", "sha256": first.sha256}
        audit.append(session, "parameter_review.render_opinion", "opinion.rendered", review.subject, told, NOW)
        Reviews(session).start_round(review, 2, LATER)
        tender = add(session, store, "tender", "招标文件（修改）.docx")
        Tables(session).store_tender(review.id, 2, tender, a_table(tender, 100), LATER)
        review.opinion_document_id = add(session, store, "opinion", "审查意见 2.docx").id
        review.published_document_id = add(session, store, "published_tender", "公告.docx").id
    with database.reading() as session:
        dossier = read_project(session, ADMIN, recorded.project_code)
    assert filed(dossier.folders) == [
        (2, ["招标文件（修改）.docx", "审查意见 2.docx", "公告.docx"]),
        (1, ["审批后方案参数价格表.xlsx", "招标文件（采购需求）.docx", "技术参数审查意见书.docx"]),
    ]
    assert len(dossier.documents) == 6


def test_what_happened_stands_under_its_day_newest_first_and_names_who_handed_in(
    database: Database, record_review: Recorder
) -> None:
    recorded, names = record_review(), Names({"wang_fang": "王芳"}, {})
    with database.session() as session:
        review = Reviews(session).with_id(recorded.review_id)
        assert review is not None
        step = "parameter_review.settle_findings"
        audit.append(session, step, "findings.settled", review.subject, {"round": 1}, LATER)
    with database.reading() as session:
        dossier = read_project(session, ADMIN, recorded.project_code)
    story = days([tell(event, names) for event in dossier.history], [submission(dossier.reviews[0], names)])
    assert [
        (day.isoformat(), [(each.actor, each.text, each.is_automatic) for each in told]) for day, told in story
    ] == [
        ("2026-11-24", [("系统", "第1轮：汇总处理意见", True)]),
        ("2026-11-23", [("王芳", "第1轮：提出初审意见", False), ("王芳", "送审：01包 硬件设备", False)]),
    ]
