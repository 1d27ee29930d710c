from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from domain.documents.table import Clause, Item, Money, Notice, Parameter, ParameterTable, Quantity, Subtotal
from domain.parameters.verdicts import Finding, Subject, Verdict
from records import audit
from records.database import Database
from records.documents import Documents, DocumentStore, NewDocument
from records.models import Conclusion, ParameterReview, ReviewStage, ReviewState
from records.project_list import ProjectList, ProjectSearch, ReviewLine
from records.projects import NewProject, Projects
from records.reviews import Judgement, Opinion, Request, Reviews, as_finding
from records.tables import Tables


def a_project(code: str = "2412-210100-18-01-140662", name: str = "城市运行平台", **changes: str) -> NewProject:
    defaults = {"unit_code": "csyx", "unit_name": "沈阳市城市运行服务中心"}
    return NewProject(code, name, **(defaults | changes))


def a_request(project_id: int, process_instance_key: int = 2251799813685249) -> Request:
    return Request(
        process_instance_key=process_instance_key,
        project_id=project_id,
        package="第1包",
        approval_number="沈发改审字〔2026〕12号",
        approval_date=date(2026, 3, 2),
        submitted_by="wang_fang",
    )


def a_finding(finding_id: str, verdict: Verdict = Verdict.RAISED, **changes: str) -> Finding:
    finding = Finding(
        subject=Subject.PARAMETER,
        subsystem="机房",
        item="服务器",
        tender_item="应用服务器",
        parameter="内存",
        approved="≥256GB",
        tender="≥512GB",
        verdict=verdict,
        reason="下限由256GB提高到512GB",
        approved_ref="设备清单!D7",
        tender_ref="表3 第5行",
        convention="内存二进制",
        basis="第十八条",
        evidence="512GB",
        confidence=0.93,
        finding_id=finding_id,
    )
    return replace(finding, **changes)  # type: ignore[arg-type]


def a_table(file_name: str = "批复.xlsx", price_fen: int = 5_000_000) -> ParameterTable:
    server = Item(
        name="服务器",
        place="设备清单!A7",
        subsystem="机房",
        package="第1包",
        parameters=(Parameter("内存≥256GB", "设备清单!D7", mark="★"), Parameter("=A1", "设备清单!D8", readable=False)),
        quantity=Quantity("2.50", Decimal("2.50"), "台", "设备清单!E7"),
        unit_price=Money("5", price_fen, "设备清单!F7", tax="含税"),
        remark="国产化",
    )
    return ParameterTable(
        file_name=file_name,
        sha256="ab" * 32,
        items=(server, Item(name="集成", place="设备清单!A9")),
        subtotals=(Subtotal("合计", 12_500_000, "设备清单!G10"),),
        clauses=(Clause("评分办法", "第3段"),),
        notices=(Notice("no_cached_value", "公式没有缓存值", "设备清单!D8"),),
    )


def open_review(session: Session, now: datetime, key: int = 2251799813685249) -> ParameterReview:
    project = Projects(session).register(a_project(), now)
    return Reviews(session).open(a_request(project.id, key), now)


def test_a_process_instance_has_one_review_however_often_it_is_opened(database: Database, now: datetime) -> None:
    with database.session() as session:
        first = open_review(session, now).id
    with database.session() as session:
        again = open_review(session, now + timedelta(hours=1))
        assert again.id == first
        assert again.created_at == now
        assert again.subject == "parameter_review:2251799813685249"
        assert (again.package, again.approval_number, again.approval_date, again.submitted_by) == (
            "第1包",
            "沈发改审字〔2026〕12号",
            date(2026, 3, 2),
            "wang_fang",
        )
        assert (again.round, again.state, again.conclusion, again.ended_at) == (1, ReviewState.CHECKING, None, None)


def test_findings_come_back_as_the_rules_wrote_them_and_in_order(database: Database, now: datetime) -> None:
    findings = [a_finding("b2"), a_finding("a1", Verdict.SAME), a_finding("c3", Verdict.BRAND, parameter="整项")]
    with database.session() as session:
        reviews, review = Reviews(session), open_review(session, now)
        reviews.add_findings(review, findings[:2], {})
        reviews.add_findings(review, findings[2:], {})
    with database.reading() as session:
        rows = Reviews(session).findings(review.id, 1)
        assert [as_finding(row) for row in rows] == findings
        assert [row.position for row in rows] == [0, 1, 2]
        assert [row.carried_over for row in rows] == [False, False, False]
        assert Reviews(session).verdict_counts(review.id, 1) == {"提高": 1, "一致": 1, "指定品牌": 1}
        assert Reviews(session).findings(review.id, 2) == []


def test_a_second_round_keeps_the_first_and_carries_judgements_over(database: Database, now: datetime) -> None:
    with database.session() as session:
        reviews, review = Reviews(session), open_review(session, now)
        reviews.add_findings(review, [a_finding("a1"), a_finding("b2")], {})
        reviews.explain(review, {"a1": "市场主流配置"})
        reviews.judge(review, {"a1": Judgement("accepted", "理由充分"), "b2": Judgement("revise")})
        reviews.conclude(review, Conclusion.AGREE_AFTER_CHANGES, now)
        earlier = {row.finding_id: row for row in reviews.findings(review.id, 1)}
        reviews.start_round(review, 2, now)
        reviews.add_findings(review, [a_finding("a1"), a_finding("d4")], earlier)
    with database.reading() as session:
        first, second = (Reviews(session).findings(review.id, number) for number in (1, 2))
        assert [(row.finding_id, row.disposition) for row in first] == [("a1", "accepted"), ("b2", "revise")]
        said = [(row.finding_id, row.carried_over, row.explanation, row.disposition, row.note) for row in second]
        assert said == [("a1", True, "市场主流配置", "accepted", "理由充分"), ("d4", False, None, None, None)]
        stored = Reviews(session).of_instance(review.process_instance_key)
        assert (stored.round, stored.conclusion, stored.state) == (2, None, ReviewState.CHECKING)


def test_both_reviewers_are_remembered_stage_by_stage(database: Database, now: datetime) -> None:
    with database.session() as session:
        review = open_review(session, now)
        Reviews(session).add_opinion(review, Opinion(ReviewStage.FIRST, "li_qiang", "submitted", "两处须修改"), now)
        Reviews(session).add_opinion(review, Opinion(ReviewStage.SECOND, "zhao_min", "confirmed"), now)
    with database.reading() as session:
        said = [(o.round, o.stage, o.person, o.decision, o.note, o.at) for o in Reviews(session).opinions(review.id)]
        assert said == [
            (1, "初审", "li_qiang", "submitted", "两处须修改", now),
            (1, "复核", "zhao_min", "confirmed", "", now),
        ]


def test_an_ended_review_says_when(database: Database, now: datetime) -> None:
    with database.session() as session:
        review = open_review(session, now)
        Reviews(session).move(review, ReviewState.AGREED, now + timedelta(days=1))
    with database.reading() as session:
        stored = Reviews(session).with_id(review.id)
        assert stored is not None
        assert (stored.state, stored.ended_at) == (ReviewState.AGREED, now + timedelta(days=1))
        assert stored.project.organisation.name == "沈阳市城市运行服务中心"
        assert Reviews(session).find_instance(1) is None


def test_tables_come_back_as_the_reader_gave_them(database: Database, store: DocumentStore, now: datetime) -> None:
    with database.session() as session:
        review, tables = open_review(session, now), Tables(session)
        document = Documents(session, store).add(
            NewDocument(b"x", "approved_table", "批复.xlsx", "application/x", "wang_fang", now)
        )
        baseline = tables.store_baseline(review.project_id, document, a_table(), now)
        tender = tables.store_tender(review.id, 1, document, a_table("招标.docx", 1), now)
        entry = {"approved": [0], "tendered": [0, 1], "confidence": 0.8, "note": "一拆二"}
        tables.store_alignment(review.id, 1, [entry])
    with database.reading() as session:
        tables = Tables(session)
        assert tables.baseline_content(baseline.id) == a_table()
        assert tables.tender_content(review.id, 1) == a_table("招标.docx", 1)
        assert (baseline.version, baseline.total_fen, tender.total_fen) == (1, 12_500_000, 2)
        (row,) = tables.alignment(review.id, 1)
        assert (row.approved, row.tendered, row.confidence, row.note) == ([0], [0, 1], 0.8, "一拆二")
        with pytest.raises(LookupError, match="round 2"):
            tables.tender_content(review.id, 2)


def test_a_new_baseline_supersedes_and_the_same_rows_are_the_same_version(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    with database.session() as session:
        review, tables = open_review(session, now), Tables(session)
        document = Documents(session, store).add(NewDocument(b"x", "approved_table", "a", "b", "w", now))
        first = tables.store_baseline(review.project_id, document, a_table(), now)
        same = tables.store_baseline(review.project_id, document, a_table("另存.xlsx"), now)
        other = tables.store_baseline(review.project_id, document, a_table(price_fen=6_000_000), now)
        assert same is first
        assert (first.superseded_at, other.version) == (now, 2)
        assert tables.current_baseline(review.project_id) is other
        assert tables.baseline_content(first.id) == a_table()


def test_the_list_finds_projects_by_words_state_and_unit_with_their_newest_review(
    database: Database, now: datetime
) -> None:
    with database.session() as session:
        projects, reviews = Projects(session), Reviews(session)
        for number in range(5):
            projects.register(a_project(f"P-{number}", f"政务云{number}期"), now + timedelta(minutes=number))
        other = projects.register(a_project("Q-1", "交通100%感知", unit_code="jt", unit_name="市交通局"), now)
        reviews.open(a_request(other.id, 1), now)
        newest = reviews.open(a_request(other.id, 2), now)
        reviews.move(newest, ReviewState.REVIEWING, now + timedelta(days=1))
    with database.reading() as session:
        projects = ProjectList(session)
        page = projects.page(ProjectSearch(size=4))
        assert [line.code for line in page.items] == ["Q-1", "P-4", "P-3", "P-2"]
        assert (page.total, page.pages, page.number) == (6, 2, 1)
        assert [line.code for line in projects.page(ProjectSearch(size=4, number=2)).items] == ["P-1", "P-0"]
        first = page.items[0]
        assert first.unit_name == "市交通局"
        assert first.review is not None
        assert first.last_worked_at == now + timedelta(days=1)
        assert first.review == ReviewLine(newest.id, ReviewState.REVIEWING, 1, None)
        assert page.items[1].review is None
        codes = {
            "交通": ProjectSearch("交通 局"),
            "percent": ProjectSearch("100%感"),
            "wildcard is a letter": ProjectSearch("政%1期"),
            "case": ProjectSearch("p-3"),
            "state": ProjectSearch(state=ReviewState.REVIEWING),
            "unit": ProjectSearch(units=frozenset({"jt"})),
            "no unit": ProjectSearch(units=frozenset()),
        }
        found = {name: [line.code for line in projects.page(search).items] for name, search in codes.items()}
        assert found == {
            "交通": ["Q-1"],
            "percent": ["Q-1"],
            "wildcard is a letter": [],
            "case": ["P-3"],
            "state": ["Q-1"],
            "unit": ["Q-1"],
            "no unit": [],
        }


def test_a_renamed_unit_keeps_its_old_name_on_record(database: Database, now: datetime) -> None:
    with database.session() as session:
        projects = Projects(session)
        old = projects.current_organisation("sjj", "市大数据局", now)
        assert projects.current_organisation("sjj", "市大数据局", now).id == old.id
        new = projects.current_organisation("sjj", "市数据局", now + timedelta(days=1))
        assert new.id != old.id
        assert (old.name, old.superseded_at, new.superseded_at) == ("市大数据局", now + timedelta(days=1), None)


def test_a_project_of_which_a_table_was_taken_in_is_not_overwritten(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    with database.session() as session:
        first = Projects(session).register(a_project(), now)
        document = Documents(session, store).add(NewDocument(b"x", "approved_table", "a", "b", "w", now))
        Tables(session).store_baseline(first.id, document, a_table(), now)
        again = Projects(session).register(a_project(name="另一个名称", unit_code="jtj"), now)
        assert (again.id, again.name) == (first.id, "城市运行平台")
        found = Projects(session).with_code(first.code)
        assert found is not None
        assert found.organisation.code == "csyx"
        assert Projects(session).is_settled(found)


def test_a_project_that_was_only_asked_for_may_have_been_a_slip_of_the_pen(database: Database, now: datetime) -> None:
    with database.session() as session:
        first = Projects(session).register(a_project(), now)
        assert not Projects(session).is_settled(first)
        again = Projects(session).register(a_project(name="交通系统", unit_code="jtj", unit_name="市交通局"), now)
        assert (again.id, again.name) == (first.id, "交通系统")
    with database.reading() as session:
        found = Projects(session).with_code(first.code)
        assert found is not None
        assert found.organisation.code == "jtj"


def test_the_dossier_gathers_documents_and_history_of_all_reviews(
    database: Database, store: DocumentStore, now: datetime
) -> None:
    with database.session() as session:
        review = open_review(session, now)
        documents = [
            Documents(session, store).add(NewDocument(kind.encode(), kind, f"{kind}.docx", "x/y", "w", now))
            for kind in ("approved_table", "tender", "opinion", "published", "stranger")
        ]
        Tables(session).store_baseline(review.project_id, documents[0], a_table(), now)
        Tables(session).store_tender(review.id, 1, documents[1], a_table(), now)
        review.opinion_document_id, review.published_document_id = documents[2].id, documents[3].id
        audit.append(session, "wang_fang", "review.opened", review.subject, {"round": 1}, now)
        audit.append(session, "wang_fang", "review.opened", "parameter_review:7", {}, now)
    with database.reading() as session:
        projects = Projects(session)
        kinds = [document.kind for document in projects.documents(review.project_id)]
        assert kinds == ["approved_table", "tender", "opinion", "published"]
        history = [(e.actor, e.action, e.payload, e.at) for e in projects.history(review.project_id)]
        assert history == [("wang_fang", "review.opened", '{"round":1}', now)]
        assert [r.id for r in Reviews(session).of_project(review.project_id)] == [review.id]
        assert projects.deadlines(review.project_id) == []
